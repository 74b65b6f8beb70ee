"""The command that finds addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports, run_steps
from resourcemap.language import either

if TYPE_CHECKING:
    from resourcemap.project.report import Report


@app.command(
    help=either(
        ja="住所から位置を探す。FILE を書けば、プロジェクトなしで、その一覧に位置を書き足す。",
        en="Find the addresses of a project; with FILE, those of any list, and write it again with positions.",
    )
)
def locate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help=either(ja="住所のある一覧（CSV・Excel）", en="List with addresses (CSV, Excel)"), metavar="[FILE]"
        ),
    ] = None,
    project: Folder = Path(),
    address: Annotated[str | None, typer.Option(help=either(ja="住所の列名", en="Heading of the addresses"))] = None,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(help=either(ja="住所一覧（いくつでも書ける）", en="Gazetteer; may be several"))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=either(ja="書き出すファイル（.csv .xlsx）", en="File to write"))
    ] = None,
    prefecture: Annotated[
        str, typer.Option(help=either(ja="住所に無いときの都道府県", en="Prefecture when not said"))
    ] = "",
    city: Annotated[str, typer.Option(help=either(ja="住所に無いときの市区町村", en="City when not said"))] = "",
    sheet: Annotated[str | None, typer.Option(help=either(ja="シート名", en="Name of the sheet"))] = None,
    review: Annotated[
        Path | None,
        typer.Option(
            help=either(ja="人が確かめる行の表（.xlsx）を書き出す", en="Write a sheet of rows to check (.xlsx)")
        ),
    ] = None,
    reviewed: Annotated[
        Path | None,
        typer.Option(
            help=either(ja="記入した表を読み、data/places.csv に覚える", en="Read the filled sheet; remember it")
        ),
    ] = None,
    prepare: Annotated[
        Path | None,
        typer.Option(
            help=either(ja="住所一覧から速い索引（.npz）を作る", en="Prepare a quick index (.npz) of gazetteers")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find the addresses of a project, or of any list."""
    listed, more = (None, files or []) if prepare or not files else (files[0], files[1:])
    if more and not gazetteer:
        raise typer.BadParameter(either(ja="一覧は1つずつ指定してください。", en="Name one list at a time."))
    towns = [*(gazetteer or []), *more]
    tasks = {"FILE": listed, "--review": review, "--reviewed": reviewed, "--prepare": prepare}
    asked = [name for name, path in tasks.items() if path]
    if len(asked) > 1:
        words = ", ".join(asked)
        raise typer.BadParameter(either(ja=f"{words} は同時に使えません。", en=f"{words} exclude each other."))
    if prepare:
        print_reports([_prepare(prepare, towns)], as_json)
    elif listed:
        options = {"address": address, "prefecture": prefecture, "city": city, "sheet": sheet}
        print_reports([_locate_list(listed, out, towns, project, options)], as_json)
    elif review or reviewed:
        print_reports([_review(project, review, reviewed)], as_json)
    elif out or address or towns or sheet or prefecture or city:
        raise typer.BadParameter(either(ja="一覧のファイル（FILE）を書いてください。", en="Name the list (FILE)."))
    else:
        run_steps(project, ["locate"], as_json)


def _locate_list(file: Path, out: Path | None, gazetteer: list[Path], project: Path, options: dict[str, Any]) -> Report:
    from resourcemap.project.barelist import SUFFIXES, locate_list

    if out is None or out.suffix.lower() not in SUFFIXES:
        raise typer.BadParameter(
            either(
                ja="-o で書き出すファイル（.csv か .xlsx）を書いてください。",
                en="Name the file to write (.csv, .xlsx) with -o.",
            )
        )
    if out.resolve() == file.resolve():
        raise typer.BadParameter(
            either(ja="元の一覧とは別の名前に書き出してください。", en="Write to another file than FILE.")
        )
    if gazetteer:
        return locate_list(file, out, gazetteer=gazetteer, **options)
    if not (project / "resourcemap.toml").is_file():
        raise typer.BadParameter(
            either(ja="--gazetteer で住所一覧を書いてください。", en="Name a gazetteer with --gazetteer.")
        )
    from resourcemap.project.project import open_project

    settings = open_project(project).locating
    chosen = {name: options[name] or settings[name] for name in ("prefecture", "city")}
    return locate_list(file, out, **(settings | options | chosen))


def _review(folder: Path, review: Path | None, reviewed: Path | None) -> Report:
    from resourcemap.project.project import open_project
    from resourcemap.project.review import take_review, write_review

    opened = open_project(folder)
    return write_review(opened, review) if review else take_review(opened, reviewed or Path())


def _prepare(out: Path, gazetteer: list[Path]) -> Report:
    from resourcemap.project.barelist import prepare_gazetteer

    if not gazetteer:
        raise typer.BadParameter(
            either(ja="--gazetteer で住所一覧を書いてください。", en="Name a gazetteer with --gazetteer.")
        )
    return prepare_gazetteer(gazetteer, out)
