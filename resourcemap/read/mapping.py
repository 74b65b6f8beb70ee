"""Which column of a file was taken for which of ours, how sure that is, and what to write when it is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.model.tables import RESOURCES
from resourcemap.read.cells import fold, is_blank, number
from resourcemap.read.headings import bare_heading, known_headings, likeness, match_headings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resourcemap.read.table import Table

SURE = ("said", "certain", "likely", "guessed", "own")
_LABELS = {column.name: column for column in RESOURCES}
# A column that says so itself is never taken for one that may be published.
_INSIDE = re.compile(
    r"(公開|掲載|公表)の?(可否|意向|希望)|非公開|内部(用|資料|のみ)|部外秘|社外秘|[㊙秘]|公開(しない|不可)|出さない|取扱注意|職員用|庁内|自宅|個人"
)
# So is a number or an address that is a person's; the name of a group may carry that of its leader.
_OF_SOMEBODY = re.compile(r"代表者|氏名|本人|連絡用|担当(?!課|部署|係|窓口|窓|機関)")
_PERSONAL = ("phone", "url", "venue", "provider", "address", "address_rest", "building", "position", "how_to_join")
_NAMELESS = re.compile(r"列\d+( \(\d+\))?|unnamed.*|f(ield)?_?\d+|column_?\d+")
_LOOKED_AT = 200
_ENOUGH, _SHARE = 3, 0.8
_CONTENT = {
    "url": re.compile(r"https?://\S+"),
    "email": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    "phone": re.compile(r"\(?0\d{1,4}[-()ー ]{0,2}\d{1,4}[-()ー ]{0,2}\d{3,4}.{0,6}"),
    "schedule": re.compile(
        r".*([月火水木金土日]曜|毎[週月日]|第\d.*[月火水木金土日]|平日|\d{1,2}(時|:\d\d).*[〜～~-]).*", re.DOTALL
    ),
    "address": re.compile(
        r"(?!.*(曜|毎[週月日])).*[一-龠ヶ]+.*(丁目|番地?|号|\d[-−－]\d).*|.+[都道府県].+[市区町村].*", re.DOTALL
    ),
}
_BOUNDS = {"latitude": (20.0, 46.0), "longitude": (122.0, 154.0)}
# Taken by content where the heading says nothing; others, such as a telephone number, may be somebody's own.
_GUESSED = ("latitude", "longitude", "address", "schedule", "url")


@dataclass(frozen=True)
class Choice:
    """What one column of a file was taken for.

    Parameters
    ----------
    heading
        Its heading in the file.
    column
        The column of ours, or nothing: it is kept under its own heading, and stays in the office.
    sure
        ``said`` by the user, ``certain`` (a heading known for it), ``likely`` (a heading that holds a known one),
        ``guessed`` by what stands in the cells, or ``own``.
    note
        What a person should look at; empty where there is no doubt.
    override
        What to write below ``[resources.columns]`` to have it otherwise; empty where there is no doubt.
    """

    heading: str
    column: str | None
    sure: str
    note: str = ""
    override: str = ""

    def as_text(self) -> str:
        """Write the choice as one line.

        Examples
        --------
        >>> from resourcemap.language import speaking
        >>> with speaking("en"):
        ...     print(Choice("TEL", "phone", "certain").as_text())
        TEL → phone (certain)
        """
        words = {
            "said": ("指定", "as you said"),
            "certain": ("確か", "certain"),
            "likely": ("たぶん", "likely"),
            "guessed": ("中身から推測", "guessed by content"),
        }
        if self.column is None:
            line = either(ja=f"{self.heading} → そのまま残す（内部用）", en=f"{self.heading} → kept as it is, internal")
        else:
            ja, en = words[self.sure]
            label = _LABELS[self.column].ja if self.column in _LABELS else ""
            line = either(
                ja=f"{self.heading} → {self.column}{f' {label}' if label else ''}（{ja}）",
                en=f"{self.heading} → {self.column} ({en})",
            )
        return line + (f" ※ {self.note}" if self.note else "") + (f" {self.override}" if self.override else "")

    def unless(self, column: str) -> Choice:
        """Return the choice, or that the column is kept as it is when it was taken for `column`.

        Examples
        --------
        >>> Choice("分類", "kind", "certain").unless("kind").sure
        'own'
        """
        return Choice(self.heading, None, "own") if self.column == column else self

    def as_data(self) -> dict[str, Any]:
        """Return the choice as plain values.

        Examples
        --------
        >>> Choice("色", None, "own").as_data()["sure"]
        'own'
        """
        return dict(vars(self))


def _is_too_near(name: str, heading: str) -> bool:
    """Tell whether a heading that holds a known one is not to be taken for it: it may be a person's, or no consent."""
    if name == "consent":
        return not re.search("承諾|同意", heading)
    return name in _PERSONAL and bool(_OF_SOMEBODY.search(heading))


