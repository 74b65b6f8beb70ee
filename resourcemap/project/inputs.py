"""The files that the settings name: which they are, what each is called in reports, and what none of them is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from resourcemap.language import either
from resourcemap.project.merge.history import HISTORY
from resourcemap.read.entries import left_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

# What office programs put beside a file while it is open, and systems into every folder.
_BESIDES = ("~$", ".~lock", "._", ".DS_Store", "Thumbs.db", "desktop.ini")


def matching(path: Path) -> list[Path]:
    """Return the files that a path with ``*`` in it stands for, in order, without those that no person has written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in ("b.xlsx", "a.xlsx", "~$a.xlsx"):
    ...     _ = (folder / name).write_text("")
    >>> [each.name for each in matching(folder / "*.xlsx")], [each.name for each in besides(folder / "*.xlsx")]
    (['a.xlsx', 'b.xlsx'], ['~$a.xlsx'])
    """
    return [each for each in _all_matching(path) if not each.name.startswith(_BESIDES)]


def besides(path: Path) -> list[Path]:
    """Return the files that `matching` passes over, such as the lock file of a workbook that is open in Excel.

    Examples
    --------
    >>> besides(Path("/nowhere/*.xlsx"))
    []
    """
    return [each for each in _all_matching(path) if each.name.startswith(_BESIDES)]


def is_kept(path: Path, folder: Path) -> bool:
    """Tell whether a file is one that resourcemap itself keeps in a project: the history of merges, or internal.

    Such a file holds rows and old texts without consent; no pattern takes it for a list.

    Examples
    --------
    >>> folder = Path("/p")
    >>> [is_kept(folder / name, folder) for name in ("data/history.csv", "internal/backup/a.csv", "data/a.csv")]
    [True, True, False]
    """
    found, home = path.resolve(), folder.resolve()
    return found == home / HISTORY or found.is_relative_to(home / "internal")


def kept_aside(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Make an entry for each file that resourcemap itself keeps, and no pattern takes.

    Examples
    --------
    >>> kept_aside([Path("data/history.csv")])[0]["file"]
    'history.csv'
    """
    reason = either(
        ja="resourcemap の履歴や控え（入力としては読みません）",
        en="a history or a backup of resourcemap, never an input",
    )
    return [left_aside(path.name, None, None, None, "", reason) for path in dict.fromkeys(paths)]


def passed_over(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Make an entry for each file that was passed over.

    Examples
    --------
    >>> passed_over([Path("data/~$a.xlsx")])[0]["file"]
    '~$a.xlsx'
    """
    reason = either(ja="開いている間だけの作業用ファイル", en="a file that a program keeps while another one is open")
    return [left_aside(path.name, None, None, None, "", reason) for path in dict.fromkeys(paths)]


def distinct_names(paths: Sequence[Path], folder: Path) -> dict[Path, str]:
    """Name each file as reports do: by its name, or by its path in the folder where two have one name.

    Examples
    --------
    >>> paths = [Path("/p/east/a.csv"), Path("/p/west/a.csv"), Path("/p/b.csv")]
    >>> list(distinct_names(paths, Path("/p")).values())
    ['east/a.csv', 'west/a.csv', 'b.csv']
    """
    files: dict[str, set[Path]] = {}
    for path in paths:
        files.setdefault(path.name, set()).add(path)
    return {path: path.name if len(files[path.name]) == 1 else _below(path, folder) for path in paths}


def once(asked: Iterable[tuple[Path, Mapping[str, Any]]]) -> list[tuple[Path, Mapping[str, Any]]]:
    """Leave out a file that is asked for again in the same way, as by two patterns that both match it.

    Examples
    --------
    >>> a = Path("a.csv")
    >>> len(once([(a, {"file": "*.csv"}), (a, {"file": "a.csv"}), (a, {"file": "a.csv", "kind": "salon"})]))
    2
    """
    kept: list[tuple[Path, Mapping[str, Any]]] = []
    seen: list[tuple[Path, dict[str, Any]]] = []
    for path, section in asked:
        how = (path.resolve(), {key: value for key, value in section.items() if key != "file"})
        if how not in seen:
            seen.append(how)
            kept.append((path, section))
    return kept


def label(name: str, sheet: str | None, taken: Iterable[str]) -> str:
    """Name a file with its sheet, and by a number when that is taken.

    Examples
    --------
    >>> label("a.xlsx", "一覧", []), label("a.csv", None, ["a.csv"])
    ('a.xlsx 一覧', 'a.csv (2)')
    """
    whole = f"{name} {sheet}" if sheet else name
    others = set(taken)
    number = 1
    found = whole
    while found in others:
        number += 1
        found = f"{whole} ({number})"
    return found


def call_file(table: gpd.GeoDataFrame, old: str, new: str) -> gpd.GeoDataFrame:
    """Call a file of resources by another name, in its rows and in what was left aside.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame({"source_file": ["a.csv"]}, geometry=[None])
    >>> call_file(table, "a.csv", "east/a.csv")["source_file"].tolist()
    ['east/a.csv']
    """
    if old == new:
        return table
    called = table.assign(source_file=table["source_file"].replace(old, new))
    aside = [{**row, "file": new if row["file"] == old else row["file"]} for row in table.attrs.get("left_aside", [])]
    called.attrs = {**table.attrs, "left_aside": aside}
    return called


def call_in_fault(fault: str, old: str, new: str) -> str:
    """Call a file by another name in a message that begins with it.

    Examples
    --------
    >>> call_in_fault("a.csv: is empty.", "a.csv", "east/a.csv")
    'east/a.csv: is empty.'
    """
    return new + fault.removeprefix(old) if fault.startswith(old) else fault


def _all_matching(path: Path) -> list[Path]:
    first = next(place for place, part in enumerate(path.parts) if "*" in part)
    return sorted(Path(*path.parts[:first]).glob(str(Path(*path.parts[first:]))))


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
