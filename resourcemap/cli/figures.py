"""The command that makes figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from resourcemap.cli.app import AsJson, Folder, app
from resourcemap.cli.printing import print_steps
from resourcemap.errors import ResourceMapError
from resourcemap.language import either


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
    print_steps(opened.asking(**asked), ["coverage"], as_json)