def choose_columns(table: Table, asked: Mapping[str, str] | None = None) -> tuple[Table, list[Choice]]:
    """Complete the columns found by their headings, and say of every column what it was taken for.

    Two columns that fit equally well are both left as they are, and that is said. A column whose heading says
    that it is internal is not taken for one that may be published, unless the user says so.

    Parameters
    ----------
    table
        A table of resources.
    asked
        Headings the user named for columns of ours.

    Examples
    --------
    >>> from resourcemap.read.table import Table
    >>> headings = ("名称", "会場の住所", "電話（非公開）", "色")
    >>> table = Table("a.csv", None, headings, [], [], {"name": 0, "phone": 2})
    >>> table, choices = choose_columns(table)
    >>> table.ours, [choice.sure for choice in choices]
    ({'name': 0, 'address': 1}, ['certain', 'likely', 'own', 'own'])
    """
    chooser = _Chooser(table, asked or {})
    chooser.keep_inside()
    chooser.take_likely()
    chooser.take_by_content()
    chooser.propose()
    chooser.name_rivals()
    ours = dict(sorted(chooser.ours.items(), key=lambda item: item[1]))
    return replace(table, ours=ours), chooser.choices()


class _Chooser:
    """Fills gaps in what headings say, from the surest means to the least sure."""

    def __init__(self, table: Table, asked: Mapping[str, str]) -> None:
        self.headings = table.headings
        self.rows = table.rows
        self.asked = asked
        self.ours = dict(table.ours)
        self.shapes = table.geometry is not None
        there = {fold(heading) for heading in self.headings}
        self.said = {name for name, heading in asked.items() if fold(heading) in there}
        self.sure = {name: "said" if name in self.said else "certain" for name in self.ours}
        self.notes: dict[int, tuple[str, str]] = {}

    def keep_inside(self) -> None:
        """Take back what says that it is internal, and let others have its place."""
        inside = {place for place, heading in enumerate(self.headings) if _INSIDE.search(heading)}
        taken_back = {
            name: place
            for name, place in self.ours.items()
            if place in inside and name not in self.said and (name not in _LABELS or _LABELS[name].public)
        }
        taken_back |= {
            name: self.ours[name]
            for name in _PERSONAL
            if name in self.ours and name not in self.said and _OF_SOMEBODY.search(self.headings[self.ours[name]])
        }
        if not taken_back:
            return
        gone = set(taken_back.values())
        masked = ["" if place in gone else heading for place, heading in enumerate(self.headings)]
        self.ours = match_headings(masked, "resources", self.asked)
        self.sure = {name: self.sure.get(name, "certain") for name in self.ours}
        said = either(
            ja="内部用と書いてあるので使いません。使うなら", en="says it is internal, so it is not used. To use it:"
        )
        for name, place in taken_back.items():
            self.notes[place] = (said, self._line(name, place))

    def take_likely(self) -> None:
        """Take headings that hold a known one and otherwise say nothing."""
        scores = [
            (likeness(self.headings[place], name), name, place)
            for place in self._free()
            for name in known_headings("resources")
            if name not in self.ours and not _is_too_near(name, self.headings[place])
        ]
        self._take([score for score in scores if score[0]], "likely")

    def take_by_content(self) -> None:
        """Take columns without a heading by what stands in them."""
        nameless = [place for place in self._free() if _NAMELESS.fullmatch(fold(self.headings[place]))]
        names = [name for name in _GUESSED if name not in self.ours and not (self.shapes and name in _BOUNDS)]
        self._take([(1.0, name, place) for place in nameless for name in names if self._holds(place, name)], "guessed")

    def propose(self) -> None:
        """Say of what is left what it looks like."""
        for place in self._free():
            names = [name for name in (*_CONTENT, *_BOUNDS) if name not in self.ours and self._holds(place, name)]
            if place not in self.notes and len(names) == 1:
                [name] = names
                said = either(ja=f"{name} のように見えます。使うなら", en=f"looks like {name}. To use it:")
                self.notes[place] = (said, self._line(name, place))

    def name_rivals(self) -> None:
        """Say of headings that fit a column as well, but came too late."""
        for place in self._free():
            words = {fold(self.headings[place]), bare_heading(self.headings[place])}
            fits = [name for name, known in known_headings("resources").items() if words & set(known)]
            if place in self.notes or not fits or fits[0] not in self.ours:
                continue
            if fits[0] == "consent":
                also = either(ja="いっしょに読み、厳しいほうに従います", en="read, too; the stricter answer holds")
                self.notes[place] = (also, "")
                continue
            taken = self.headings[self.ours[fits[0]]]
            said = either(
                ja=f"{fits[0]} には「{taken}」を使いました。こちらを使うなら",
                en=f"{taken!r} was used as {fits[0]}. To use this one:",
            )
            self.notes[place] = (said, self._line(fits[0], place))

    def choices(self) -> list[Choice]:
        names = {place: name for name, place in self.ours.items()}
        made = []
        for place, heading in enumerate(self.headings):
            note, line = self.notes.get(place, ("", ""))
            name = names.get(place)
            made.append(Choice(heading, name, self.sure[name] if name else "own", note, line))
        return made

    def _take(self, scores: Sequence[tuple[float, str, int]], sure: str) -> None:
        """Take each pair that is the best for its column and for its heading, and by itself."""
        for score, name, place in sorted(scores, key=lambda each: (-each[0], each[2])):
            if name in self.ours or place in self.ours.values() or place in self.notes:
                continue
            rivals = [each for each in scores if (each[1] == name) != (each[2] == place) and each[0] >= score]
            rivals = [each for each in rivals if each[1] not in self.ours and each[2] not in self.ours.values()]
            if rivals:
                self._tie(name, place, rivals)
                continue
            self.ours[name] = place
            self.sure[name] = sure
            said = either(ja="違うときは", en="if that is wrong:")
            self.notes[place] = (said, self._line(name, None))

    def _tie(self, name: str, place: int, rivals: Sequence[tuple[float, str, int]]) -> None:
        """Say of all that fit equally well that none was taken."""
        for _, each, where in [(0.0, name, place), *rivals]:
            said = either(
                ja=f"{each} に当てはまる列がほかにもあるので、使いません。使うなら",
                en=f"fits {each} no better or worse than another, so it is not used. To use it:",
            )
            self.notes[where] = (said, self._line(each, where))

    def _free(self) -> list[int]:
        used = set(self.ours.values())
        return [
            place for place, heading in enumerate(self.headings) if place not in used and not _INSIDE.search(heading)
        ]

    def _holds(self, place: int, name: str) -> bool:
        """Tell whether nearly all cells of a column look like those of ours."""
        cells = [row[place] for row in self.rows[:_LOOKED_AT] if not is_blank(row[place])]
        if name in _BOUNDS:
            low, high = _BOUNDS[name]
            values = [number(cell) for cell in cells if "." in cell]
            fits = sum(value is not None and low <= value <= high for value in values)
        else:
            fits = sum(bool(_CONTENT[name].fullmatch(cell)) for cell in cells)
        return len(cells) >= _ENOUGH and fits >= _SHARE * len(cells)

    def _line(self, name: str, place: int | None) -> str:
        heading = either(ja="正しい列名", en="its heading") if place is None else self.headings[place]
        quoted = heading.replace("\\", "\\\\").replace('"', '\\"')
        return f'{name} = "{quoted}"'
