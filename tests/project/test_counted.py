"""Which places figures put at their blocks: those that no written output shows at their own spot."""

from __future__ import annotations

import pytest

from resourcemap.project.project import open_project

HEAD = "名称,種類,会場,場所の形,対象地域,緯度,経度,承諾,公開する項目\n"
SHOWN = "出す会,サロン,本町会館,会場,,35.7,139.7,有,\n"


@pytest.fixture
def hidden(tmp_path):
    def found(row):
        (tmp_path / "resourcemap.toml").write_text('[[resources]]\nfile = "list.csv"\n', encoding="utf-8")
        (tmp_path / "list.csv").write_text(HEAD + SHOWN + row + "\n", encoding="utf-8")
        return open_project(tmp_path).hidden.tolist()

    return found


@pytest.mark.parametrize(
    "row",
    [
        "内輪の会,サロン,本町会館,会場,,35.7,139.7,,",  # at the very spot of one that is shown
        "紙の会,サロン,南町会館,会場,,35.71,139.7,紙面のみ,",
        "場所なし,サロン,南町会館,会場,,35.71,139.7,有,住所以外",
    ],
)
def test_what_no_written_output_shows_at_its_spot_is_hidden(hidden, row):
    assert hidden(row) == [False, True]


def test_what_a_list_shows_is_not(hidden):
    assert hidden("別の会,サロン,南町会館,会場,,35.71,139.7,一覧,") == [False, False]


def test_a_visiting_service_at_a_spot_shows_no_other_row_there(hidden):
    visits = "訪問の会,訪問支援,,訪問,本町,35.72,139.7,有,\n"
    assert hidden(f"{visits}内輪の会,サロン,南町会館,会場,,35.72,139.7,,") == [False, False, True]
