"""What is missing in an area, what it has more and less of, and what has changed there, for its portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resourcemap.publish.portrait.words import words
from resourcemap.publish.strengths.order import remarkable, said_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SIGNS = {"met": "○", "unmet": "×", "unknown": "？", "no_data": "－"}
# Of a sentence about a standard: who lacks it, and how far off that is. What is nearest instead stands in the tables.
_SENTENCES = 2
_PLACES = 2


def standard_rows(portrait: Mapping[str, Any], language: str, *, most: int) -> list[dict[str, Any]]:
    """Return the standards that are not met or hang on something unknown, those of most people first.

    Each has its sign, its name, the first sentences about it, and where those live whom it leaves out.

    Examples
    --------
    >>> row = {"standard": "近い", "met": "unmet", "without": 9, "sentence": "東では、9人が遠い。あと2人。三。"}
    >>> standard_rows({"area": "東", "standards": [row], "patches": []}, "ja", most=5)
    [{'sign': '×', 'name': '近い', 'text': '9人が遠い。あと2人。', 'lives': ''}]
    """
    failing = [row for row in portrait["standards"] if row["met"] in ("unmet", "unknown")]
    ordered = sorted(failing, key=lambda row: -row["without"])
    return [
        {
            "sign": _SIGNS[row["met"]],
            "name": row["standard"],
            "text": _first_sentences(row["sentence"], portrait["area"]),
            "lives": _lives(_patches_of(portrait, row["standard"]), language),
        }
        for row in ordered[:most]
    ]


def standards_counted(portrait: Mapping[str, Any], language: str) -> str:
    """Say how many standards are met and how many are not; nothing without standards.

    Examples
    --------
    >>> standards_counted({"standards": [{"met": "met"}, {"met": "unknown"}]}, "ja")
    '基準 2件のうち、達成 1件、未達成 0件、言えないもの 1件'
    """
    said, verdicts = words(language), [row["met"] for row in portrait["standards"]]
    if not verdicts:
        return ""
    others = len(verdicts) - verdicts.count("met") - verdicts.count("unmet")
    beside = said["standards_others"].format(number=others) if others else ""
    counts = {"all": len(verdicts), "met": verdicts.count("met"), "unmet": verdicts.count("unmet")}
    return str(said["standards_key"].format(**counts, others=beside))


def patch_rows(portrait: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Return where people live together beyond reach of each kind, for an area without standards.

    Examples
    --------
    >>> row = {"standard": "サロン", "kind_label": "サロン", "audience_label": "65歳以上", "distance_m": 500.0,
    ...     "name": "本町1丁目", "people": 20}
    >>> patch_rows({"standards": [], "patches": [row]}, "ja")[0]["lives"]
    'まとまって住む所: 本町1丁目（20人）'
    """
    said = words(language)
    if portrait["standards"]:
        return []
    by_standard: dict[str, list[Mapping[str, Any]]] = {}
    for row in portrait["patches"]:
        by_standard.setdefault(row["standard"], []).append(row)
    ordered = sorted(by_standard.values(), key=lambda rows: -sum(row["people"] for row in rows))
    return [
        {
            "sign": "・",
            "name": said["patches_of"].format(
                kind=rows[0]["kind_label"],
                metres=said["metres"].format(number=f"{rows[0]['distance_m']:g}"),
                who=rows[0]["audience_label"],
            ),
            "text": "",
            "lives": _lives(rows, language),
        }
        for rows in ordered
    ]


def compared(portrait: Mapping[str, Any], verdict: str, *, most: int) -> tuple[list[str], int]:
    """Return the most remarkable strengths or weaknesses beside other areas, and how many there are more.

    What is said of everyone is not said again of a generation; standards stand elsewhere on the page.

    Examples
    --------
    >>> row = {"kind": "salon", "measure": "per_1000", "against": "others", "standard": "", "verdict": "strength",
    ...     "generation": "older", "generation_label": "高齢者", "value": 2.0, "others_median": 1.0, "doubts": "x",
    ...     "brief": "サロン: 2件"}
    >>> compared({"strengths": [row]}, "strength", most=5)
    (['〈高齢者〉サロン: 2件 ※'], 0)
    """
    beside = [row for row in portrait["strengths"] if row["against"] == "others" and row["verdict"] == verdict]
    rows = sorted(said_once(beside), key=remarkable)
    return [_brief(row) for row in rows[:most]], max(len(rows) - most, 0)


def _brief(row: Mapping[str, Any]) -> str:
    text = row["brief"]
    if row["generation"] != "everyone":
        text = words("ja")["of_generation"].format(label=row["generation_label"].partition("（")[0], text=text)
    return f"{text} ※" if row["doubts"] else str(text)


def _first_sentences(text: str, area: str) -> str:
    """Return the first sentences without the name of the area at their beginning."""
    for opening in (f"{area}では、", f"{area}には、"):
        text = text.removeprefix(opening)
    sentences = [f"{part}。" for part in text.split("。") if part]
    return "".join(sentences[:_SENTENCES])


def _patches_of(portrait: Mapping[str, Any], standard: str) -> list[Mapping[str, Any]]:
    return [row for row in portrait["patches"] if row["standard"] == standard]


def _lives(patches: Sequence[Mapping[str, Any]], language: str) -> str:
    """Name the places where most of them live, then count the others; nothing where there are none."""
    if not patches:
        return ""
    said = words(language)
    most_first = sorted(patches, key=lambda row: -row["people"])
    named = [said["patch"].format(name=row["name"], number=f"{row['people']:,}") for row in most_first[:_PLACES]]
    rest = len(patches) - len(named)
    more = [said["more_places"].format(number=rest)] if rest > 0 else []
    return str(said["lives"].format(places=said["listed"].join([*named, *more])))
