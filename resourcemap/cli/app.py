"""The application: commands whose errors are sentences, and the options that all of them have."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from resourcemap.errors import QuestionError, ResourceMapError
from resourcemap.language import either

# What may also befall a temporary file, or a terminal whose output goes to a file.
_OF_THE_DISK = (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.ENAMETOOLONG)


class _Group(TyperGroup):
    """Commands whose errors are sentences: a fault in the data ends with 1, wrong usage with 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ResourceMapError as error:
            complain(str(error))
            raise typer.Exit(2 if isinstance(error, QuestionError) else 1) from error
        except Exception as error:
            if _is_of_typer(error) or os.environ.get("RESOURCEMAP_DEBUG"):
                raise
            complain(_said(error))
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


def complain(text: str) -> None:
    """Say what is wrong where errors go."""
    typer.echo(text, err=True)


def _is_of_typer(error: Exception) -> bool:
    """Tell whether typer itself ends the program: wrong usage, --help, an exit code."""
    return type(error).__module__.startswith(("typer", "click"))


def _said(error: Exception) -> str:
    if isinstance(error, PermissionError) and error.filename:
        return _held(error.filename)
    from resourcemap.files import in_words

    if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
        return in_words(error, error.filename or either(ja="書き出し", en="Writing"))
    return _unexpected(error)


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
