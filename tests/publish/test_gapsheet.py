"""The figures as files for a spreadsheet."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from resourcemap.measure.coverage import coverage
from resourcemap.measure.question import Question
from resourcemap.measure.tidy import by_area
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.gaps import gaps
from resourcemap.publish.gapsheet import write_coverage_csv, write_gaps_csv, write_standards_csv


@pytest.fixture
def figures(town):
    blocks, people, resources, _ = town
    areas = blocks.dissolve(by=["西"] * 6 + ["東"] * 6).reset_index(names="area")
    areas = areas.assign(system="圏域", area_id=areas["area"], approximate=False)
    return by_area(coverage(people, resources, areas, Question(distances=[300, 500])))


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_gaps_open_in_excel_as_they_are(figures, tmp_path):
    table = gaps(figures, metres=300)
    path = write_gaps_csv(table, tmp_path / "gaps.csv")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(table) + 1
    first = cells(path)[0]
    assert first["届かない人"] == str(table["beyond"][0])
    assert float(first["届かない割合（％）"]) == pytest.approx(table["share_beyond"][0] * 100, abs=0.05)
    assert first["説明"] == table["sentence"][0]


def test_a_distance_within_which_all_are_is_never_rounded_down(figures, tmp_path):
    table = gaps(figures, metres=300)
    heading = "最寄りまでの距離・9割の人（m以内）"
    written = [float(row[heading]) for row in cells(write_gaps_csv(table, tmp_path / "gaps.csv"))]
    assert all(shown >= metres for shown, metres in zip(written, table["nearest_p90_m"], strict=True))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_defused(text, tmp_path):
    table = pd.DataFrame({"system": [text], "rank": [1]})
    [row] = cells(write_gaps_csv(table, tmp_path / "gaps.csv"))
    assert row["区分"] == f"'{text.strip()}"


def test_no_gap_at_all_is_a_file_with_headings(figures, tmp_path):
    path = write_gaps_csv(gaps(figures, metres=500).iloc[:0], tmp_path / "gaps.csv")
    assert path.read_text(encoding="utf-8-sig").startswith("区分,順位,区域番号,")


def test_every_row_and_every_figure_of_the_coverage_is_written(figures, tmp_path):
    rows = cells(write_coverage_csv(figures, tmp_path / "coverage.csv", catalog=load_catalog()))
    assert len(rows) == len(figures)
    limits = {"within": "{}m以内の人", "share_within": "{}m以内の割合（％）", "beyond": "{}mを超える人"}
    assert {words.format(metres) for words in limits.values() for metres in (300, 500)} < set(rows[0])
    assert [int(row["300mを超える人"]) for row in rows] == figures["beyond_300m"].tolist()
    assert not [heading for heading in rows[0] if "_" in heading]


def test_an_area_without_data_of_people_is_told_apart(figures, tmp_path):
    marked = figures.assign(no_data=figures["area"] == "西")
    rows = cells(write_coverage_csv(marked, tmp_path / "coverage.csv", catalog=load_catalog()))
    assert {(row["区域"], row["人口の資料"]) for row in rows} >= {("西", "なし"), ("東", "")}


def test_the_same_figures_give_the_same_bytes(figures, tmp_path):
    table = gaps(figures, metres=300)
    written = [write_gaps_csv(table, tmp_path / name).read_bytes() for name in ("a.csv", "b.csv")]
    assert written[0] == written[1]


def judged(**changed):
    row = {"system": "圏域", "rank": 1, "area": "中央", "standard": "近い", "met": "unmet", "threshold": 0.8}
    row |= {"value": 0.75555, "value_at_most": float("nan"), "people": 400, "short": 18, "nearest": None}
    row |= {"nearest_m": 620.2, "distance_m": 500.0, "way": "streets older", "sentence": "文。"}
    table = pd.DataFrame([row | changed])
    return table.assign(short=table["short"].astype("Int64"))


def test_standards_open_in_excel_with_values_in_the_unit_of_their_measure(tmp_path):
    path = write_standards_csv(judged(), tmp_path / "standards.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    [row] = cells(path)
    assert (row["判定"], row["基準の値"], row["いまの値"]) == ("満たさない", "0.8", "0.7556")
    assert (row["時間の分からない所が開いているときの値"], row["いちばん近い代わり"]) == ("", "")
    assert row["代わりまでの距離・半数の人（m以内）"] == "630"
    assert (row["満たすまであと"], row["人数"], row["数字の距離（m）"]) == ("18", "400", "500")
    assert row["測り方"] == "道のり（older）"


@pytest.mark.parametrize(
    ("met", "word"), [("met", "満たす"), ("unknown", "分からない"), ("no_data", "判定なし"), ("unmet", "満たさない")]
)
def test_every_verdict_has_a_word(met, word, tmp_path):
    [row] = cells(write_standards_csv(judged(met=met, short=pd.NA), tmp_path / "standards.csv"))
    assert (row["判定"], row["満たすまであと"]) == (word, "")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "＝1"])
def test_names_of_standards_and_areas_are_never_formulas(text, tmp_path):
    table = judged(area=text, standard=text, nearest=text, sentence=text)
    [row] = cells(write_standards_csv(table, tmp_path / "standards.csv"))
    for heading in ("区域", "基準", "いちばん近い代わり", "説明"):
        assert row[heading] == f"'{text}"
