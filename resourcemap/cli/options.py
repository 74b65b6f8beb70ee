"""Options that several commands have, said the same way in all of them."""

from __future__ import annotations

from typing import Annotated

import typer

from resourcemap.language import either

_AREA = either(ja="区域", en="AREA")

OneArea = Annotated[
    str | None,
    typer.Option(
        "--area",
        metavar=_AREA,
        help=either(ja="区域の名前か番号（なければ全体）", en="Name or id of an area (all unless given)"),
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", metavar=_AREA, help=either(ja="この区域だけ（いくつでも）", en="Of this area alone; several")
    ),
]
System = Annotated[
    str | None,
    typer.Option(
        "--system",
        metavar=either(ja="区分", en="SYSTEM"),
        help=either(ja="どの区分の区域か（日常生活圏域 など）", en="The system of areas"),
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar=either(ja="種類", en="KIND"),
        help=either(ja="この種類だけ（いくつでも）", en="Only this kind; several"),
    ),
]
Month = Annotated[
    str,
    typer.Option(
        "--month", metavar=either(ja="月", en="MONTH"), help=either(ja="何月か（2026-12）", en="The month, 2026-12")
    ),
]
ForMonth = Annotated[
    str | None,
    typer.Option(
        "--month",
        metavar=either(ja="月", en="MONTH"),
        help=either(
            ja="何月の紙か（2026-12）。その月に載せられるものだけになり、番号もその月の通信と同じ",
            en="The month it is for, 2026-12: what may be shown then, with the numbers of that newsletter",
        ),
    ),
]
LastIssue = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar=either(ja="前", en="OLD"),
        help=either(
            ja="前の号のときのフォルダー、gitの版、日付（変わったことを載せる）",
            en="Folder, revision or date of the last issue (tells what changed)",
        ),
    ),
]
Landscape = Annotated[
    bool, typer.Option("--landscape", help=either(ja="紙を横に使う", en="Lay the paper on its long side"))
]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="ja|ja-easy|en|zh|ko",
        help=either(ja="ことば（なければプロジェクトと同じ）", en="Language (that of the project unless given)"),
    ),
]
