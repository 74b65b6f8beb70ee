"""A progress bar for work that takes over a second."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 1.0


@contextmanager
def bar(console: Console | None = None) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to call with a title, how many are done, and how many there are.

    The bar appears on standard error once the work has taken over a second, and is gone at the end.

    Examples
    --------
    >>> with bar() as progress:
    ...     progress("Map", 0, 2)
    """
    shown = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console or Console(stderr=True),
        transient=True,
    )
    task = shown.add_task("", total=None)
    timer = threading.Timer(SECONDS, shown.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda title, done, of: shown.update(task, description=title, completed=done, total=of)
    finally:
        timer.cancel()
        shown.stop()
