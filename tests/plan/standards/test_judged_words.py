"""The sentences of standards, word by word: true, whole, and plain enough for a plan."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from resourcemap.measure.conditions import Every, Often
from resourcemap.model.catalog import load_catalog
from resourcemap.plan.standards.judged_words import asked_kind, judged_sentence, standard_sentence
from resourcemap.plan.standards.standard import Standard, catalog_for
from resourcemap.reach.slot_words import Slot, slots_each_day

NEAR = Standard("x", ("salon",), "share_within", 0.8, audience="older")
NOON = Slot((6,), 720, 780)
WEEKDAYS = Every(tuple(slots_each_day("平日")), label="平日のどの日も")
IN_AREA = Standard("x", ("salon",), "resources", 2)
PLAIN = {
    "area": "中央", "met": "unmet", "audience_label": "65歳以上", "people": 400, "without": 100, "value": 0.75,
    "value_at_most": 0.75, "short": 20, "kind_label": "サロン", "way": "straight", "nearest": "ひだまり",
    "nearest_m": 621.0, "nearest_position": 3, "resources": 2, "closed_days": "", "closed_days_unknown": "",
    "uncounted": 0, "unknown_age": 0, "sureness": "sure", "approximate_area": False, "audience_basis": "audience",
    "audience": "older",
}  # fmt: skip
NOTHING = {"nearest": None, "nearest_position": -1, "nearest_m": float("nan")}
INSTEAD = "この100人のいちばん近い所は、「ひだまり」が最も多く、半数の人はいちばん近い所まで直線で630m以内です。"


def said(standard=NEAR, **changed):
    row = {**PLAIN, **changed}
    if "value" in changed and "value_at_most" not in changed:
        row["value_at_most"] = row["value"]
    return judged_sentence(row, standard)


@pytest.mark.parametrize(
    ("standard", "sentence"),
    [
        (NEAR, "65歳以上の80％以上が、サロンから500m以内"),
        (replace(NEAR, threshold=1.0), "65歳以上の100％が、サロンから500m以内"),
        (replace(NEAR, threshold=0.335, distance=350.5), "65歳以上の33.5％以上が、サロンから350.5m以内"),
        (replace(NEAR, audience="everyone"), "住民の80％以上が、サロンから500m以内"),
        (replace(NEAR, audience="age_75_over"), "75歳以上の80％以上が、サロンから500m以内"),
        (replace(NEAR, when=Often(1)), "65歳以上の80％以上が、週1回以上開くサロンから500m以内"),
        (replace(NEAR, when=NOON), "65歳以上の80％以上が、日 12:00〜13:00に開いているサロンから500m以内"),
        (
            replace(NEAR, when=NOON, at_least=0.15),
            "65歳以上の80％以上が、日 12:00〜13:00（15％以上の日）に開いているサロンから500m以内",
        ),
        (replace(NEAR, when=WEEKDAYS), "65歳以上の80％以上が、平日のどの日も、開いているサロンから500m以内"),
        (replace(NEAR, kinds=("salon", "cafe")), "65歳以上の80％以上が、サロン・コミュニティカフェから500m以内"),
        (replace(NEAR, kinds=("salon", "cafe"), called="集いの場"), "65歳以上の80％以上が、集いの場から500m以内"),
        (IN_AREA, "区域にサロンが2件以上"),
        (replace(IN_AREA, measure="resources_open", when=Often(1)), "区域に週1回以上開くサロンが2件以上"),
        (replace(IN_AREA, measure="resources_open", when=WEEKDAYS), "平日のどの日も、開いているサロンが区域に2件以上"),
        (replace(NEAR, measure="nearest_median_m", threshold=400), "65歳以上の半数が、いちばん近いサロンまで400m以内"),
        (replace(NEAR, measure="nearest_2_p90_m", threshold=1200), "65歳以上の9割が、2番目に近いサロンまで1,200m以内"),
        (replace(NEAR, measure="beyond", threshold=50), "サロンの「届かない人」が50人以下（65歳以上、500m以内）"),
        (replace(NEAR, measure="per_1000", threshold=1.5), "サロンの「千人あたりの数」が1.5以上（65歳以上）"),
    ],
)
def test_a_standard_promises(standard, sentence):
    known = catalog_for([standard], load_catalog())
    assert standard_sentence(standard, known) == sentence


def test_what_is_asked_is_named_with_its_time():
    assert asked_kind(replace(NEAR, when=Often(2, "month")), load_catalog()) == "月2回以上開くサロン"
    assert asked_kind(NEAR, load_catalog()) == "サロン"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"met": "met", "value": 0.94}, "中央は、基準「x」を満たしています（いまは94％）。"),
        ({"met": "met", "value": 1.0}, "中央は、基準「x」を満たしています（いまは100％）。"),
        ({"met": "met", "value": 0.996}, "中央は、基準「x」を満たしています（いまは99％以上）。"),
        ({"met": "met", "value": 0.8}, "中央は、基準「x」を満たしています（いまは80％）。"),
        ({"met": "met", "value": 0.8003}, "中央は、基準「x」を満たしています（いまは80.1％）。"),
        ({"met": "no_data", "people": 0}, "中央には、数える65歳以上がいないため、判定しません。"),
        ({"met": "no_data", "people": 0, "sureness": "no_data"}, "中央には、人口の資料がないため、判定しません。"),
        ({"met": "no_data"}, "中央では、「届く割合」を計算できないため、判定しません。"),
        (
            {},
            (
                "中央では、65歳以上の400人のうち100人（25％）が、サロンから直線で500m以内に入りません。"
                f"基準は80％以上、いまは75％で、あと20人に届けば満たします。{INSTEAD}"
            ),
        ),
        (
            {"value": 0.0, "without": 400, "short": 320, **NOTHING},
            (
                "中央では、65歳以上の400人全員が、サロンから直線で500m以内に入りません。"
                "基準は80％以上、いまは0％で、あと320人に届けば満たします。数えられるサロンは、どこにもありません。"
            ),
        ),
        (
            {"people": 1, "without": 1, "value": 0.0, "short": 1, "way": "streets older"},
            (
                "中央では、65歳以上の1人が、サロンから道のりで500m以内に入りません。"
                "基準は80％以上、いまは0％で、あと1人に届けば満たします。"
                "この1人のいちばん近い所は、「ひだまり」で、道のりで630m以内です。"
            ),
        ),
        (
            {"area": None, "nearest": None},
            (
                "どの区域にも入らない所では、65歳以上の400人のうち100人（25％）が、サロンから直線で500m以内に入りません。"
                "基準は80％以上、いまは75％で、あと20人に届けば満たします。"
                "この100人のいちばん近い所は、名前を出していない所が最も多く、半数の人はいちばん近い所まで直線で630m以内です。"
            ),
        ),
        (
            {"people": 100_000, "without": 20_010, "value": 0.7999, "short": 10},
            (
                "中央では、65歳以上の100,000人のうち20,010人（20％）が、サロンから直線で500m以内に入りません。"
                "基準は80％以上、いまは79.9％で、あと10人に届けば満たします。"
                "この20,010人のいちばん近い所は、「ひだまり」が最も多く、半数の人はいちばん近い所まで直線で630m以内です。"
            ),
        ),
        (
            {"nearest_m": float("nan")},
            (
                "中央では、65歳以上の400人のうち100人（25％）が、サロンから直線で500m以内に入りません。"
                "基準は80％以上、いまは75％で、あと20人に届けば満たします。"
                "この100人のいちばん近い所は、「ひだまり」が最も多いですが、半数以上の人には、近くに見つかりません。"
            ),
        ),
    ],
)
def test_reach_is_judged(row, sentence):
    assert said(**row) == sentence


def test_those_who_perhaps_reach_something_are_not_said_to_be_beyond():
    often = replace(NEAR, when=Often(1))
    assert said(often, met="unknown", value_at_most=0.9) == (
        "中央では、65歳以上の400人のうち100人（25％）は、週1回以上開くサロンから直線で500m以内に入るとは言い切れません。"
        f"基準は80％以上ですが、開催日時の分からない所があり、75％〜90％のどこかとしか言えません。{INSTEAD}"
    )
    assert said(often, value_at_most=0.77) == (
        "中央では、65歳以上の400人のうち100人（25％）は、週1回以上開くサロンから直線で500m以内に入るとは言い切れません。"
        "基準は80％以上、いまは分かっているだけで75％で、あと20人に届けば満たします。"
        f"開催日時の分からない所がすべて開いていても、77％です。{INSTEAD}"
    )
    nobody = said(often, value=0.0, value_at_most=1.0, without=400, met="unknown", **NOTHING)
    assert nobody == (
        "中央では、65歳以上の400人のだれも、週1回以上開くサロンから直線で500m以内に入るとは言い切れません。"
        "基準は80％以上ですが、開催日時の分からない所があり、0％〜100％のどこかとしか言えません。"
        "近くに、開いていると分かっている所はありません。"
    )


def test_something_on_each_day_is_said_without_saying_that_there_is_never_anything():
    assert said(replace(NEAR, when=WEEKDAYS)).startswith(
        "中央では、65歳以上の400人のうち100人（25％）が、「平日のどの日も、開いているサロンから直線で500m以内」に当てはまりません。"
    )
    each_day = replace(IN_AREA, measure="resources_open", when=WEEKDAYS, threshold=3)
    found = said(each_day, value=2.0, short=1, without=400)
    assert found.startswith(
        "中央では、平日のどの日もサロンが3件以上開いている、とは言えません。いちばん少ない日に2件です（65歳以上の400人が住んでいます）。"
        "基準は3件以上、いまは2件で、いちばん少ない日には、あと1件が要ります。この400人のいちばん近い所は、"
    )
    slots = replace(each_day, when=Every((NOON, Slot((6,), 900, 960))))
    assert "いちばん少ない時間帯に2件です" in said(slots, value=2.0, short=1)
    perhaps = said(each_day, value=0.0, value_at_most=3.0, met="unknown", without=400)
    assert "確かなものは、いちばん少ない日に0件です" in perhaps
    assert "0件〜3件のどこかとしか言えません" in perhaps


@pytest.mark.parametrize(
    ("standard", "row", "begins"),
    [
        (
            IN_AREA,
            {"value": 0.0, "short": 2, "without": 400},
            "中央には、サロンがありません（65歳以上の400人が住んでいます）。基準は2件以上、いまは0件で、あと2件で満たします。",
        ),
        (
            IN_AREA,
            {"value": 1.0, "short": 1, "without": 400},
            "中央には、サロンが1件しかありません（65歳以上の400人が住んでいます）。基準は2件以上、いまは1件で、あと1件で満たします。",
        ),
        (
            replace(IN_AREA, measure="resources_open", when=Often(1)),
            {"value": 1.0, "value_at_most": 4.0, "met": "unknown", "without": 400},
            (
                "中央では、週1回以上開くサロンは、確かなものが1件しかありません（65歳以上の400人が住んでいます）。"
                "基準は2件以上ですが、開催日時の分からない所があり、1件〜4件のどこかとしか言えません。"
            ),
        ),
        (
            replace(IN_AREA, measure="resources_open", when=Often(1)),
            {"value": 0.0, "value_at_most": 1.0, "short": 2, "without": 400},
            (
                "中央では、週1回以上開くサロンは、確かなものがひとつもありません（65歳以上の400人が住んでいます）。"
                "基準は2件以上、いまは分かっているだけで0件で、あと2件で満たします。"
                "開催日時の分からない所がすべて開いていても、1件です。"
            ),
        ),
        (
            replace(NEAR, measure="nearest_median_m", threshold=400),
            {"value": 401.0, "short": pd.NA, "without": 400},
            "中央では、65歳以上の400人のうち半数は、いちばん近いサロンまで直線で410m以内です。基準は400m以内です。",
        ),
        (
            replace(NEAR, measure="nearest_mean_m", threshold=400),
            {"value": 400.2, "short": pd.NA, "without": 400},
            "中央では、65歳以上の400人は、いちばん近いサロンまで直線で平均401mです。基準は400m以内です。",
        ),
        (
            replace(NEAR, measure="nearest_p90_m", threshold=400),
            {"value": float("nan"), "short": pd.NA, "without": 400, **NOTHING},
            "中央では、65歳以上の400人の中に、いちばん近いサロンのない人がいて、距離を出せません。基準は400m以内です。",
        ),
        (
            replace(NEAR, measure="beyond", threshold=50),
            {"value": 100.0, "short": 50},
            (
                "中央では、サロンの「届かない人」が100人です（65歳以上の400人）。"
                "基準は50人以下、いまは100人で、あと50人に届けば満たします。"
            ),
        ),
        (
            replace(NEAR, measure="beyond", threshold=50, when=NOON),
            {"value": 100.0, "value_at_most": 30.0, "met": "unknown"},
            (
                "中央では、日 12:00〜13:00に開いているサロンの「届かない人」が100人です（65歳以上の400人）。"
                "基準は50人以下ですが、開催日時の分からない所があり、30人〜100人のどこかとしか言えません。"
            ),
        ),
        (
            replace(NEAR, measure="per_1000", threshold=0.5),
            {"value": 0.4996, "short": pd.NA, "without": 400},
            "中央では、サロンの「千人あたりの数」が0.499です（65歳以上の400人）。基準は0.5以上、いまは0.499です。",
        ),
    ],
)
def test_what_an_area_has_and_other_figures_are_judged(standard, row, begins):
    assert said(standard, **row).startswith(begins)


def test_residents_are_not_said_to_live_among_residents():
    sentence = said(IN_AREA, value=0.0, short=2, without=400, audience_label="住民", audience="everyone")
    assert sentence.startswith("中央には、サロンがありません（住民は400人です）。")


def test_an_area_where_nobody_lives_is_not_told_what_is_nearest_instead():
    sentence = said(IN_AREA, value=0.0, short=2, people=0, without=0, **NOTHING)
    assert sentence == "中央には、サロンがありません。基準は2件以上、いまは0件で、あと2件で満たします。"


def test_days_without_any_opening_are_named():
    assert said(closed_days="月・火").endswith("中央には、月・火曜日に決まって開くサロンがありません。")
    week = said(closed_days="月・火・水・木・金・土・日")
    assert week.endswith("中央には、どの曜日にも決まって開くサロンがありません。")
    perhaps = said(closed_days="土", closed_days_unknown="日")
    assert perhaps.endswith("中央には、土曜日に決まって開くサロンがありません（日曜日は分かりません）。")
    assert "曜日" not in said(closed_days="月・火", resources=0)
    assert "曜日" not in said(closed_days_unknown="月・火")


def test_doubts_are_said_last_and_of_what_is_met_too():
    doubtful = {"uncounted": 2, "unknown_age": 3, "audience_basis": "everyone", "approximate_area": True}
    doubts = (
        "場所の分からないサロンがほかに2件あり、数えていません。ほかに、年齢の分からない3人は数えていません。"
        "対象となる人だけの人口がないため、住民全員で数えました。区域の境界はおよその形です。"
    )
    assert said(**doubtful).endswith(INSTEAD + doubts)
    assert said(met="met", value=0.9, **doubtful) == f"中央は、基準「x」を満たしています（いまは90％）。{doubts}"


@pytest.mark.parametrize("value", [0.0001, 0.004, 0.2, 0.5, 0.79, 0.795, 0.7951, 0.7999, 0.79999])
def test_no_figure_that_fails_looks_as_if_it_met_the_goal(value):
    now = said(value=value, without=400 - round(400 * value)).split("いまは")[1].split("で、")[0]
    assert now == "1％未満" or 0 < float(now.removesuffix("％")) < 80
