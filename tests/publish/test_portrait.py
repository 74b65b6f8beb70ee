"""The portrait on paper: its figures are those given, nothing is left out unsaid, no text is markup."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import geopandas as gpd
import pypdfium2
import pytest
import shapely

from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.publish.paper.places import number_places
from resourcemap.publish.papermap import paper_map
from resourcemap.publish.portrait import map_size, write_portrait

KINDS = ("salon", "hiroba", "pantry", "kids_cafeteria", "cafe", "ibasho", "kayoinoba", "learning", "consultation")
HOSTILE = ["=cmd|' /C calc'!A0", '#import "x.typ"', "*太字* _斜体_ $x$ \\ @ref <b>", "</script><script>"]
LONG = "地域のみんなでつくるふれあいサロンとこどもからお年寄りまでだれでも食堂みほんひろば川東会館の二階でひらく会"


def person(group, label, people, of, *, generation=False, whole=0.25):
    share = people / of if of else None
    row = {"group": group, "label": label, "generation": generation, "people": people}
    return row | {"share": share, "share_whole": whole}


def people_of(total):
    """Everyone, two generations, and age groups of ten years."""
    ages = [person(f"age_{n}_{n + 9}", "", total // 10 + n, total) for n in range(0, 90, 10)]
    return [
        person("everyone", "全世代", total, total, generation=True, whole=1.0),
        person("children", "子ども（0〜14歳）", total // 8, total, generation=True),
        person("older", "高齢者（65歳以上）", total // 3, total, generation=True),
        *ages,
        person("age_90_over", "", total // 90, total),
    ]


def known(total=12345, *, names=("いずみ会",), sentences=2):
    """Return the tables of a portrait with as many names and sentences as asked for."""
    resources = [
        {"kind": kind, "resources": len(names) + 1, "approximate": 0, "visiting": 0, "names": list(names)}
        for kind in KINDS
    ]
    reach = [
        {
            "kind": kind,
            "audience": "older",
            "audience_basis": "audience",
            "audience_label": "高齢者（65歳以上）",
            "way": "straight",
            "people": total // 3,
            "within": at * 101,
            "beyond": total // 3 - at * 101,
            "share_within": 3 * at * 101 / total if total else None,
            "share_within_whole": 0.4,
        }
        for at, kind in enumerate(KINDS)
    ]
    standards = [
        {
            "standard": f"基準{at} {LONG}",
            "met": "unmet",
            "without": 100 - at,
            "sentence": f"東では、{LONG}。あと{at}人。三。",
        }
        for at in range(sentences)
    ]
    strengths = [
        {
            "kind": kind,
            "measure": measure,
            "against": "others",
            "standard": "",
            "verdict": verdict,
            "generation": "older",
            "generation_label": "高齢者（65歳以上）",
            "value": 0.5,
            "others_median": 0.2,
            "doubts": "",
            "brief": f"{kind}: {measure}が50％（ほかは20％、8か所中1位）",
        }
        for kind in KINDS[:sentences]
        for measure in ("share_within", "per_1000", "days_per_month")
        for verdict in ("strength", "weakness")
    ]
    week = [
        {
            "group": group,
            "group_label": group,
            "weekday": day,
            "start": hour * 60,
            "end": hour * 60 + 180,
            "people": total,
            "share_within": share,
            "share_within_or_unknown": share + (0.25 if day == 6 else 0),
        }
        for group in ("everyone", "older", "children")
        for hour, share in ((9, 0.123), (12, 0.456), (15, 0.999), (18, 0.0))
        for day in range(7)
        if total
    ]
    patches = [{"standard": row["standard"], "name": LONG, "people": 5} for row in standards for _ in range(3)]
    told = {"changes": [{"sentence": f"{LONG}が始まりました。"}] * sentences, "doubts": [LONG] * sentences}
    area = {"system": "圏域", "area_id": "1", "area": "東", "metres": 500.0, "people": people_of(total)}
    tables = {"resources": resources, "reach": reach, "standards": standards, "strengths": strengths}
    return area | tables | {"patches": patches, "week": week} | told


def released(names):
    """Release each name for every kind, at one of thirty places."""
    spots = [shapely.Point(139.7 + 0.002 * (at % 6), 34.95 + 0.001 * (at // 6 % 5)) for at in range(len(names) + 1)]
    rows = [(name, kind, spot) for name, spot in zip(names, spots[1:], strict=True) for kind in KINDS]
    table = {
        "resource_id": [str(at) for at in range(len(rows) + 1)],
        "name": ["店", *(name for name, _, _ in rows)],
        "kind": ["shop", *(kind for _, kind, _ in rows)],
        "place": "venue",
        "status": "active",
        "channels": "paper",
    }
    shown = gpd.GeoDataFrame(table, geometry=[spots[0], *(spot for _, _, spot in rows)], crs=4326)
    return release(shown, "paper")


def pages_of(path):
    document = pypdfium2.PdfDocument(path)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def written(path, portrait, names=("いずみ会",), **options):
    catalog, shown = load_catalog(), released(list(names))
    places = number_places(shown, catalog=catalog)
    wide, high = map_size(portrait)
    drawn = paper_map(shown, places, catalog=catalog, width_mm=wide, height_mm=high)
    head = {"title": "みほん市", "publisher": "社協", **options}
    return write_portrait(shown, path, portrait=portrait, places=places, drawn=drawn, catalog=catalog, **head)


def test_every_figure_on_the_page_is_one_of_the_tables(tmp_path):
    portrait = known()
    text = "".join(pages_of(written(tmp_path / "a.pdf", portrait)))
    for row in portrait["people"]:
        assert f"{row['people']:,}" in text
        assert f"{round(row['share'] * 100)}%" in text or row["group"] == "everyone"
    for row in portrait["reach"]:
        assert f"{row['within']:,}人{row['beyond']:,}人" in text
        assert f"{round(row['share_within'] * 100)}%（40%）" in text
    rows = {"9〜12": "12" * 7 + "+", "12〜15": "46" * 7 + "+", "15〜18": ">99" * 7, "18〜21": "0000000+"}
    for hours, cells in rows.items():
        assert text.count(f"{hours}時{cells}") == 3


@pytest.mark.parametrize("many", [0, 9, 40])
def test_one_sheet_holds_any_area_and_says_what_it_leaves_out(many, tmp_path):
    names = [f"{at}{LONG}" for at in range(many)]
    portrait = known(names=names, sentences=many)
    pages = pages_of(written(tmp_path / "a.pdf", portrait, names))
    assert len(pages) <= 2
    if many == 40:
        assert "ほか" in pages[0]
        assert "ほか" in pages[1]


def test_no_text_is_markup_and_no_name_is_on_paper_that_was_not_released(tmp_path):
    portrait = known(names=[*HOSTILE, LONG, "ないしょの会"])
    portrait["area"], portrait["doubts"] = "#東*圏域*", HOSTILE
    text = "".join(pages_of(written(tmp_path / "a.pdf", portrait, [*HOSTILE, LONG], title="#市*", publisher="$社協$")))
    for word in (*HOSTILE, LONG, "#東*圏域*", "#市*", "$社協$"):
        assert "".join(word.split()) in text
    assert "ないしょの会" not in text
    assert "、ほか" in text


def test_an_area_where_nobody_lives_says_so(tmp_path):
    portrait = known(0)
    pages = pages_of(written(tmp_path / "a.pdf", portrait))
    assert "人口の資料がないか、住む人がいません" in pages[0]
    assert "数える人がいません" in pages[0]
    assert "月火水" not in "".join(pages)


def test_other_languages_have_english_words_and_japanese_sentences(tmp_path):
    text = "".join(pages_of(written(tmp_path / "a.pdf", known(), language="en")))
    assert "Wholiveshere" not in text  # figures need no heading
    assert re.search(r"Ages.*Map.*Whatthereis.*Whatismissing.*Strengths.*Howsurethisis", text)
    assert "Olderpeople(65andover)" in text
    assert "あと0人。" in text


def test_the_same_tables_give_the_same_bytes(tmp_path):
    one, two = (written(tmp_path / name, known()).read_bytes() for name in ("a.pdf", "b.pdf"))
    assert one == two


def test_words_are_the_same_in_both_languages():
    words = tomllib.loads((files("resourcemap.publish.portrait") / "words.toml").read_text(encoding="utf-8"))
    assert words["ja"].keys() == words["en"].keys()
