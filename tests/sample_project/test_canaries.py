"""Nothing that must stay in the office is in any byte of any output, however it is packed or escaped."""

from __future__ import annotations

import base64
import binascii
import csv
import html
import io
import json
import re
import shutil
import unicodedata
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from resourcemap.language import speaking
from resourcemap.project.listing import write_lists
from resourcemap.project.opendata import opendata_report
from resourcemap.project.paper import PaperAsked, write_paper
from resourcemap.project.project import open_project
from tests.office import text_of

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
SECRET, PUBLIC = "zqxcanary", "pbwcanary"
MOBILE = ("090-1357-2468", "０８０１３５７２４６９", "070 (1357) 2470")
BOOK, LIST = "data/地域資源一覧.xlsx", "data/食糧支援と居場所.csv"
YES = ("有", "済", "○")
# Cells that are read as something else than words; a canary there would be a fault, not a leak.
NOT_WORDS = {"№", "種類", "区分", "場所の形", "緯度", "経度", "開始時間", "終了時間"}
NEVER_PUBLIC = {"メール", "担当者", "連絡担当", "備考", "ケース記録", "承諾者", "承諾書番号", "確認者", "担当CSW"}
# Headings that only these tests have, and what the consent of some rows does not cover.
MORE = ("ケース記録", "承諾者", "承諾書番号", "確認者", "担当CSW", "公開する項目")
PARTIAL = {
    7: ("電話以外", {"電話番号"}),
    8: ("住所以外", {"会場名", "所在地"}),
    9: ("名称・日時・場所のみ", {"内容", "運営団体", "費用"}),
}
SHOWN = {"名称", "施設名", "運営団体", "団体名", "開催日時", "開催曜日", "費用", "参加費", "内容"}
LISTED = {"名称", "施設名", "開催日時", "開催曜日"}
TEXT = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")


class Canaries:
    """Puts words into the cells of a row, and remembers those that must come out."""

    def __init__(self):
        self.number = 0
        self.public = {}
        self.partial = Counter()

    def row(self, row, *, place, name):
        consent, ended = row["承諾"], row["状態"] == "終了"
        home = "様方" in f"{row[place]}{row[name]}"
        stays = consent not in YES or ended or home
        partly = (
            None if stays or "公開する項目" not in row or row["場所の形"] == "訪問" else PARTIAL.get(self.number % 11)
        )
        self.partial.update([partly[0]] if partly else [])
        for column, cell in row.items():
            visits = column == "対象地域" and row["場所の形"] == "訪問"
            hidden = stays and column not in NOT_WORDS and not visits
            if column == "公開する項目":
                row[column] = partly[0] if partly else None
            elif hidden or column in NEVER_PUBLIC or (partly and column in partly[1]):
                row[column] = self.secret(cell)
            elif partly and column not in ("名称", "開催日時"):
                pass
            elif not stays and column in SHOWN:
                row[column] = f"{cell or ''}{PUBLIC}{self.number}x"
                self.public[row[column].rpartition(PUBLIC)[2]] = column
            self.number += 1
        return stays

    def secret(self, cell):
        return f"{cell or ''} {SECRET}{self.number}"


@pytest.fixture(scope="module")
def built(sample_project, tmp_path_factory):
    """The outputs of a sample with canaries in it, and the canaries."""
    folder = tmp_path_factory.mktemp("canaries")
    for name in ("resourcemap.toml", "data", "layers"):
        copy = shutil.copytree if (sample_project.folder / name).is_dir() else shutil.copy
        copy(sample_project.folder / name, folder / name)
    settings = folder / "resourcemap.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}\n[consent]\nplaces = "町丁目"\n', encoding="utf-8")
    canaries = Canaries()
    withheld = in_book(folder / BOOK, canaries) + in_list(folder / LIST, canaries)
    with speaking("ja"):
        project = open_project(folder)
        reports = {report.step: report for report in project.build()}
        write_paper(project, DECEMBER, folder / "maps" / "paper", PaperAsked(areas=("さくら台圏域",)))
        write_lists(project, [folder / "maps" / f"all{suffix}" for suffix in (".csv", ".md", ".html", ".pdf")])
        opendata_report(project, folder / "maps" / "open")
    return folder / "maps", canaries, withheld, reports


def in_book(path, canaries):
    book = openpyxl.load_workbook(path)
    sheet = book["一覧"]
    headings = [cell.value for cell in sheet[4]]
    for heading in MORE:
        headings.append(heading)
        sheet.cell(4, len(headings), heading)
    numbers = [row for row in range(5, sheet.max_row) if sheet.cell(row, 3).value]
    consented = [row for row in numbers if sheet.cell(row, 1 + headings.index("承諾")).value in YES]
    # Three with mobile numbers, and one with consent that turns out to be somebody's home.
    for row, number in zip(consented, MOBILE, strict=False):
        sheet.cell(row, 1 + headings.index("電話番号"), number)
        sheet.cell(row, 1 + headings.index("内容"), f"お問い合わせは{number}へ")
    sheet.cell(consented[5], 1 + headings.index("会場名"), "みほん様方")
    withheld = 0
    for row in numbers:
        cells = {heading: sheet.cell(row, column).value for column, heading in enumerate(headings, start=1)}
        withheld += canaries.row(cells, place="会場名", name="名称")
        for column, value in enumerate(cells.values(), start=1):
            sheet.cell(row, column, value)
    memo = book["メモ"]
    memo["A9"] = canaries.secret("")
    sheet.cell(5, 3).comment = openpyxl.comments.Comment(canaries.secret(""), SECRET)
    book.properties.description = canaries.secret("")
    book.save(path)
    return withheld


