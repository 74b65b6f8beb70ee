"""What each area has more and less of than the others of its system, and than the standards, for every generation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.errors import InputError, unknown
from resourcemap.measure.audience import EVERYONE
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import SURENESS, WHOLE, by_area
from resourcemap.model.ages import audience_named
from resourcemap.plan.strengths.doubts import DOUBTFUL, STRENGTH, WEAKNESS, Doubts, too_few
from resourcemap.plan.strengths.others import Beside, beside, margin, standing
from resourcemap.plan.strengths.words import (
    against_others,
    against_standard,
    brief,
    brief_standard,
    generation_label,
    sentence,
    standard_doubts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resourcemap.model.catalog import Audience, Catalog
    from resourcemap.plan.situation import Situation

GENERATIONS = (EVERYONE, "children", "15〜64歳", "older", "75歳以上")
MEASURES = ("share_within", "per_1000", "days_per_month")
# What tells how sure they are.
_BESIDE = ("people", "unknown_age", "borderline", "resources", "uncounted", "days_unknown")
_OF_PLACES = ("resources", "uncounted", "days_unknown")
COLUMNS = (
    *("system", "area_id", "area", "approximate_area", "kind", "kind_label", "audience", "audience_basis"),
    *("generation", "generation_label", "slot", "distance_m", "measure", "value", "sureness", "way"),
    *("against", "standard", "people", "resources", "others_median", "others_low", "others_high", "rank", "tied", "of"),
    *("verdict", "doubts", "brief", "finding", "sentence"),
)


def strengths(
    situation: Situation,
    kinds: Sequence[str],
    *,
    metres: float,
    audiences: Sequence[str] = GENERATIONS,
    judged: pd.DataFrame | None = None,
    system: str | None = None,
) -> pd.DataFrame:
    """Compare every area with the others of its system, and with the standards, for every kind and generation.

    A strength is a figure above that of the others: at least 10 points (shares within reach) or a quarter (activities
    per 1,000, opening days) above their median, and above their upper quartile; and at least ten people, one activity
    or four days a month, so that what is small is not called great. A weakness is the same below. These bounds are
    our own choice, not a norm. A standard met is a strength, one not met a weakness.

    It is not called either, but ``unknown``, when fewer than ten people are counted; when there are fewer than two
    others; when a quarter or more of the activities of the kind have no known place, or for opening days no known
    schedule, or of the people no known age; when what is not known, or people within a tenth of the distance
    where places or borders are only roughly known, could make it ordinary.

    A generation is held against the kinds that are for it: children against what is for children or everyone, those
    of 75 against what is for older people or everyone. Activities and opening days are counted for those whom the kind
    serves. Opening days are those of all activities in the area together, whatever its size: what somebody there finds.

    Parameters
    ----------
    situation
        People, resources, areas, and who reaches what.
    kinds
        Ids of kinds, in the order wanted.
    metres
        What within reach is.
    audiences
        Generations, as ids or ages; those that the ages of the people cannot tell are left out.
    judged
        What `resourcemap.plan.standards.judging.judge` returns; no standards when not given.
    system
        One system of areas; all when not given.

    Returns
    -------
    pandas.DataFrame
        One row per system, area, generation, kind and figure, and one per standard: areas in their order, generations
        as asked, then kinds, then ``share_within``, ``per_1000``, ``days_per_month``, then standards. People who live
        in no area are in none. A system of a single area has rows of standards alone.

        ``system`` to ``sureness`` except the labels are the key of the figure in the table of coverage, and its value.
        ``generation`` is who was counted: ``everyone`` where the ages of ``audience`` are not known.

        ``against``, ``standard``
            ``others`` or ``standard``, and the name of that.
        ``others_median``, ``others_low``, ``others_high``
            Of the other areas: the middle and the quartiles; missing with fewer than two others.
        ``rank``, ``tied``, ``of``
            1 for the most, of the areas with a figure; 0 without one.
        ``verdict``
            ``strength``, ``weakness``, ``usual`` or ``unknown``.
        ``doubts``, ``brief``, ``finding``, ``sentence``
            In Japanese: what makes it doubtful; what there is to say in few words, without the doubts; in a sentence,
            with them; and the same with the area.

    Raises
    ------
    InputError
        When a kind, an audience or the system is not known.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from datetime import date
    >>> from shapely import box
    >>> from resourcemap.plan.situation import Situation
    >>> homes = gpd.GeoDataFrame({"total": [90] * 4}, crs=6677,
    ...     geometry=gpd.points_from_xy([0, 5e3, 1e4, 2e4], [0] * 4))
    >>> halls = gpd.GeoDataFrame({"kind": "hiroba", "activity_id": "a", "status": "active", "place": "venue",
    ...     "located": "given"}, index=[0], geometry=gpd.points_from_xy([100], [0]), crs=6677)
    >>> areas = gpd.GeoDataFrame({"system": "圏域", "area_id": list("1234"), "area": ["東", "西", "南", "北"]},
    ...     geometry=[box(x - 1e3, -1e3, x + 1e3, 1e3) for x in (0, 5e3, 1e4, 2e4)], crs=6677)
    >>> found = strengths(Situation(homes, halls, areas, on=date(2026, 11, 1)), ["hiroba"], metres=500)
    >>> found.loc[found["measure"] == "share_within", ["area", "value", "others_median", "verdict"]].values.tolist()[:2]
    [['東', 1.0, 0.0, 'strength'], ['西', 0.0, 0.0, 'usual']]
    >>> found["sentence"][0]
    '東の強み: 住民の100％がひろばから直線で500m以内で、ほかの圏域のまんなか（0％）より100ポイント高い（4か所中1位）。'
    """
    catalog, asked = generations(audiences, situation.catalog)
    _refuse(kinds, system, situation)
    figures = situation.coverage(
        Question(
            distances=[metres],
            kinds=list(kinds),
            audiences=[audience.id for audience in asked],
            catchment=metres,
            measures=[*MEASURES, *_BESIDE],
        ),
        catalog=catalog,
    )
    if system is not None:
        figures = figures[figures["system"].isin([system, WHOLE])]
    rows = [*_against_others(figures, [*kinds], asked, catalog, float(metres))]
    if judged is not None:
        rows += _against_standards(judged, catalog)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    if system is not None:
        table = table[table["system"] == system]
    return _in_order(table, situation, [audience.id for audience in asked])


def generations(audiences: Sequence[str], catalog: Catalog) -> tuple[Catalog, list[Audience]]:
    """Return the audiences of ids, ages or everyday words, each once, and a catalogue that knows them.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> [audience.id for audience in generations(["older", "75歳以上"], load_catalog())[1]]
    ['older', 'age_75_over']
    """
    found = [(text, audience_named(text, catalog)) for text in audiences]
    wrong = [text for text, audience in found if audience is None]
    if wrong:
        raise InputError([unknown("audiences", text, catalog.audiences) for text in wrong])
    asked = list({audience.id: audience for _, audience in found if audience}.values())
    return catalog.with_audiences(asked), asked


def _refuse(kinds: Sequence[str], system: str | None, situation: Situation) -> None:
    faults = [unknown("kinds", kind, situation.catalog.kinds) for kind in kinds if kind not in situation.catalog.kinds]
    systems = [str(each) for each in situation.areas["system"].unique()]
    if system is not None and system not in systems:
        faults.append(unknown("system", system, systems))
    if faults:
        raise InputError(faults)


def _against_others(
    figures: pd.DataFrame, kinds: list[str], asked: list[Audience], catalog: Catalog, metres: float
) -> Iterator[dict[str, Any]]:
    table = _wide(figures, metres)
    columns = {str(name): table[name].to_numpy() for name in table}
    at = table.groupby(["system", "kind", "audience"], sort=False, observed=True).indices
    groups = {key: {name: values[rows] for name, values in columns.items()} for key, rows in at.items()}
    for system in dict.fromkeys(system for system, _, _ in groups if system != WHOLE):
        for kind in kinds:
            own = catalog.audiences[catalog.kinds[kind].audience]
            [whole], here = _rows(groups[WHOLE, kind, own.id]), groups[system, kind, own.id]
            for audience in _held(own, asked):
                wide = groups[system, kind, audience.id]
                basis = wide["audience_basis"][0]
                if len(wide["area"]) < 2 or (basis == EVERYONE and audience.id not in (EVERYONE, own.id)):
                    continue
                places = {name: here[name] for name in _OF_PLACES if name in here}
                yield from _compared(wide | places, whole, own.id == audience.id, catalog)


def _rows(wide: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    """Turn columns into rows of plain values."""
    values = zip(*(column.tolist() for column in wide.values()), strict=True)
    return [dict(zip(wide, row, strict=True)) for row in values]


def _held(own: Audience, asked: list[Audience]) -> list[Audience]:
    """Return the generations among those whom a kind serves, and those themselves."""
    inside = [each for each in asked if each.id != own.id and _within(each, own)]
    return [own, *inside]


def _within(ages: Audience, own: Audience) -> bool:
    if own.id == EVERYONE:
        return True
    if own.age_from is None or ages.age_from is None:
        return False
    last, ends = (np.inf if each.age_to is None else each.age_to for each in (ages, own))
    return ages.age_from >= own.age_from and last <= ends


def _wide(figures: pd.DataFrame, metres: float) -> pd.DataFrame:
    """Lay figures side by side, a row per system, area, kind and audience; without those outside of all areas."""
    codes = figures["sureness"].cat.codes.astype(float)
    wide, sure = by_area(figures, whole=True), by_area(figures.assign(value=codes), whole=True)
    wide = wide.astype(dict.fromkeys(("system", "kind", "audience", "audience_basis", "way"), object))
    keys = ["system", "area_id", "area", "approximate_area", "no_data", "kind", "audience", "audience_basis", "way"]
    columns = {}
    for measure in (*MEASURES, *_BESIDE):
        name = measure if measure in wide else f"{measure}_{metres:g}m"
        if name not in wide:
            continue
        columns[measure] = wide[name].astype(float)
        columns[_sure(measure)] = sure[name].astype(float)
        columns[_distance(measure)] = pd.Series(np.nan if name == measure else metres, index=wide.index)
    table = pd.concat([wide[keys], pd.DataFrame(columns)], axis=1)
    return table[table["area_id"].notna()].reset_index(drop=True)


def _sure(measure: str) -> str:
    return f"{measure}_sureness"


def _distance(measure: str) -> str:
    return f"{measure}_distance"


def _compared(
    wide: dict[str, np.ndarray], whole: dict[str, Any], own: bool, catalog: Catalog
) -> Iterator[dict[str, Any]]:
    """Compare the areas of one system, kind and audience in every figure; `own` if it is whom the kind serves."""
    audience = catalog.audiences[str(wide["audience"][0])]
    counted = catalog.audiences[EVERYONE] if wide["audience_basis"][0] == EVERYONE else audience
    kind = catalog.kinds[str(wide["kind"][0])]
    people, rows = wide["people"], _rows(wide)
    for measure in MEASURES if own else MEASURES[:1]:
        if measure not in wide or (measure == "days_per_month" and whole["days_unknown"] >= whole["resources"]):
            continue
        unknown = wide["no_data"].astype(bool) & (measure != "days_per_month")
        values = np.where(unknown, np.nan, wide[measure])
        others = beside(values)
        margins = margin(measure, others.median, people)
        verdicts = standing(values, others, margins)
        shaken = _shaken(wide, measure, others, margins, verdicts)
        for at, row in enumerate(rows):
            figure = {
                **{name: row[name] for name in ("system", "area_id", "area", "approximate_area", "way")},
                **{name: row[name] for name in ("kind", "audience", "audience_basis")},
                "kind_label": kind.label("ja"),
                "generation": counted.id,
                "generation_label": generation_label(counted),
                "slot": "",
                "distance_m": row[_distance(measure)],
                "measure": measure,
                "value": row[measure],
                "sureness": SURENESS[int(row[_sure(measure)])],
                "against": "others",
                "standard": "",
                "people": int(people[at]),
                "resources": int(row["resources"]),
                "others_median": others.median[at],
                "others_low": others.low[at],
                "others_high": others.high[at],
                "rank": int(others.rank[at]),
                "tied": bool(others.tied[at]),
                "of": others.of,
            }
            found = Doubts(row, whole, figure, verdict=int(verdicts[at]), shaken=bool(shaken[at]))
            figure["verdict"], figure["doubts"] = found.verdict, "".join(found.words)
            yield _with_words(figure | {"brief": brief(figure)}, against_others(figure))


def _with_words(figure: dict[str, Any], finding: str) -> dict[str, Any]:
    return figure | {"finding": finding, "sentence": sentence(str(figure["area"]), figure["verdict"], finding)}


def _shaken(
    wide: dict[str, np.ndarray], measure: str, others: Beside, margins: np.ndarray, verdicts: np.ndarray
) -> np.ndarray:
    """Tell where what is not known could make a strength or weakness ordinary."""
    possible, people = wide[measure], wide["people"]
    below = verdicts < 0
    with np.errstate(invalid="ignore", divide="ignore"):
        if measure == "share_within":
            rough = wide[_sure(measure)] == SURENESS.index("rough")
            possible = possible - np.where(rough, verdicts * wide["borderline"] / people, 0)
        elif measure == "per_1000":
            possible = possible + np.where(below, wide["uncounted"] * 1000 / people, 0)
        else:
            possible = np.where(below & (wide["days_unknown"] > 0), np.inf, possible)
    return np.asarray((verdicts != 0) & (standing(possible, others, margins) != verdicts))


def _against_standards(judged: pd.DataFrame, catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Turn standards met and not met into rows; those of areas alone."""
    rows = judged[(judged["system"] != WHOLE) & judged["area_id"].notna()]
    verdicts = {"met": STRENGTH, "unmet": WEAKNESS}
    for row in rows.to_dict("records"):
        known = audience_named(_as_ages(str(row["audience"])), catalog)
        counted = catalog.audiences[EVERYONE] if row["audience_basis"] == EVERYONE or known is None else known
        few = too_few(row["sureness"], row["people"])
        figure = {
            **{name: row[name] for name in ("system", "area_id", "area", "approximate_area", "way", "slot")},
            **{name: row[name] for name in ("kind", "kind_label", "audience", "audience_basis", "standard")},
            **{name: row[name] for name in ("distance_m", "measure", "value", "sureness", "people", "resources")},
            "generation": counted.id,
            "generation_label": generation_label(counted),
            "against": "standard",
            **dict.fromkeys(("others_median", "others_low", "others_high"), np.nan),
            "rank": 0,
            "tied": False,
            "of": 0,
            "verdict": DOUBTFUL if few else verdicts.get(row["met"], DOUBTFUL),
        }
        figure["doubts"] = standard_doubts(row, few=few)
        yield _with_words(figure | {"brief": brief_standard(row)}, against_standard(row) + figure["doubts"])


def _as_ages(audience: str) -> str:
    """Write the id of ages as people write them: ids of standards need not be in the catalogue."""
    parts = audience.split("_")
    if parts[0] != "age" or len(parts) != 3:
        return audience
    return f"{parts[1]}歳以上" if parts[2] == "over" else f"{parts[1]}〜{parts[2]}歳"


def _in_order(table: pd.DataFrame, situation: Situation, generations: list[str]) -> pd.DataFrame:
    """Sort rows by area, then generation; kinds, figures and standards stay in the order they came."""
    areas = {key: at for at, key in enumerate(zip(situation.areas["system"], situation.areas["area_id"], strict=True))}
    order = {generation: at for at, generation in enumerate(generations)}
    place = [areas[key] for key in zip(table["system"], table["area_id"], strict=True)]
    group = table["generation"].map(lambda each: order.get(each, len(order)))
    sorted_ = table.assign(_area=place, _group=group).sort_values(["_area", "_group"], kind="stable", ignore_index=True)
    return sorted_.drop(columns=["_area", "_group"])
