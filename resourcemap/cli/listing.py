"""The command that writes lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import ForMonth, Language
from resourcemap.cli.printing import print_reports, run_steps
from resourcemap.errors import QuestionError
from resourcemap.language import either

_AGAIN = either(ja="（何度でも書ける）", en=" (may be given several times)")


def _choosing(*names: str, metavar: tuple[str, str], ja: str, en: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        *names, metavar=either(ja=metavar[0], en=metavar[1]), help=either(ja=ja, en=en) + _AGAIN
    )
    return option


@app.command(
    "list", help=either(ja="区域ごとの一覧（Excel、CSV、Word、PDFなど）を作る。", en="Make the list per area.")
)
def list_(
    *,
    project: Folder = Path(),
    out: Annotated[
        list[Path] | None,
        _choosing(
            "--out",
            "-o",
            metavar=("ファイル", "FILE"),
            ja="書き出すファイル（.xlsx .csv .docx .pdf .md .html）",
            en="File to write (.xlsx .csv .docx .pdf .md .html)",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        _choosing(metavar=("種類", "KIND"), ja="この種類だけ", en="Only this kind"),
    ] = None,
    for_: Annotated[
        list[str] | None,
        _choosing("--for", metavar=("対象", "WHOM"), ja="この人たち向けのものだけ", en="Only what is for them"),
    ] = None,
    with_: Annotated[
        list[str] | None,
        _choosing("--with", metavar=("設備", "WHAT"), ja="この設備のあるものだけ", en="Only what has this"),
    ] = None,
    speak: Annotated[
        list[str] | None,
        _choosing(metavar=("言語", "LANGUAGE"), ja="この言語が通じるものだけ", en="Only where this is spoken"),
    ] = None,
    day: Annotated[
        list[str] | None,
        _choosing(
            metavar=("曜日", "DAY"), ja="この曜日にあるものだけ（水、土日、wed など）", en="Only on this weekday"
        ),
    ] = None,
    time: Annotated[
        str,
        typer.Option(
            metavar="14:00-16:00",
            help=either(
                ja="この時間にあるものだけ（14:00- や -12:00 も）", en="Only at this time (14:00-, -12:00 too)"
            ),
        ),
    ] = "",
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help=either(ja="日時の分からないものもふくむ", en="Also where days are not known")),
    ] = False,
    since: Annotated[
        int | None,
        typer.Option(
            metavar="3|6|12", help=either(ja="この月数以内に確認したものだけ", en="Only checked within months")
        ),
    ] = None,
    area: Annotated[
        str,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="この区域だけ（名前。「小学校区~北」のようにも）", en="Only this area (or SYSTEM~AREA)"),
        ),
    ] = "",
    words: Annotated[
        list[str] | None,
        _choosing(metavar=("ことば", "WORDS"), ja="このことばのあるものだけ", en="Only with these words"),
    ] = None,
    link: Annotated[
        str,
        typer.Option(
            metavar=either(ja="アドレス", en="ADDRESS"),
            help=either(
                ja="地図で選んだところのアドレス（# から後）と同じものだけ", en="What a link of the map has chosen"
            ),
        ),
    ] = "",
    month: ForMonth = None,
    lang: Language = None,
    encoding: Annotated[
        str,
        typer.Option(
            metavar="utf-8|cp932", help=either(ja="CSV の文字コード（cp932 は Shift_JIS）", en="Encoding of CSV")
        ),
    ] = "utf-8",
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
    partners: Annotated[
        bool,
        typer.Option(
            "--partners",
            help=either(
                ja="関係機関用の一覧（承諾に「関係機関」とある行だけ）を internal フォルダーに作る",
                en="Make the list for partners instead (rows whose consent names them), in the folder internal",
            ),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the list."""
    asked = {
        "kinds": kind or [],
        "audiences": for_ or [],
        "facilities": with_ or [],
        "languages_spoken": speak or [],
        "days": day or [],
        "words": words or [],
        "time": time,
        "unknown_days": unknown,
        "since": since,
        "area": area,
    }
    choosing = any(asked.values()) or bool(link)
    choosing = choosing or bool(lang or month) or encoding != "utf-8"
    _require_sense(internal=internal, partners=partners, out=out, choosing=choosing)
    if not out:
        run_steps(project, ["internal" if internal else "partners" if partners else "list"], as_json)
        return
    from resourcemap.project.listing import choice_in, write_lists
    from resourcemap.project.months import first_day
    from resourcemap.project.project import open_project

    on, opened = first_day(month), open_project(project)
    choice = choice_in(opened, link, **asked)
    print_reports([write_lists(opened, out, choice=choice, language=lang, encoding=encoding, on=on)], as_json)


def _require_sense(*, internal: bool, partners: bool, out: list[Path] | None, choosing: bool) -> None:
    if internal and partners:
        raise QuestionError(
            either(
                ja="--internal と --partners は、どちらか一方にしてください。",
                en="--internal and --partners are two lists. Ask for one.",
            )
        )
    if (internal or partners) and (out or choosing):
        raise QuestionError(
            either(
                ja="--internal と --partners は、決まったファイルに全部を書きます。-o や選ぶ条件とは一緒に使えません。",
                en="--internal and --partners write all of it to files of their own: give no -o and no choice.",
            )
        )
    if choosing and not out:
        raise QuestionError(
            either(
                ja="選んだ一覧は、どのファイルに書くかを -o で指定してください（例: -o サロン.pdf）。",
                en="Say with -o which file the chosen list goes to, such as -o salons.pdf.",
            )
        )
