"""The rows of the progress sheet: what is said of each standard."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.plan.standards.progress import progress


def row(area, met, **changes):
    usual = {
        "standard": "サロンが近い",
        "theme": "居場所",
        "weight": 1.0,
        "system": "圏域",
        "area_id": area,
        "area": area,
        "met": met,
        "value": changes.get("value", 0.5),
        "value_at_most": changes.get("value", 0.5),
        "measure": "share_within",
        "without": 0 if met == "met" else 10,
        "people": 20,
        "audience": "older",
        "audience_basis": "audience",
        "audience_label": "65歳以上",
        "resources": 1,
        "uncounted": 0,
        "kind_label": "サロン",
        "promise": "65歳以上の80％以上が、サロンから500m以内",
    }
    return {**usual, **changes}


def written(*rows, **options):
    return progress(pd.DataFrame(rows), **options).to_dict("records")


def test_a_standard_is_told_in_areas_and_for_everyone():
    whole = row("全体", "unmet", system="全体", value=0.614)
    [found] = written(whole, row("東", "met"), row("西", "unmet", without=412))
    assert found["done"] == "圏域2か所のうち1か所で達成（50％）。全体では65歳以上の61％。"
    assert (found["grade"], found["grade_words"]) == ("B", "B")
    assert (found["problem"], found["unmet_areas"]) == ("西（412人）", 1)


def test_the_areas_with_most_people_without_come_first_then_a_count():
    [found] = written(*[row(f"区{n}", "unmet", without=n) for n in range(1, 9)])
    assert found["problem"] == "区8（8人）、区7（7人）、区6（6人）、区5（5人）、区4（4人） ほか3か所"
    assert found["done"].startswith("圏域8か所のうち、達成した所はありません（0％）")


def test_all_and_the_only_area_are_said_plainly():
    assert written(row("東", "met"), row("西", "met"))[0]["done"] == "圏域2か所すべてで達成（100％）。"
    assert written(row("東", "met"))[0]["done"] == "圏域1か所で達成（100％）。"
    assert written(row("東", "unmet"))[0]["done"] == "圏域1か所は達成していません（0％）。"


def test_what_is_not_known_is_told_with_both_grades():
    [found] = written(row("東", "met"), row("西", "unknown"), row("南", "no_data", without=0))
    assert "開催日時が分からない1か所、対象の人口がない1か所は判定していません" in found["done"]
    assert found["grade_words"] == "A\n（B〜A）"
    assert found["problem"] == "西（10人、日時不明）"


def test_everyone_together_has_both_ends_where_hours_are_not_known():
    [found] = written(row("全体", "unknown", system="全体", value=0.1, value_at_most=0.9), row("東", "unknown"))
    assert found["done"] == (
        "判定できた区域がありません（開催日時が分からない1か所）。"
        "全体では65歳以上の10％〜90％（開催日時の分からない所しだい）。"
    )
    assert found["grade_words"] == "D〜A"


def test_nothing_judged_has_no_grade():
    [found] = written(row("東", "no_data", without=0))
    assert (found["done"], found["grade_words"]) == ("判定できた区域がありません（対象の人口がない1か所）。", "－")


def test_a_kind_that_the_data_lacks_may_be_missing_from_the_list():
    [found] = written(row("東", "unmet", resources=0))
    assert "資料にサロンが1件もありません" in found["problem"]
    [unplaced] = written(row("東", "unmet", resources=0, uncounted=2))
    assert "場所の分かるサロンが、資料に1件もありません" in unplaced["problem"]


def test_who_was_counted_instead_is_said():
    [found] = written(row("東", "met", audience_basis="everyone", audience_label="住民"))
    assert found["audience_label"] == "住民全員\n（対象の人だけの人口がないため）"


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [("resources", 10.0, "全体で10件。"), ("nearest_median_m", 350.0, "が350m。")],
)
def test_other_measures_have_their_unit(measure, value, words):
    whole = row("全体", "met", system="全体", measure=measure, value=value)
    assert written(whole, row("東", "met", measure=measure))[0]["done"].endswith(words)


def test_standards_of_a_theme_stay_together_in_the_systems_asked():
    rows = [
        row("東", "met", standard=name, theme=theme, system=system)
        for name, theme in (("一", "甲"), ("二", "乙"), ("三", "甲"))
        for system in ("圏域", "学区")
    ]
    found = written(*rows, systems=["学区", "圏域"])
    assert [(each["system"], each["standard"]) for each in found] == [
        *(("学区", name) for name in "一三二"),
        *(("圏域", name) for name in "一三二"),
    ]


def test_outside_of_all_areas_is_a_problem_too():
    [found] = written(row("東", "met"), row(None, "unmet"))
    assert found["problem"] == "どの区域にも入らない所（10人）"
