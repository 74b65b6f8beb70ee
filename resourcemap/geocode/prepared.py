"""Gazetteers prepared once and read back quickly: keys worked out, texts in one piece, no code inside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from resourcemap.errors import InputError
from resourcemap.files import write_bytes
from resourcemap.geocode.address import rules
from resourcemap.geocode.index import Gazetteer
from resourcemap.language import either

if TYPE_CHECKING:
    import os

SUFFIX = ".npz"
FORMAT = "resourcemap gazetteer"
VERSION = f"1-{rules()}"
_TEXTS = ("town", "oaza", "key", "whole")
_CODED = ("prefecture", "city", "source", "postcode")
_BETWEEN = "\n"


class Lots(Mapping[tuple[int, str], tuple[float, float]]):
    """Points by town and number, kept as arrays; the numbers of a town are unfolded when it is first asked for.

    Parameters
    ----------
    towns
        Rows of towns, ascending.
    starts
        Where the numbers of each of these towns begin, and where the last ones end.
    numbers
        All numbers, those of one town side by side.
    lon, lat
        Their points.
    """

    def __init__(
        self, towns: np.ndarray, starts: np.ndarray, numbers: list[str], lon: np.ndarray, lat: np.ndarray
    ) -> None:
        self._towns = {int(town): at for at, town in enumerate(towns)}
        self._starts, self._numbers, self._lon, self._lat = starts, numbers, lon, lat
        self._known: dict[int, dict[str, int]] = {}

    def __getitem__(self, key: tuple[int, str]) -> tuple[float, float]:
        town, number = key
        at = self._of(town)[number]
        return float(self._lon[at]), float(self._lat[at])

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((town, number) for town in self._towns for number in self._of(town))

    def __len__(self) -> int:
        return len(self._numbers)

    def get(self, key: tuple[int, str], default: Any = None) -> Any:
        """Return a point, or `default` where there is none."""
        town, number = key
        if town not in self._towns:
            return default
        at = self._of(town).get(number)
        return default if at is None else (float(self._lon[at]), float(self._lat[at]))

    def _of(self, town: int) -> dict[str, int]:
        known = self._known.get(town)
        if known is None:
            place = self._towns[town]
            begin, end = int(self._starts[place]), int(self._starts[place + 1])
            known = self._known[town] = dict(zip(self._numbers[begin:end], range(begin, end), strict=True))
        return known

    @cached_property
    def by_town(self) -> _Numbers:
        """Numbers of each town, unfolded when they are asked for."""
        return _Numbers(self._towns, self._of)


class _Numbers(Mapping[int, tuple[str, ...]]):
    """Numbers by town."""

    def __init__(self, towns: dict[int, int], numbers_of: Callable[[int], dict[str, int]]) -> None:
        self._towns, self._numbers_of = towns, numbers_of

    def __contains__(self, town: object) -> bool:
        return town in self._towns

    def __getitem__(self, town: int) -> tuple[str, ...]:
        return tuple(self._numbers_of(town))

    def __iter__(self) -> Iterator[int]:
        return iter(self._towns)

    def __len__(self) -> int:
        return len(self._towns)


def write_gazetteer(gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write a gazetteer in the prepared form, which `read_gazetteer` reads many times faster than tables.

    The file is a NumPy archive (``.npz``) of plain arrays. Remembered places are not in it: they change.

    Raises
    ------
    InputError
        When the name does not end in ``.npz``.

    Examples
    --------
    >>> import tempfile
    >>> towns = pd.DataFrame({"prefecture": ["見本県"], "city": ["みほん市"], "oaza": ["本町"], "town": ["本町"],
    ...     "lon": [139.7], "lat": [34.95]})
    >>> path = write_gazetteer(Gazetteer(towns, {(0, "1"): (139.7, 34.9)}), Path(tempfile.mkdtemp()) / "index.npz")
    >>> read_prepared(path).lots[0, "1"]
    (139.7, 34.9)
    """
    if Path(path).suffix != SUFFIX:
        raise InputError(
            either(
                ja=f"{path}: 住所索引のファイル名は {SUFFIX} で終わるようにしてください。",
                en=f"{path}: the name of a prepared gazetteer must end in {SUFFIX}.",
            )
        )
    table = gazetteer.prepare()
    texts = zip(_TEXTS, (table.town_names, table.oaza_names, *(table.prepared or ())), strict=True)
    arrays = {name: _packed(each) for name, each in texts}
    coded = (table.prefecture_names, table.city_names, table.sources, table.postcodes)
    for name, each in zip(_CODED, coded, strict=True):
        codes, known = pd.factorize(np.array(each, dtype=object))
        arrays |= {name: codes.astype(np.int32), f"{name}_names": _packed(known.tolist())}
    arrays |= {"lon": table.lon, "lat": table.lat} | _packed_lots(table)
    arrays |= {"format": _packed([FORMAT]), "version": _packed([VERSION])}
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    return write_bytes(path, content.getvalue())


