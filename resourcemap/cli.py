"""The command line: parse, one call of the library, print.

Heavy imports stand inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from resourcemap.errors import ResourceMapError
from resourcemap.language import either

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resourcemap.project.project import Project
    from resourcemap.project.report import Report


class _Group(TyperGroup):
    """Commands whose errors are sentences: a fault in the data ends with 1, wrong usage with 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ResourceMapError as error:
            _complain(str(error))
            raise typer.Exit(1) from error
        except Exception as error:
            if _is_of_typer(error) or os.environ.get("RESOURCEMAP_DEBUG"):
                raise
            if isinstance(error, PermissionError) and error.filename:
                _complain(_held(error.filename))
            else:
                _complain(_unexpected(error))
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=either(
        ja="地域資源の表から、地図・空白の表・印刷する一覧を作ります。",
        en="Make a map, a table of gaps and a list to print from a sheet of community resources.",
    ),
)

Folder = Annotated[
    Path,
    typer.Option("--project", "-p", help=either(ja="プロジェクトのフォルダー", en="Folder of the project")),
]
AsJson = Annotated[bool, typer.Option("--json", help=either(ja="結果をJSONで出す", en="Print the result as JSON"))]


@app.command(
    help=either(ja="空のプロジェクト（または見本市）を作る。", en="Write an empty project, or the sample city.")
)
def init(
    folder: Annotated[Path, typer.Argument(help=either(ja="作るフォルダー", en="Folder to make"))],
    sample: Annotated[
        bool,
        typer.Option("--sample", help=either(ja="架空の「みほん市」を入れる", en="With the sample city")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write an empty project, or the sample city."""
    from resourcemap.project.start import start_project

    files = start_project(folder, sample=sample)
    if as_json:
        _print_json({"step": "init", "files": [str(file) for file in files]})
        return
    for file in files:
        typer.echo(f"→ {file}")
    command = f'resourcemap build -p "{folder}"'
    if sample:
        typer.echo(either(ja=f"次は {command} を実行してください。", en=f"Next: {command}"))
        return
    typer.echo(
        either(
            ja=f"次は {files[1]} に記入し、{command} を実行してください。",
            en=f"Next: fill in {files[1]}, then {command}",
        )
    )


@app.command(help=either(ja="入力を読み、列の読み方と誤りを示す。", en="Read the inputs; show how, and their faults."))
def check(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Read the inputs and show how they were understood."""
    _run(project, ["check"], as_json)


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
        _print([_prepare(prepare, towns)], as_json)
    elif listed:
        options = {"address": address, "prefecture": prefecture, "city": city, "sheet": sheet}
        _print([_locate_list(listed, out, towns, project, options)], as_json)
    elif review or reviewed:
        _print([_review(project, review, reviewed)], as_json)
    elif out or address or towns or sheet or prefecture or city:
        raise typer.BadParameter(either(ja="一覧のファイル（FILE）を書いてください。", en="Name the list (FILE)."))
    else:
        _run(project, ["locate"], as_json)


@app.command(
    help=either(
        ja="区域ごとに、行ける人の数を数える。書いた指定は、この1回だけ resourcemap.toml に代わる。",
        en="Count the people within reach, per area. Options stand in for resourcemap.toml this once.",
    )
)
def coverage(  # noqa: PLR0917 - one option each
    project: Folder = Path(),
    distance: Annotated[
        list[float] | None,
        typer.Option(
            metavar=either(ja="距離", en="METRES"),
            help=either(ja="何m以内か（いくつでも。画面の答えは1つめ）", en="Metres; may be several"),
            min=0.001,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="種類", en="KIND"),
            help=either(ja="種類（サロン など）", en="Kind, such as salon; several"),
        ),
    ] = None,
    audience: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="対象", en="AUDIENCE"),
            help=either(ja="ほかに数える人（子ども など）", en="Others to count, such as children; several"),
        ),
    ] = None,
    slot: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="時間帯", en="TIME"),
            help=either(ja="時間帯（「日 12:00-13:00」など）", en='Time, such as "Sunday 12:00"; several'),
        ),
    ] = None,
    at_least: Annotated[
        float | None,
        typer.Option(
            metavar=either(ja="割合", en="SHARE"),
            help=either(ja="その曜日の何割の日に開くか（毎週は 0.8）", en="Share of its dates open (0.8: every week)"),
            min=0,
            max=1,
        ),
    ] = None,
    lacking: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="種類,種類", en="KIND,KIND"),
            help=either(ja="「サロン,フードパントリー」: 前があり後がない人", en='"salon,pantry": has one, lacks two'),
        ),
    ] = None,
    verified_within: Annotated[
        int | None,
        typer.Option(
            metavar=either(ja="月数", en="MONTHS"),
            help=either(ja="何か月以内に確認したものか", en="Checked in the last months"),
            min=1,
            max=1200,
        ),
    ] = None,
    detour: Annotated[
        float | None,
        typer.Option(
            metavar=either(ja="係数", en="FACTOR"),
            help=either(ja="直線に掛ける係数（1.3 など）", en="Lengthen lines by"),
            min=1,
        ),
    ] = None,
    streets: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="道のファイル（道のりで測る）", en="Streets to walk along"),
            exists=True,
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="歩く人", en="WHO"),
            help=either(ja="歩く人（adult older stroller wheelchair）", en="Who walks (adult, older ...)"),
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            metavar=either(ja="ファイル", en="FILE"), help=either(ja="全部の数字を書く CSV", en="CSV for every figure")
        ),
    ] = None,
    week: Annotated[
        Path | None,
        typer.Option(
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="曜日と時刻の表を書く CSV", en="CSV for days by hours"),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="この表を書く CSV", en="CSV for this table"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count the people within reach, per area."""
    from resourcemap.project.asking import options_of
    from resourcemap.project.project import open_project

    opened = open_project(project)
    try:
        asked = options_of(
            opened.catalog,
            distances=distance,
            kinds=kind,
            audiences=audience,
            slots=slot,
            at_least=at_least,
            combinations=lacking,
            verified_within=verified_within,
            csv=out and out.resolve(),
            figures=figures and figures.resolve(),
            week=week and week.resolve(),
            detour=detour,
            streets=streets and [str(path.resolve()) for path in streets],
            profile=profile,
        )
    except ResourceMapError as error:
        raise typer.BadParameter(str(error)) from error
    if profile and not (streets or "streets" in opened.settings.reach):
        raise typer.BadParameter(
            either(
                ja="--profile は道のりにだけ効きます。--streets で道のファイルを書いてください。",
                en="--profile matters along streets alone. Name a file of them with --streets.",
            )
        )
    if any(asked.values()):
        # The files of the project stay what its settings say: what is asked by the way goes where it is told.
        asked["coverage"] = {"csv": "", "figures": "", "week": "", **asked["coverage"]}
    _print_steps(opened.asking(**asked), ["coverage"], as_json)


@app.command(help=either(ja="足りない所を、人数の多い順に文にする。", en="Rank what is missing, a sentence each."))
def gaps(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Rank what is missing."""
    _run(project, ["gaps"], as_json)


@app.command("map", help=either(ja="地図（1つのHTML）を作る。", en="Make the map, one HTML file."))
def map_(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Make the map."""
    _run(project, ["map"], as_json)


@app.command("list", help=either(ja="区域ごとの一覧（Excel）を作る。", en="Make the list per area (Excel)."))
def list_(
    project: Folder = Path(),
    internal: Annotated[
        bool,
        typer.Option(
            "--internal",
            help=either(
                ja="内部用の一覧（全部の行と列）を internal フォルダーに作る",
                en="Make the internal list instead (every row and column), in the folder internal",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the list."""
    _run(project, ["internal" if internal else "list"], as_json)


@app.command(help=either(ja="全部を順に行う。", en="All of it, in order."))
def build(project: Folder = Path(), as_json: AsJson = False) -> None:
    """All of it, in order."""
    from resourcemap.project.project import open_project

    opened = open_project(project)
    with _progress(quiet=as_json) as progress:
        reports = opened.build(progress)
    _print(reports, as_json)
    if not as_json:
        _say_what_to_open(reports)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A console of Windows (CP932) cannot write every character; a question mark is better than a stop.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


def _run(folder: Path, steps: list[str], as_json: bool) -> None:
    from resourcemap.project.project import open_project

    _print_steps(open_project(folder), steps, as_json)


def _print_steps(opened: Project, steps: list[str], as_json: bool) -> None:
    from resourcemap.project.steps import run

    with _progress(quiet=as_json) as progress:
        reports = run(opened, steps, progress)
    _print(reports, as_json)


def _print(reports: list[Report], as_json: bool) -> None:
    if as_json:
        _print_json([report.as_data() for report in reports])
        return
    typer.echo("\n".join(report.as_text() for report in reports))


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _say_what_to_open(reports: list[Report]) -> None:
    files = [file for report in reports for file in report.files if file.suffix in (".html", ".xlsx")]
    typer.echo(either(ja="\nできました。次のファイルを開いてください。", en="\nDone. Files to open:"))
    for file in files:
        typer.echo(f"  {file}")


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


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for work that takes over a second, on a terminal; leave nothing behind."""
    if quiet or not sys.stderr.isatty():
        yield lambda _title, _done, _all: None
        return
    from resourcemap.progress import bar

    with bar() as progress:
        yield progress


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _is_of_typer(error: Exception) -> bool:
    """Tell whether typer itself ends the program: wrong usage, --help, an exit code."""
    return type(error).__module__.startswith(("typer", "click"))


def _held(file: object) -> str:
    return either(
        ja=f"{file}: 開けません。ほかのソフト（Excelなど）で開いていれば閉じ、"
        "読み書きの権限を確かめて、もう一度実行してください。",
        en=f"{file}: cannot be opened. Close it in other programs (Excel), see that you may read and write it, "
        "then run again.",
    )


def _unexpected(error: Exception) -> str:
    return either(
        ja=f"思いがけない誤りで止まりました（{type(error).__name__}: {error}）。出力は書き換えていません。"
        "環境変数 RESOURCEMAP_DEBUG=1 を付けて実行し、表示を開発者へ送ってください。",
        en=f"Stopped by an unexpected fault ({type(error).__name__}: {error}). No output was changed. "
        "Run again with RESOURCEMAP_DEBUG=1 and send what it prints to the developers.",
    )
