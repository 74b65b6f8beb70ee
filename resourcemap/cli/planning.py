"""Commands that ask what is missing and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.options import ForMonth, System
from resourcemap.cli.printing import print_reports, progress, run_steps
from resourcemap.errors import QuestionError
from resourcemap.language import either

Sheet = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar=either(ja="ファイル", en="FILE"),
        help=either(
            ja="委員会などに配る表を、このファイルだけに書く（名前の終わりは .pdf か .xlsx）",
            en="Write a sheet for a committee, and no other file (its name ends in .pdf or .xlsx)",
        ),
    ),
]


@app.command(help=either(ja="足りない所を、人数の多い順に文にする。", en="Rank what is missing, a sentence each."))
def gaps(project: Folder = Path(), out: Sheet = None, as_json: AsJson = False) -> None:
    """Rank what is missing."""
    if out is None:
        run_steps(project, ["gaps"], as_json)
        return
    from resourcemap.project.gapping import gap_sheet
    from resourcemap.project.project import open_project

    print_reports([gap_sheet(open_project(project), out)], as_json)


@app.command(
    help=either(
        ja="基準・区域・テーマごとに A〜D で評価し、進行管理の表（Excel）を作る。",
        en="Grade standards, areas and themes, and make the progress sheet (Excel).",
    )
)
def rating(project: Folder = Path(), out: Sheet = None, as_json: AsJson = False) -> None:
    """Grade standards, areas and themes."""
    if out is None:
        run_steps(project, ["rating"], as_json)
        return
    from resourcemap.project.planning import rating_sheet
    from resourcemap.project.project import open_project

    print_reports([rating_sheet(open_project(project), out)], as_json)


@app.command(
    help=either(
        ja="区域ごとの強みと弱みの表（Excel）を作る。",
        en="Make a sheet of what each area has more and less of (Excel).",
    )
)
def strengths(project: Folder = Path(), as_json: AsJson = False) -> None:
    """Make a sheet of what each area has more and less of."""
    run_steps(project, ["strengths"], as_json)


@app.command(
    help=either(
        ja="ひとつの区域の姿（人口、資源、届く人、基準、強み・弱み）をまとめる。-o でA4の紙（PDF）に。",
        en="Show all that is known of one area; with -o on a sheet of A4 (PDF).",
    )
)
def portrait(
    area: Annotated[
        str | None,
        typer.Argument(
            metavar=either(ja="[区域]", en="[AREA]"),
            help=either(ja="区域の名前か番号", en="Name or id of the area"),
            show_default=False,
        ),
    ] = None,
    project: Folder = Path(),
    system: System = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=either(
                ja="区分のすべての区域を、-o のフォルダーにPDFで書く",
                en="Write all areas of the system as PDFs into the folder of -o",
            ),
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="書き出し先", en="TARGET"),
            help=either(ja="書き出すPDF。--all ではフォルダー", en="PDF to write; with --all a folder"),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="前", en="OLD"),
            help=either(ja="前のフォルダー、gitの版、日付（変化も示す）", en="Folder, revision or date of before"),
        ),
    ] = None,
    month: ForMonth = None,
    as_json: AsJson = False,
) -> None:
    """Show all that is known of one area."""
    if every == (area is not None) or (every and out is None):
        raise QuestionError(
            either(
                ja="区域の名前をひとつ書くか、--all と -o フォルダーを書いてください。",
                en="Name one area, or ask for --all and -o FOLDER.",
            )
        )
    from resourcemap.project.portraying import portrait_report
    from resourcemap.project.project import open_project
    from resourcemap.project.snapshot import open_snapshot

    before, opened = open_snapshot(since, project) if since else None, open_project(project)
    if out is None:
        print_reports([portrait_report(opened, str(area), system, since=before)], as_json)
        return
    from resourcemap.project.months import first_day
    from resourcemap.project.portraitpages import portrait_page, portrait_pages

    on = first_day(month)

    if area is not None:
        print_reports([portrait_page(opened, area, out, system, since=before, on=on)], as_json)
        return
    with progress(quiet=as_json) as said:
        report = portrait_pages(opened, out, system, since=before, on=on, progress=said)
    print_reports([report], as_json)


@app.command(
    help=either(
        ja="2つの日付を比べる: 始まった・終わった・移った・休止・曜日の変更と、届くようになった人・届かなくなった人。",
        en="Compare two dates: what opened, closed, moved, and who gained and lost reach.",
    )
)
def compare(
    old: Annotated[
        str,
        typer.Argument(
            metavar=either(ja="前", en="OLD"),
            help=either(
                ja="前のプロジェクトのフォルダー、gitの版、または日付", en="Folder, git revision or date of before"
            ),
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar=either(ja="[今]", en="[NEW]"),
            help=either(
                ja="今のもの（書かなければ -p のフォルダー）", en="That of today; the folder of -p if not given"
            ),
        ),
    ] = None,
    project: Folder = Path(),
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="変化を書く CSV", en="CSV of the changes"),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two dates of a project."""
    from resourcemap.project.comparing import compare as compared
    from resourcemap.project.snapshot import open_snapshot

    before, after = open_snapshot(old, project), open_snapshot(new or str(project), project)
    for side in (before, after) if out else ():
        side.require_free(out or Path(), "-o")
    print_reports([compared(before, after, csv=out)], as_json)


