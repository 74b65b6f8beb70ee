"""A project: a folder with resourcemap.toml, opened and built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resourcemap.project import steps
from resourcemap.project.planned import Planned
from resourcemap.project.settings import NAME, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from resourcemap.project.report import Report


class Project(Planned):
    """The tables of a project, and `build`, which makes all its outputs."""

    def build(self, progress: Callable[[str, int, int], None] | None = None) -> list[Report]:
        r"""Answer the questions in order and write every output the settings ask for.

        Everything is computed before the first file is written, so a fault in the data leaves older outputs as
        they were.

        Parameters
        ----------
        progress
            Called before each step with its name, how many are done, and how many there are.

        Returns
        -------
        list
            What each step took in, gave out and left aside.

        Examples
        --------
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
        >>> _ = (folder / "list.csv").write_text("名称,種類,緯度,経度\n本町,サロン,35.7,139.7\n", encoding="utf-8")
        >>> [report.step for report in open_project(folder).build()]
        ['check', 'locate', 'map', 'list', 'left_aside']
        """
        return steps.build(self, progress)


def open_project(folder: str | Path = ".") -> Project:
    r"""Open the project in a folder; only its settings are read at once.

    Raises
    ------
    ProjectError
        When there is no resourcemap.toml, or it says what does not exist.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "resourcemap.toml").write_text('[project]\ntitle = "みほん市"\n', encoding="utf-8")
    >>> open_project(folder).title
    'みほん市'
    """
    return Project(Path(folder), read_settings(Path(folder) / NAME))
