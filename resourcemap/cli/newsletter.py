"""The command that makes newsletters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_reports, progress
from resourcemap.language import either


@app.command(
    help=either(
        ja="区域ごとの通信（A4のPDFとWord）を作る。",
        en="Make the newsletter of every area: A4 as PDF, and for Word.",
    )
)
def newsletter(  # noqa: PLR0917 - one option each
    month: Annotated[
        str,
        typer.Option(
            metavar=either(ja="月", en="MONTH"), help=either(ja="何月の通信か（2026-12）", en="The month, 2026-12")
        ),
    ],
    project: Folder = Path(),
    area: Annotated[
        list[str] | None,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="この区域だけ（いくつでも）", en="Of this area alone; several"),
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"),
            help=either(ja="どの区分の区域か", en="The system of areas"),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダー", en="FOLDER"),
            help=either(ja="書き出すフォルダー（paper）", en="Folder to write to (paper)"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="前", en="OLD"),
            help=either(
                ja="前の号のときのフォルダー、gitの版、日付（変わったことを載せる）",
                en="Folder, revision or date of the last issue (tells what changed)",
            ),
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="CSWの文章（Markdown）", en="The CSW's own text (Markdown)"),
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(metavar=either(ja="号", en="NUMBER"), help=either(ja="第何号か", en="Number of the issue"), min=1),
    ] = None,
    large: Annotated[bool, typer.Option("--large", help=either(ja="大きな字で", en="In large type"))] = False,
    ruby: Annotated[bool, typer.Option("--ruby", help=either(ja="ふりがなを付ける", en="With furigana"))] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="ことば", en="LANGUAGE"),
            help=either(ja="ことば（ja ja-easy en zh ko）", en="Language (ja, ja-easy, en, zh, ko)"),
        ),
    ] = None,
    pdf_only: Annotated[bool, typer.Option("--pdf-only", help=either(ja="PDFだけ", en="PDF alone"))] = False,
    as_json: AsJson = False,
) -> None:
    """Make newsletters."""
    from resourcemap.project.issues import NewsletterAsked
    from resourcemap.project.months import month_of
    from resourcemap.project.newsletter import write_newsletters
    from resourcemap.project.project import open_project

    asked = NewsletterAsked(
        areas=tuple(area or ()),
        system=system,
        since=since,
        text=text,
        number=number,
        language=lang,
        large=large,
        ruby=ruby,
        pdf_only=pdf_only,
    )
    days = month_of(month)
    opened = open_project(project)
    with progress(quiet=as_json) as said:
        report = write_newsletters(opened, days, out, asked, progress=said)
    print_reports([report], as_json)
