"""Standards: what a plan promises, of which kind of resource, to whom, how near, when, and how much of it."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.measure.catalogue import load_measures
from resourcemap.measure.conditions import Often
from resourcemap.model.ages import audience_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from resourcemap.measure.catalogue import Measure
    from resourcemap.measure.conditions import Condition
    from resourcemap.model.catalog import Audience, Catalog

# A slot counts as open when something opens on most of its dates: holidays take a fifth to a third of the Mondays.
MOSTLY = 0.7
DISTANCE = 500.0
_SHARE_OF_DATES = re.compile("（(?:[0-9.]+％以上の日|年に1日でも)）$")


@dataclass(frozen=True)
class Standard:
    """One promise of a plan.

    Parameters
    ----------
    name
        What people call it.
    kinds
        Ids of the kinds that serve; any of them will do.
    measure
        The id of a measure of coverage that an area can be better off with (see `measures_asked`).
    threshold
        From where it is met, in the unit of the measure: 0.8 of a share, 1 activity, 500 metres. With a measure of
        which less is better, up to where.
    audience
        The id of those it is for, in the catalogue or as `resourcemap.model.ages` makes it of ages; those whom the
        first kind serves when not given.
    distance
        How near, in metres, where the measure asks; 500 when not given.
    when
        When something must be open, or how often; at any time when not given. Its label tells `at_least` where that
        is not 0.7, so that figures of two shares are told apart.
    at_least
        On what share of its dates a slot must be open: 0.7 is most weeks, 0 any date of the year.
    systems
        Systems of areas in which it is judged; all when not given.
    called
        What its kinds together are called; their labels when not given.
    theme
        What it belongs to, such as 子どもの居場所.
    weight
        How much it counts among the others of an area or a theme.

    Examples
    --------
    >>> Standard("サロンが近くにある", ("salon",), "share_within", 0.8).distance
    500.0
    >>> Standard("小学校区に1か所", ("kids_cafeteria",), "resources", 1).distance is None
    True
    """

    name: str
    kinds: tuple[str, ...]
    measure: str
    threshold: float
    audience: str = ""
    distance: float | None = None
    when: Condition | None = None
    at_least: float = MOSTLY
    systems: tuple[str, ...] = ()
    called: str = ""
    theme: str = ""
    weight: float = 1.0

    def __post_init__(self) -> None:
        if faults := [*self._faults()]:
            raise InputError(faults)
        if not of_distance(self.measure):
            object.__setattr__(self, "distance", None)
        elif self.distance is None:
            object.__setattr__(self, "distance", DISTANCE)
        if self.when is not None and not isinstance(self.when, Often):
            plain = _SHARE_OF_DATES.sub("", self.when.label)
            object.__setattr__(self, "when", replace(self.when, label=f"{plain}{_share_of_dates(self.at_least)}"))

    def _faults(self) -> Iterator[str]:
        """Say which numbers make no sense."""
        where, measure = f"[[standards]] {self.name}", load_measures().get(self.measure)
        for name, value in (("weight", self.weight), ("distance", self.distance)):
            if value is not None and not 0 < value < math.inf:
                yield either(
                    ja=f"{where}: {name} {value:g} は使えません。0より大きい数にしてください。",
                    en=f"{where}: a {name} of {value:g} makes no sense. Give a number above 0.",
                )
        part = measure is not None and measure.unit in ("share", "0 to 1")
        if not 0 <= self.threshold < math.inf or (part and self.threshold > 1):
            yield either(
                ja=f"{where}: threshold {self.threshold:g} は使えません。"
                "0以上の数（割合は1まで。80％は 0.8）にしてください。",
                en=f"{where}: a threshold of {self.threshold:g} makes no sense. Give 0 or more (of a share, up to 1).",
            )

    @property
    def kind(self) -> str:
        """The id of its kind, or of its kinds together, in tables."""
        return "+".join(self.kinds)

    def label(self, catalog: Catalog) -> str:
        """Name its kinds in Japanese."""
        return self.called or catalog.kinds[self.kind].label("ja")

    @property
    def of(self) -> Measure:
        """Its measure."""
        return load_measures()[self.measure]

    @property
    def in_areas(self) -> bool:
        """Whether it counts what is in each area, so that it says nothing of all areas together."""
        return self.of.of == "places"

    @property
    def slot(self) -> str:
        """What tables call the time at which something must be open; blank at any time."""
        return self.when.label if self.when else ""


def _share_of_dates(at_least: float) -> str:
    if at_least == MOSTLY:
        return ""
    return f"（{at_least * 100:g}％以上の日）" if at_least else "（年に1日でも）"


# Measures that are made for every distance asked.
_OF_DISTANCE = {
    *("within", "share_within", "beyond", "within_own", "within_verified", "reaching", "lacking"),
    *("fgt_0", "fgt_1", "fgt_2"),
}
# Measures that ask for more than a standard says: how long ago something was checked, another kind.
_OF_MORE = {"within_verified", "resources_verified", "lacking"}
# Measures that can be made of what is open in a slot.
OF_SLOTS = {"within", "share_within", "beyond", "resources_open"}


def of_distance(measure: str) -> bool:
    """Tell whether a measure needs a distance.

    Examples
    --------
    >>> of_distance("share_within"), of_distance("resources"), of_distance("nearest_median_m")
    (True, False, False)
    """
    return measure in _OF_DISTANCE


def measures_asked() -> dict[str, Measure]:
    """Return the measures that a standard can ask, by id: an area can be better or worse off with each.

    Examples
    --------
    >>> known = measures_asked()
    >>> "resources" in known, "people" in known, "lacking" in known
    (True, False, False)
    """
    return {name: each for name, each in load_measures().items() if each.better and name not in _OF_MORE}


def catalog_for(standards: Iterable[Standard], catalog: Catalog, audiences: Iterable[Audience] = ()) -> Catalog:
    """Return a catalogue that also knows the kinds that standards take together, and the ages they are for.

    Several kinds together are a kind of its own, ``salon+cafe``, with the audience of the first.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> near = Standard("集まれる所", ("salon", "cafe"), "share_within", 0.8, audience="age_75_over")
    >>> known = catalog_for([near], load_catalog())
    >>> known.kinds["salon+cafe"].label("ja"), known.audiences["age_75_over"].ages("ja")
    ('サロン・コミュニティカフェ', '75歳以上')
    """
    asked = list(standards)
    found = (audience_of_id(each.audience, catalog) for each in asked if each.audience)
    known = catalog.with_audiences([*audiences, *(each for each in found if each)])
    kinds = dict(known.kinds)
    for each in asked:
        if each.kind in kinds:
            continue
        first = kinds[each.kinds[0]]
        labels = {language: "・".join(kinds[kind].label(language) for kind in each.kinds) for language in ("ja", "en")}
        kinds[each.kind] = replace(first, id=each.kind, labels=labels, synonyms=())
    return replace(known, kinds=MappingProxyType(kinds))


def audience_of_id(audience: str, catalog: Catalog) -> Audience | None:
    """Return the audience of an id, that of ages included (``age_75_over``); nothing when it is not known.

    Examples
    --------
    >>> from resourcemap.model.catalog import load_catalog
    >>> audience_of_id("age_6_11", load_catalog()).ages("ja"), audience_of_id("oldies", load_catalog())
    ('6〜11歳', None)
    """
    return audience_named(_ages(audience), catalog)


def _ages(audience: str) -> str:
    """Write the id of an audience of ages as people write them."""
    parts = audience.split("_")
    if parts[0] != "age" or len(parts) != 3:
        return audience
    return f"{parts[1]}歳以上" if parts[2] == "over" else f"{parts[1]}〜{parts[2]}歳"


@dataclass(frozen=True)
class Preset:
    """A theme with its standards, as they stand in standards.toml."""

    id: str
    ja: str
    en: str
    standards: tuple[Mapping[str, Any], ...] = field(repr=False)


@cache
def load_presets() -> dict[str, Preset]:
    """Return the themes that come with resourcemap, by id.

    They are starting points for a committee to change, not norms: no law sets such numbers.

    Examples
    --------
    >>> load_presets()["children"].ja
    '子どもの居場所'
    """
    text = (files(__package__) / "standards.toml").read_text(encoding="utf-8")
    return {
        name: Preset(name, entry["ja"], entry["en"], tuple(entry["standards"]))
        for name, entry in tomllib.loads(text).items()
    }