def read_prepared(path: str | os.PathLike[str]) -> Gazetteer:
    """Read what `write_gazetteer` wrote.

    Raises
    ------
    InputError
        When the file is missing, broken, of another program, or of another version of the form.
    """
    if not Path(path).is_file():
        raise InputError(
            either(
                ja=f"{path}: ファイルがありません。住所一覧の場所を確かめてください。",
                en=f"{path}: no such file. Check where the gazetteer is.",
            )
        )
    try:
        with np.load(io.BytesIO(Path(path).read_bytes()), allow_pickle=False) as file:
            _check(file, path)
            arrays = {name: file[name] for name in file.files}
        return _unpacked(arrays)
    except (ValueError, KeyError, IndexError, OSError, EOFError, zipfile.BadZipFile, NotImplementedError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(_foreign(path)) from error


def rows_of(table: Gazetteer) -> pd.DataFrame:
    """Unfold a gazetteer to rows as gazetteer files have them, one per town and one per number."""
    towns = table.towns.assign(lot="", is_parcel=False, file=0)
    for name, texts in (("source", table.sources), ("postcode", table.postcodes)):
        towns[name] = texts
    at = [town for town, _ in table.lots]
    lots = towns.iloc[at].assign(
        lot=[number for _, number in table.lots],
        lon=[lon for lon, _ in table.lots.values()],
        lat=[lat for _, lat in table.lots.values()],
        source=[table.lot_sources.get(town, "") for town in at],
    )
    return pd.concat([towns, lots], ignore_index=True)


def _check(file: Any, path: str | os.PathLike[str]) -> None:
    if "format" not in file.files or _unpack(file["format"]) != [FORMAT]:
        raise InputError(_foreign(path))
    version = "".join(_unpack(file["version"])) if "version" in file.files else ""
    if version != VERSION:
        raise InputError(
            either(
                ja=f"{path}: 別の版（{version}）の住所索引です。この版（{VERSION}）で作り直してください。",
                en=f"{path}: prepared in version {version}; this program reads {VERSION}. Prepare it again.",
            )
        )


def _foreign(path: str | os.PathLike[str]) -> str:
    return either(
        ja=f"{path}: resourcemap が作った住所索引ではないか、こわれています。元の住所一覧から作り直してください。",
        en=f"{path}: not a gazetteer prepared by resourcemap, or broken. Prepare it again from its tables.",
    )


def _packed_lots(table: Gazetteer) -> dict[str, np.ndarray]:
    order = sorted(table.lots, key=lambda key: key[0])
    towns, starts = np.unique(np.array([town for town, _ in order], dtype=np.int32), return_index=True)
    points = np.array([table.lots[key] for key in order], dtype=float).reshape(-1, 2)
    return {
        "lot_town": towns,
        "lot_start": np.append(starts, len(order)).astype(np.int64),
        "lot": _packed([number for _, number in order]),
        "lot_lon": points[:, 0],
        "lot_lat": points[:, 1],
        "lot_source": _packed([table.lot_sources.get(int(town), "") for town in towns]),
    }


def _unpacked(arrays: dict[str, np.ndarray]) -> Gazetteer:
    town, oaza, key, whole = (_unpack(arrays[name]) for name in _TEXTS)
    # Most towns are their own 大字, and their own key: one text in memory will do.
    oaza = [name if name != other else other for name, other in zip(oaza, town, strict=True)]
    towns = pd.DataFrame({"lon": arrays["lon"], "lat": arrays["lat"]})
    for name in _CODED:
        towns[name] = pd.Categorical.from_codes(arrays[name], _unpack(arrays[f"{name}_names"]))
    towns["oaza"] = pd.Series(oaza, dtype=object)
    towns["town"] = pd.Series(town, dtype=object)
    numbered = arrays["lot_town"]
    lots = Lots(numbered, arrays["lot_start"], _unpack(arrays["lot"]), arrays["lot_lon"], arrays["lot_lat"])
    sources = dict(zip(numbered.tolist(), _unpack(arrays["lot_source"]), strict=True))
    columns = ["prefecture", "city", "oaza", "town", "lon", "lat", "source", "postcode"]
    return Gazetteer(towns[columns], lots, sources, (), (key, whole))


def _packed(texts: Iterable[str]) -> np.ndarray:
    """Put texts into one array of bytes; line breaks inside them become spaces."""
    lines = (text.replace(_BETWEEN, " ") + _BETWEEN for text in texts)
    return np.frombuffer("".join(lines).encode(), dtype=np.uint8)


def _unpack(content: np.ndarray) -> list[str]:
    return content.tobytes().decode().split(_BETWEEN)[:-1]
