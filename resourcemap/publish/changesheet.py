"""What changed between two dates as a file for a spreadsheet; names and cells of released rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from resourcemap.files import write_text
from resourcemap.publish.gapsheet import as_cell

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

_HEADINGS = {
    "change_label": "変化",
    "nature_label": "実際の変化か",
    "kind_label": "種類",
    "name": "名称",
    "block": "町丁目",
    "metres": "離れた距離（m）",
    "before": "前",
    "after": "いま",
    "gained": "届くようになった人",
    "lost": "届かなくなった人",
    "sentence": "説明",
}

_SAID = ("status", "place")


def write_changes_csv(
    released: Released,
    changes: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    before: Released,
    catalog: Catalog,
) -> Path:
    """Write the changes, one a row: UTF-8 with a mark that Excel knows, Japanese headings, CRLF.

    A row that is not released has no name, and of it are told kind, block and figures alone. What is no longer on
    the list has no consent of today, so it has no name either. Cells of before are told where both dates release
    them. Text that a spreadsheet would run as a formula gets an apostrophe before it.

    Parameters
    ----------
    released
        The resources of today that may be shown.
    changes
        Changes with their figures: ``new_id``, ``old_id``, ``field``, ``sentence`` (with the name, for the released)
        and ``sentence_without_name``, and what the headings are about.
    path
        The file to write; it is replaced whole.
    before
        The resources of the other date that may be shown.
    catalog
        The kinds and audiences with their labels.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> table = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["輪の会"], "status": "active", "channels": ""},
    ...     geometry=[None], crs="EPSG:4326")
    >>> known = load_catalog()
    >>> nobody, one = release(table, "list"), release(table.assign(channels="list"), "list")
    >>> found = pd.DataFrame({"change_label": ["休止した"], "old_id": ["a"], "new_id": ["a"], "field": ["name"],
    ...     "name": ["輪の会"], "sentence": ["輪の会が休止"], "sentence_without_name": ["サロン1件が休止"]})
    >>> file = Path(tempfile.mkdtemp()) / "changes.csv"
    >>> write_changes_csv(nobody, found, file, before=one, catalog=known).read_text(encoding="utf-8-sig").splitlines()
    ['変化,名称,前,いま,説明', '休止した,,,,サロン1件が休止']
    >>> write_changes_csv(one, found, file, before=one, catalog=known).read_text(encoding="utf-8-sig").splitlines()[1]
    '休止した,輪の会,輪の会,輪の会,輪の会が休止'
    """
    now, then = (each.table.set_index("resource_id") for each in (released, before))
    rows = changes.to_dict("records")
    named = [row["new_id"] in now.index for row in rows]
    both = [shown and row["old_id"] in then.index for shown, row in zip(named, rows, strict=True)]
    table = changes.assign(
        name=[now.at[row["new_id"], "name"] if shown else None for shown, row in zip(named, rows, strict=True)],
        before=[
            _cell(then, row["old_id"], row["field"], catalog) if shown else None
            for shown, row in zip(both, rows, strict=True)
        ],
        after=[
            _cell(now, row["new_id"], row["field"], catalog) if shown else None
            for shown, row in zip(both, rows, strict=True)
        ],
        sentence=[
            row["sentence"] if shown else row["sentence_without_name"] for shown, row in zip(named, rows, strict=True)
        ],
    )
    shown = [name for name in _HEADINGS if name in table]
    cells = pd.DataFrame({_HEADINGS[name]: [as_cell(value) for value in table[name]] for name in shown}, dtype=object)
    return write_text(path, cells.to_csv(index=False, lineterminator="\r\n"), encoding="utf-8-sig")


def _cell(table: pd.DataFrame, id_: object, field: object, catalog: Catalog) -> object:
    """Return the cell of a released row; nothing for a column that is not public, or whose words the label says."""
    if not isinstance(field, str) or field not in table or field in _SAID:
        return None
    cell = table.at[id_, field]
    if field == "kind":
        return catalog.kinds[cell].label("ja")
    if field == "audience" and isinstance(cell, str):
        return "・".join(catalog.audiences[each].label("ja") for each in cell.split(";") if each in catalog.audiences)
    return cell
