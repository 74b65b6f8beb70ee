"""Open data of a project: what everybody may take, in the formats that other programs read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pandas as pd

from resourcemap.errors import QuestionError, first_five
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.project.reasons import aside, resources_in
from resourcemap.project.report import Report, where_of
from resourcemap.project.settings import require_known
from resourcemap.publish.opendata.about import About
from resourcemap.publish.opendata.datapackage import write_hsds
from resourcemap.publish.opendata.forms import forms, listed, write_form
from resourcemap.publish.opendata.geojson import write_geojson
from resourcemap.publish.opendata.geopackage import write_geopackage
from resourcemap.publish.opendata.hsds_json import write_hsds_json
from resourcemap.publish.opendata.rows import CHANNEL, is_rough
from resourcemap.publish.opendata.table import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from resourcemap.model.consent import Released
    from resourcemap.project.shown import Shown

FILES: Final = ("resources.geojson", "resources.gpkg", "resources.csv", "hsds.zip", "hsds.json")


def opendata_report(project: Shown, out: Path) -> Report:
    r"""Write the resources whose consent names open data, and say what was not written and why.

    Parameters
    ----------
    project
        An opened project.
    out
        A folder for every format, or one file: ``.geojson``, ``.gpkg``, ``.csv`` (with its metadata beside it),
        ``.zip`` or ``.json`` (HSDS). All files appear, or none; those without rows are written, too, so that none of an
        earlier day stays.

    Raises
    ------
    QuestionError
        When the name ends otherwise, or is that of a file which the project reads.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from resourcemap.project.project import open_project
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
    >>> text = "名称,種類,緯度,経度,承諾\n本町,サロン,35.7,139.7,オープンデータ\n北町,サロン,35.7,139.7,有\n"
    >>> _ = (folder / "list.csv").write_text(text, encoding="utf-8")
    >>> report = opendata_report(open_project(folder), folder / "open.geojson")
    >>> [path.name for path in report.files], len(report.left_aside)
    (['open.geojson'], 1)
    """
    work = _Work(project)
    names = _names(out)
    for path in names:
        project.require_free(path, "-o")
    with together():
        files = tuple(path for name, write in names.items() for path in write(work, name))
    released = work.released
    rows = project.located.loc[work.withheld.index]
    counts = {either(ja="オープンデータ", en="open data"): len(released.table)}
    if len(names) > 1:
        counts |= {
            either(ja=form["ja"], en=form["en"]): int((work.listed[name] == "").sum()) for name, form in work.forms
        }
    left = aside("opendata", rows, work.withheld)
    title = either(ja="オープンデータ", en="Open data")
    notes = tuple(_notes(work, set(names)))
    return Report("opendata", title, resources_in(project.located), counts, left, notes, files)


@dataclass
class _Work:
    """What all formats of one run share."""

    project: Shown
    forms: list[tuple[str, Mapping[str, str]]] = field(default_factory=lambda: list(forms().items()))

    @cached_property
    def released(self) -> Released:
        """The released rows; what is shown without a name is no data."""
        released = self.project.released(CHANNEL)
        return released.only(released.table.index.difference(released.nameless, sort=False))

    @cached_property
    def withheld(self) -> pd.Series:
        """Why each other row stays inside."""
        nameless = pd.Series("no_consent", index=self.project.released(CHANNEL).nameless, dtype=object)
        reasons = self.released.withheld["reason"]
        return pd.concat([each for each in (reasons, nameless) if len(each)]) if len(nameless) else reasons

    @cached_property
    def schedules(self) -> pd.Series:
        """The schedule of every released row."""
        return self.project.schedules_of(self.released)

    @cached_property
    def about(self) -> About:
        """What the settings say of the whole."""
        project, asked = self.project.settings.project, self.project.settings.opendata
        head = self.project.masthead
        return About(
            head["title"],
            head["publisher"],
            head["as_of"],
            credit=str(project.get("credit", "")),
            licence=str(asked.get("licence", "")),
            language=head["language"],
            prefecture=str(project.get("prefecture", "")),
            city=str(project.get("city", "")),
            code=str(asked.get("code", "")),
        )

    @cached_property
    def public_kinds(self) -> tuple[str, ...]:
        """The kinds that the publisher says to be public facilities."""
        catalog = self.project.catalog
        asked = [str(kind) for kind in self.project.settings.opendata.get("public_kinds", [])]
        found = [kind if kind in catalog.kinds else catalog.kind_of(kind) or kind for kind in asked]
        require_known("[opendata] public_kinds", found, list(catalog.kinds))
        return tuple(found)

    @cached_property
    def listed(self) -> dict[str, pd.Series]:
        """Of every form, why each row of its kinds is not listed; blank where it is."""
        return {
            name: listed(self.released, name, about=self.about, public_kinds=self.public_kinds)
            for name, _ in self.forms
        }

    def form(self, path: Path) -> tuple[Path]:
        """Write a standard form; the name of the file is the name of the form."""
        written = write_form(
            self.released,
            path,
            form=path.stem,
            schedules=self.schedules,
            catalog=self.project.catalog,
            about=self.about,
            public_kinds=self.public_kinds,
        )
        return (written,)

    def table(self, path: Path) -> tuple[Path, ...]:
        """Write the CSV and its metadata."""
        return write_table(self.released, path, catalog=self.project.catalog, about=self.about)

    def geojson(self, path: Path) -> tuple[Path]:
        """Write GeoJSON."""
        return (write_geojson(self.released, path, catalog=self.project.catalog, about=self.about),)

    def geopackage(self, path: Path) -> tuple[Path]:
        """Write a GeoPackage."""
        return (write_geopackage(self.released, path, catalog=self.project.catalog, about=self.about),)

    def hsds(self, path: Path) -> tuple[Path]:
        """Write HSDS."""
        catalog = self.project.catalog
        return (write_hsds(self.released, path, schedules=self.schedules, catalog=catalog, about=self.about),)

    def hsds_json(self, path: Path) -> tuple[Path]:
        """Write HSDS as JSON."""
        catalog = self.project.catalog
        return (write_hsds_json(self.released, path, schedules=self.schedules, catalog=catalog, about=self.about),)


_WRITERS: Final[Mapping[str, Callable[[_Work, Path], tuple[Path, ...]]]] = {
    ".geojson": _Work.geojson,
    ".gpkg": _Work.geopackage,
    ".csv": _Work.table,
    ".zip": _Work.hsds,
    ".json": _Work.hsds_json,
}


def _names(out: Path) -> dict[Path, Callable[[_Work, Path], tuple[Path, ...]]]:
    """Return what is to be written, and how."""
    suffix = out.suffix.lower()
    if out.is_dir() or (not suffix and not out.exists()):
        every = {out / name: _WRITERS["." + name.rpartition(".")[2]] for name in FILES}
        return every | {out / f"{form}.csv": _Work.form for form in forms()}
    if suffix not in _WRITERS:
        raise QuestionError(
            either(
                ja=f"-o {out}: フォルダーか、{'、'.join(_WRITERS)} で終わるファイルの名前にしてください。",
                en=f"-o {out}: name a folder, or a file that ends with {', '.join(_WRITERS)}.",
            )
        )
    return {out: _WRITERS[suffix]}


def _notes(work: _Work, written: set[Path]) -> Iterator[str]:
    if work.released.table.empty:
        yield either(
            ja="オープンデータとして出せる資源は、1件もありません。出すのは、承諾の欄に「オープンデータ」とある行だけです"
            "（「有」や「可」だけの承諾は、一覧・地図・紙面までです）。ファイルは見出しだけです。",
            en="Nothing is released as open data: only rows whose consent names オープンデータ are (a mere yes covers "
            "list, map and paper). The files hold headings alone.",
        )
    if not work.about.licence:
        yield either(
            ja="ライセンスは書いていません。決めたら、resourcemap.toml の [opendata] に "
            'licence = "CC BY 4.0" のように書いてください。',
            en='No licence is stated. Once decided, write licence = "CC BY 4.0" or such below [opendata].',
        )
    rough = int(is_rough(work.released.table).sum())
    packaged = any(path.suffix.lower() in (".zip", ".json") for path in written)
    if rough and packaged:
        yield either(
            ja=f"およその位置しか示せない{rough}件は、HSDS（と標準の書式）では緯度・経度を空けました。",
            en=f"{rough} rows with a rough position have none in HSDS (and in the standard forms).",
        )
    if packaged and work.released.table["address"].notna().any():
        yield either(
            ja="HSDSの住所に要る郵便番号は、表にないため空いています。",
            en="HSDS wants a postal code in addresses; the table has none, so it is blank.",
        )
    if len(written) > 1:
        yield from _notes_on_forms(work)


def _notes_on_forms(work: _Work) -> Iterator[str]:
    filled = any((reasons == "").any() for reasons in work.listed.values())
    if filled:
        yield either(
            ja="標準の書式には、対応言語、確認日、終了日、設備の多くを書く列がありません。ほかの形式には全部入っています。",
            en="The standard forms have no column for languages, days of checks, last days and most facilities; "
            "the other formats hold all of it.",
        )
    if filled and not work.about.code:
        yield either(
            ja="標準の書式の全国地方公共団体コードが空いています。[opendata] に code = "
            '"131164" のように6桁で書いてください。',
            en='The standard forms lack the code of the municipality. Write code = "131164" or such below [opendata].',
        )
    for name, form in work.forms:
        out = work.listed[name][work.listed[name] != ""]
        for reason, (ja, en) in _NOT_LISTED.items():
            rows = work.project.located.loc[out.index[out == reason]]
            if len(rows):
                title = either(ja=form["ja"], en=form["en"])
                more = first_five(where_of(rows))
                yield either(ja=f"{title}: {len(rows)}件は{ja}（{more}）。", en=f"{title}: {len(rows)} {en} ({more}).")


_NOT_LISTED: Final = {
    "suspended": (
        "休止中のため載せていません。この書式では休止中と書けません",
        "are suspended, which the form cannot say, so they are not listed",
    ),
    "not_public": (
        "公の施設と分からないため載せていません。運営が市区町村のものか、[opendata] public_kinds の種類だけを載せます",
        "are not known to be public, so not listed: only those run by the municipality, or of [opendata] public_kinds",
    ),
    "no_place": ("会場のないもののため載せていません", "are at no place, so they are not listed"),
}
