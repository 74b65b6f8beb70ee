"""The page for editors: what to paste into a website, and QR codes for paper."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Template as Blanks
from typing import TYPE_CHECKING

import pandas as pd
import rcssmin
import rjsmin
import segno

from resourcemap.errors import InputError
from resourcemap.files import write_text
from resourcemap.language import either
from resourcemap.publish.escape import html_text, inline_script, inline_style, is_secure_address, script_data
from resourcemap.publish.webmap.address import fragment
from resourcemap.publish.webmap.policy import document, policy_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from resourcemap.model.catalog import Catalog
    from resourcemap.model.consent import Released

_HERE = files("resourcemap.publish.webmap.embed")
# A code weighs 3 kB; more would weigh more than the map.
_MOST_CODES = 200
_BY_SCRIPT = ("address_wrong", "picture_alt", "copied", "selected", "codes_other")

Area = tuple[str, str, str]


def write_embed(
    released: Released,
    path: str | os.PathLike[str],
    *,
    areas: gpd.GeoDataFrame | None = None,
    catalog: Catalog,
    title: str,
    publisher: str = "",
    address: str = "",
    file: str = "index.html",
    language: str = "ja",
) -> Path:
    """Write the page that shows an editor how to put the map on a website or into a newsletter, and return the path.

    The page works without the network. It offers the kinds that `released` shows and the areas of every system.

    Parameters
    ----------
    released
        What ``release(resources, "map")`` let through.
    path
        The file to write.
    areas
        Areas of one or several systems, as the map has them.
    catalog
        The catalogue with the names of the kinds.
    title, publisher
        Those of the map.
    address
        Where the map will stand, beginning with ``https://``. Without it the editor types it, and there are no QR
        codes. For more than 200 areas there are QR codes of the first systems only, which the page says.
    file
        The name of the map's file.
    language
        Language of the page: English for ``"en"``, ``"zh"`` and ``"ko"``, else Japanese.

    Raises
    ------
    InputError
        For an address that does not begin with ``https://``.

    Examples
    --------
    >>> from resourcemap.language import speaking
    >>> with speaking("en"):
    ...     write_embed(None, "embed.html", catalog=None, title="x", address="http://www.example.or.jp/")
    Traceback (most recent call last):
    resourcemap.errors.InputError: The address of the map must begin with https://; this is 'http://www.example.or.jp/'.
    """
    if address and not is_secure_address(address):
        raise InputError(
            either(
                ja=f"地図の場所は https:// で始まるアドレスで、# を含みません。{address!r} は使えません。",
                en=f"The address of the map must begin with https://; this is {address!r}.",
            )
        )
    words = _words("en" if language in ("en", "zh", "ko") else "ja")
    words = {key: word.replace("{file}", file) for key, word in words.items()}
    listed = _listed(areas)
    drawn, passed = _with_codes(listed) if address else ([], [])
    known = released.table["kind"].unique()
    kinds = {name: kind.label(language) for name, kind in catalog.kinds.items() if name in known}
    blanks = {key: html_text(word) for key, word in words.items()} | {
        "map_title": html_text(title),
        "publisher": html_text(publisher),
        "map_address": html_text(address),
        "no_areas": "" if listed else " hidden",
        "area_options": _area_options(listed),
        "kind_options": "".join(_option(fragment(kinds=[name]), label) for name, label in kinds.items()),
        "codes_said": html_text(_said(words, address, passed)),
        "code_figures": _codes(drawn, address, words) if address else "",
        "data": script_data(
            {
                "words": {key: words[key] for key in _BY_SCRIPT},
                "title": title,
                "address": address,
                "placeholder": words["placeholder"],
            }
        ),
        "script": inline_script(_script()),
    }
    content = f"<style>{inline_style(_style())}</style>\n{Blanks(_text('page.html')).substitute(blanks)}"
    language = "en" if words["save"].isascii() else "ja"
    heading = f"{words['title']} {title}"
    return write_text(path, document(content, title=heading, language=language, policy=policy_of(content)))


def _listed(areas: gpd.GeoDataFrame | None) -> list[Area]:
    """List system, id and name of every area."""
    if areas is None:
        return []
    columns = pd.DataFrame(areas[["system", "area_id", "area"]]).astype(str)
    return list(columns.itertuples(index=False, name=None))


def _with_codes(listed: list[Area]) -> tuple[list[Area], list[str]]:
    """Choose the first systems that together have few enough areas, and name the others."""
    drawn: list[Area] = []
    passed: list[str] = []
    for system in dict.fromkeys(area[0] for area in listed):
        here = [area for area in listed if area[0] == system]
        if len(drawn) + len(here) > _MOST_CODES:
            passed.append(system)
        else:
            drawn += here
    return drawn, passed


def _said(words: Mapping[str, str], address: str, passed: list[str]) -> str:
    if not address:
        return words["codes_missing"]
    many = words["codes_many"].replace("{systems}", "・".join(passed)) if passed else ""
    return f"{words['codes_note']} {many}".strip()


def _area_options(listed: list[Area]) -> str:
    groups = []
    for system in dict.fromkeys(area[0] for area in listed):
        options = "".join(_option(fragment(area=area[:2]), area[2]) for area in listed if area[0] == system)
        groups.append(f'<optgroup label="{html_text(system)}">{options}</optgroup>')
    return "".join(groups)


def _option(value: str, label: str) -> str:
    return f'<option value="{html_text(value)}">{html_text(label)}</option>'


def _codes(drawn: list[Area], address: str, words: Mapping[str, str]) -> str:
    """Draw a code for the whole map and one for every area, each with its name and a link to save it."""
    made = [_code(words["whole"], "", address, words)]
    made += [_code(name, fragment(area=(system, area_id)), address, words) for system, area_id, name in drawn]
    return "\n".join(made)


def _code(name: str, part: str, address: str, words: Mapping[str, str]) -> str:
    """Draw one code; level M still reads with a sixth of it dirty, four modules around it are quiet."""
    code = segno.make(f"{address}#{part}" if part else address, error="m", micro=False)
    image = html_text(code.svg_data_uri(scale=4, border=4, xmldecl=False))
    label, save = html_text(name), html_text(words["save"])
    return (
        f'<figure class="em-code" data-part="{html_text(part)}"><img src="{image}" alt="QR {label}" width="160" '
        f'height="160"><figcaption>{label}</figcaption><a download="qr_{label}.svg">{save}</a></figure>'
    )


@cache
def _words(language: str) -> dict[str, str]:
    known: dict[str, dict[str, str]] = tomllib.loads(_text("words.toml"))
    return known[language]


@cache
def _script() -> str:
    made: str = rjsmin.jsmin(f'"use strict";\n{_text("embed.js")}')
    return made


@cache
def _style() -> str:
    made: str = rcssmin.cssmin(_text("embed.css"))
    return made


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
