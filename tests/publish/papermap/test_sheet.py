"""The sheet: the map with its list, on pages of any size."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pypdf
import pytest

from resourcemap.errors import InputError
from resourcemap.publish.papermap.sheet import SIZES, write_papermap
from tests.publish.papermap.drawn import CATALOG, HOSTILE, halls, numbered

LONG = "豊島区立南長崎中央公民館別館多目的ホール三階第二会議室（旧南長崎第四小学校跡地施設内）および隣接する和室"


def write(folder, table, name="map.pdf", **asked):
    released, places = numbered(table)
    asked = {"title": "みほん市 地域資源マップ", "publisher": "みほん社協", "as_of": date(2026, 11, 1), **asked}
    return places, write_papermap(released, folder / name, places=places, catalog=CATALOG, **asked)


def text_of(path):
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def spots(count):
    return np.random.default_rng(3).uniform((0, 0), (4000, 3000), (count, 2))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("across", [False, True])
def test_names_of_any_length_are_all_there_on_any_paper(tmp_path, size, across):
    names = [*HOSTILE, LONG, *(f"会館{number}" for number in range(34))]
    table = halls(spots(40), name=names)
    places, [path] = write(tmp_path, table, size=size, across=across)
    text = text_of(path)
    for name in (LONG, *HOSTILE[1:3], "会館33"):
        assert "".join(name.split()) in text
    page = pypdf.PdfReader(path).pages[0].mediabox
    width, height = sorted(SIZES[size]) if not across else sorted(SIZES[size])[::-1]
    assert float(page.width) == pytest.approx(width * 72 / 25.4, abs=0.1)
    assert float(page.height) == pytest.approx(height * 72 / 25.4, abs=0.1)
    assert len(places) == 40


def test_few_places_stand_below_the_map_on_one_page(tmp_path):
    _, [path] = write(tmp_path, halls(spots(9)))
    assert len(pypdf.PdfReader(path).pages) == 1
    _, [path] = write(tmp_path, halls(spots(9)), across=True)
    assert len(pypdf.PdfReader(path).pages) == 1


def test_pictures_and_drawings_have_a_file_for_each_page(tmp_path):
    _, files = write(tmp_path, halls(spots(6)), "map.svg", size="postcard")
    assert [file.name for file in files] == ["map.svg", "map-2.svg"]
    assert all(b"<text" not in file.read_bytes() for file in files)
    _, files = write(tmp_path, halls(spots(2)), "map.png", size="postcard")
    assert files[0].read_bytes()[:4] == b"\x89PNG"


def test_the_same_bytes_each_time(tmp_path):
    first, again = (write(tmp_path, halls(spots(12)), name)[1][0].read_bytes() for name in ("a.pdf", "b.pdf"))
    assert first == again


def test_nothing_at_all_is_a_sheet_too(tmp_path):
    _, [path] = write(tmp_path, halls([]))
    assert "地図に載せる場所はありません" in text_of(path)


def test_other_forms_and_sizes_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"map\.doc: the map is written as \.pdf, \.svg, \.png"):
        write(tmp_path, halls([]), "map.doc")
    with pytest.raises(InputError, match="there is no b5"):
        write(tmp_path, halls([]), size="b5")
