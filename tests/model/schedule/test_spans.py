"""Hours of a day."""

import pytest

from resourcemap.model.schedule.spans import ALL_DAY, Span, clock


@pytest.mark.parametrize(("start", "end"), [(None, None), (600, 600), (720, 600), (0, 1441)])
def test_spans_that_cannot_be(start, end):
    with pytest.raises(ValueError, match="a span"):
        Span(start, end)


def test_the_whole_day():
    assert ALL_DAY.overlaps(0, 1)
    assert ALL_DAY.overlaps(1439, 1440)
    assert clock(1440) == "24:00"