@app.command(
    help=either(
        ja="次にどこで開くとよいかを、いまある会場から選ぶ。",
        en="Choose where the next ones should open, of real venues.",
    )
)
def sites(  # noqa: PLR0917 - one option each
    kind: Annotated[
        str,
        typer.Option(
            metavar=either(ja="種類", en="KIND"),
            help=either(ja="開くもの（サロン など）", en="What to open, such as salon"),
        ),
    ],
    project: Folder = Path(),
    count: Annotated[
        int | None,
        typer.Option(
            "--count",
            "-n",
            metavar=either(ja="数", en="NUMBER"),
            help=either(ja="何か所（書かなければ1）", en="How many (1)"),
        ),
    ] = None,
    objective: Annotated[
        str,
        typer.Option(
            metavar=either(ja="めあて", en="AIM"),
            help=either(
                ja="人数（新たに届く人が最多）、距離（合計が最短）、全員（最少の数で全員）、公平（いちばん低い区域を最大に）",
                en="most people newly within reach, fewest metres, everyone with fewest places, or fairest",
            ),
        ),
    ] = "most",
    distance: Annotated[
        float | None,
        typer.Option(
            metavar=either(ja="距離", en="METRES"),
            help=either(ja="何m以内を「届く」とするか", en="What is within reach"),
        ),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="対象", en="AUDIENCE"),
            help=either(ja="だれのために（75歳以上 など）", en="For whom (older, 75+)"),
        ),
    ] = None,
    slot: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="時間帯", en="TIME"),
            help=either(
                ja="開く時間。いまある所はその時間に開くものだけ数える", en="When; only what is open then counts"
            ),
        ),
    ] = None,
    capacity: Annotated[
        float | None,
        typer.Option(
            metavar=either(ja="人数", en="PEOPLE"), help=either(ja="1か所に入れる人数", en="How many each takes")
        ),
    ] = None,
    step_free: Annotated[
        bool, typer.Option("--step-free", help=either(ja="段差なしの会場だけ", en="Step-free venues alone"))
    ] = False,
    one_per: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"),
            help=either(ja="この区分の1区域に1か所まで", en="One per area of this system"),
        ),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区分", en="SYSTEM"), help=either(ja="「公平」と --area の区分", en="System of areas")
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            metavar=either(ja="区域", en="AREA"),
            help=either(ja="この区域の人だけを数える", en="Count the people of this area alone"),
        ),
    ] = None,
    candidates: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=either(ja="ファイル", en="FILE"),
            help=either(ja="候補の会場の一覧（Excel・CSV）", en="List of venues to choose from"),
            exists=True,
        ),
    ] = None,
    blocks: Annotated[
        bool, typer.Option("--blocks", help=either(ja="町丁目の中の点も候補にする", en="Points of town blocks too"))
    ] = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            metavar=either(ja="秒", en="SECONDS"), help=either(ja="探す時間の上限", en="Time to search"), min=0.1
        ),
    ] = 60.0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar=either(ja="ファイル", en="FILE"), help=either(ja="書き出す CSV", en="CSV to write")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Choose where the next ones should open."""
    from resourcemap.project.project import open_project
    from resourcemap.project.siting import SiteQuestion, sites_report

    question = SiteQuestion(
        kind,
        count,
        objective,
        distance,
        audience,
        slot,
        capacity,
        step_free,
        one_per,
        system,
        area,
        tuple(candidates or ()),
        blocks,
        seconds,
    )
    print_reports([sites_report(open_project(project), question, out)], as_json)