def in_list(path, canaries):
    rows = list(csv.reader(path.read_bytes().decode("cp932").splitlines()))
    headings = ["承諾" if text == "承諾書" else "状態" if text == "状況" else text for text in rows[0]]
    withheld, made = 0, []
    for row in rows[1:]:
        cells = dict(zip(headings, row, strict=True))
        if cells["施設名"]:
            withheld += canaries.row(cells, place="会場", name="施設名")
        made.append(list(cells.values()))
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([rows[0], *made])
    path.write_bytes(text.getvalue().encode("cp932"))
    return withheld


def contents(path):
    """Every layer of a file: its bytes, the members of a ZIP, and what is packed as base64 inside."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name)
    if path.suffix == ".pdf":
        yield f"{path.name} as text", text_of(path).encode()
    yield path.name, content
    for packed in TEXT.findall(content):
        try:
            yield f"{path.name} base64", base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
        except binascii.Error:
            continue


def readings(content):
    """The text of some bytes, as written and with every kind of escape undone."""
    for part, encoding in ((content, "utf-8"), (content, "cp932"), (content, "utf-16-le"), (content[1:], "utf-16-le")):
        yield unicodedata.normalize("NFKC", part.decode(encoding, errors="ignore")).lower()
    text = content.decode("utf-8", errors="ignore")
    plain = re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda found: chr(int(found[1] or found[2], 16)), text)
    yield unicodedata.normalize("NFKC", html.unescape(unquote(plain))).lower()


def test_the_search_finds_what_is_packed_and_escaped(tmp_path):
    packed = base64.b64encode(f"   {SECRET} in a picture".encode())
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in SECRET).encode()
    entities = "".join(f"&#{ord(letter)};" for letter in SECRET).encode()
    for content in (SECRET.upper().encode(), packed, escaped, entities, SECRET.encode("utf-16-le")):
        (tmp_path / "a.html").write_bytes(b"<p>" + content + b"</p>")
        layers = [text for _, layer in contents(tmp_path / "a.html") for text in readings(layer)]
        assert any(SECRET in text for text in layers)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.xml", SECRET * 9)
    assert any(SECRET in text for _, layer in contents(tmp_path / "a.xlsx") for text in readings(layer))


def test_no_canary_is_in_any_output(built):
    folder, _, _, _ = built
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"index.html", "gaps.html", "resources.xlsx", "left_aside.csv"}
    assert {path.suffix for path in files} >= {".csv", ".docx", ".geojson", ".gpkg", ".ics", ".md", ".pdf", ".zip"}
    found = [
        where
        for path in files
        for where, layer in contents(path)
        for text in readings(layer)
        if SECRET in text or "canary-" in text or "カナリア" in text
    ]
    assert found == []


def test_no_mobile_number_is_in_any_output(built):
    folder, _, _, _ = built
    numbers = [re.sub(r"\D", "", unicodedata.normalize("NFKC", number)) for number in MOBILE]
    for path in filter(Path.is_file, folder.rglob("*")):
        for where, layer in contents(path):
            for text in readings(layer):
                digits = re.sub(r"[-() \u30fc]", "", text)
                assert not [number for number in numbers if number in digits], where


def test_what_has_consent_is_in_the_map_and_in_the_list(built):
    folder, canaries, _, _ = built
    assert len(canaries.public) > 500
    page = (folder / "index.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(folder / "resources.xlsx")
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert [canary for canary in canaries.public if PUBLIC + canary not in page] == []
    listed = {canary: column for canary, column in canaries.public.items() if column in LISTED}
    assert [canary for canary in listed if PUBLIC + canary not in cells] == []
    booklet = text_of(folder / "all.pdf")
    assert [canary for canary in listed if PUBLIC + canary not in booklet] == []


def test_everything_withheld_is_counted_without_its_name(built):
    folder, _, withheld, reports = built
    for step in ("map", "list"):
        assert len(reports[step].left_aside) == withheld
    rows = (folder / "left_aside.csv").read_text(encoding="utf-8-sig")
    assert "承諾の欄のことばが読めません" in rows
    assert "個人宅と思われるため" in rows


def test_what_consent_covers_in_part_is_shown_in_part(built):
    folder, canaries, _, _ = built
    told = json.loads((folder / "released.json").read_text(encoding="utf-8"))["maps/index.html"]
    assert min(canaries.partial.values()) >= 3
    assert told["without_place"] == canaries.partial["住所以外"]
    assert told["blanked"]["place"] == told["without_place"]
    assert told["blanked"]["not_agreed"] >= canaries.partial.total()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "丁目内" in page
