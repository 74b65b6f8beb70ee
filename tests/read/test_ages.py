import pytest

from resourcemap.read.ages import age_column, age_columns, overlapping


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("0～ 4歳", "age_0_4"),
        ("５～９", "age_5_9"),
        ("10-14", "age_10_14"),
        ("15〜19歳", "age_15_19"),
        ("65歳～69歳", "age_65_69"),
        ("85歳以上", "age_85_over"),
        ("100歳\u3000以上", "age_100_over"),
        ("75+", "age_75_over"),
        ("3歳", "age_3_3"),
        ("age_0_14", "age_0_14"),
        ("男 0～4歳", "age_0_4"),
        ("年少人口", None),
        ("生産年齢\n人口", None),
        ("人口", None),
        ("2020", None),
        ("14～10歳", None),
        ("0～4歳世帯", None),
    ],
)
def test_headings_of_ages(heading, column):
    assert age_column(heading) == column


def test_groups_are_ordered_by_age_and_the_sexes_are_added():
    assert age_columns(["女85歳以上", "男85歳以上", "0～4歳"]) == {"age_0_4": [2], "age_85_over": [0, 1]}


def test_a_group_for_all_comes_before_those_by_sex():
    assert age_columns(["0～4歳", "男0～4歳", "女0～4歳"]) == {"age_0_4": [0]}


def test_groups_that_share_an_age_are_found():
    assert overlapping(["age_65_over", "age_75_over", "age_0_14"]) == [("age_65_over", "age_75_over")]
    assert overlapping(["age_0_4", "age_5_9", "age_85_over"]) == []
