import pandas as pd
import pytest

from resourcemap.plan.changes.standards_changed import standards_changed


def judged(*answers):
    """Make a table of judgements of one standard in areas 0, 1, ...; a dash means that the area is not in it."""
    rows = [(str(at), answer) for at, answer in enumerate(answers) if answer != "-"]
    return pd.DataFrame(
        {
            "standard": "s",
            "system": "圏域",
            "area_id": [area for area, _ in rows],
            "area": [f"区域{area}" for area, _ in rows],
            "met": [answer for _, answer in rows],
            "value": float(len(rows)),
        }
    )


@pytest.mark.parametrize(
    ("old", "real", "new", "said"),
    [
        ("unmet", "met", "met", ("newly_met", "real")),
        ("unmet", "unmet", "met", ("newly_met", "knowledge")),
        ("met", "unmet", "unmet", ("newly_lost", "real")),
        ("met", "met", "unmet", ("newly_lost", "knowledge")),
        ("unknown", "unknown", "met", ("now_known", "knowledge")),
        ("met", "met", "unknown", ("no_longer_known", "knowledge")),
        ("no_data", "met", "met", ("now_known", "real")),
        ("-", "met", "met", ("asked_anew", "")),
        ("met", "met", "-", ("no_longer_asked", "")),
    ],
)
def test_an_answer_that_is_another(old, real, new, said):
    found = standards_changed(judged(old), judged(real), judged(new))
    assert [tuple(row) for row in found[["change", "nature"]].itertuples(index=False)] == [said]
    assert found["area"].tolist() == ["区域0"]
    assert found["sentence"][0].startswith("区域0では、基準「s」")


def test_the_same_answers_are_no_change_even_when_the_stage_between_differs():
    found = standards_changed(judged("met", "unmet"), judged("unmet", "met"), judged("met", "unmet"))
    assert found.empty


def test_people_outside_of_all_areas_are_a_row_of_their_own():
    before = judged("unmet").assign(area_id=None, area=None)
    found = standards_changed(before, before.assign(met="met"), before.assign(met="met", area_id=float("nan")))
    assert found["change"].tolist() == ["newly_met"]
    assert found["area_id"].isna().all()
