"""The command that makes newsletters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import Areas, Language, LastIssue, Month, System
from resourcemap.cli.printing import print_reports, progress
from resourcemap.language import either


@app.command(
    help=either(
        ja="区域ごとの通信（A4のPDFとWord）を作る。",
        en="Make the newsletter of every area: A4 as PDF, and for Word.",
    )
)
def newsletter(  # noqa: PLR0917 - one option each
    month: Month,
    project: Folder = Path(),
    area: Areas = None,
    system: System = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="フォルダー", en="FOLDER"),
            help=either(ja="書き出すフォルダー（paper）", en="Folder to write to (paper)"),
        ),
    ] = None,
    since: LastIssue = None,
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
    lang: Language = None,
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
