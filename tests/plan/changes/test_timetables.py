from datetime import date

import pytest

from resourcemap.plan.changes.timetables import time_change
from resourcemap.read.schedules.parse import read_schedule


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("毎週水曜 14時～16時", "毎週水曜日 14:00-16:00", None),
        ("毎週月・木 13:30～15:30", "毎週木・月 13:30～15:30", None),
        ("第2・第4火曜日10:00-12:00", "第２，第４火曜 10時〜12時", None),
        ("毎週水曜 14時～16時", "毎週木曜 14時～16時", ("real", "other")),
        ("毎週水曜 14時～16時", "毎週水曜 13時～16時", ("real", "other")),
        ("毎週水曜 14時～16時", "第1水曜 14時～16時", ("real", "other")),
        (None, "毎週水曜 14時～16時", ("knowledge", "now_known")),
        ("毎週水曜 14時～16時", None, ("knowledge", "no_longer_known")),
        ("毎週水曜", "毎週水曜 14時～16時", ("knowledge", "finer")),
        ("毎週水曜 14時～16時", "毎週水曜", ("knowledge", "rougher")),
        ("月1回", "第2火曜 10:00～12:00", ("knowledge", "finer")),
        ("月1回", "毎週火曜 10:00～12:00", ("real", "other")),
        ("ほげほげの日", "ふがふがの日", ("knowledge", "cannot_tell")),
        (None, None, None),
    ],
)
def test_another_time_or_another_writing(old, new, said):
    read = [read_schedule(text or "") for text in (old, new)]
    assert time_change(*read, old, new, on=date(2026, 11, 1)) == said
