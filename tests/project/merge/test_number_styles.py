"""Which cell styles show dates, by the codes that Excel, LibreOffice and openpyxl write."""

from __future__ import annotations

from datetime import date, timedelta
from xml.sax.saxutils import quoteattr

import openpyxl.utils.datetime
import pytest

from resourcemap.project.merge.number_styles import date_styles, day_number, share_of_day
from resourcemap.read.guard import parse_xml


def shows_date(code):
    text = f'<s><numFmts><numFmt numFmtId="164" formatCode={quoteattr(code)}/></numFmts>'
    text += '<cellXfs><xf numFmtId="164"/></cellXfs></s>'
    return date_styles(parse_xml(text.encode(), where="a.xlsx")) == {0}


@pytest.mark.parametrize(
    "code",
    [
        *(
            "yyyy/m/d",
            "yyyy\\-mm\\-dd",
            'yyyy"年"m"月"d"日"',
            '[$-411]ggge"年"m"月"d"日";@',
            "[$-ja-JP]ge.m.d;@",
            "m/d",
        ),
        *("h:mm", "[h]:mm:ss", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[Red]yyyy/m/d", "aaa"),
    ],
)
def test_codes_of_dates_and_times(code):
    assert shows_date(code)


@pytest.mark.parametrize(
    "code", ["General", "@", "0.00", '#,##0"名"', "[Red]0", '0"days"', "[$¥-411]#,##0", "0_d", "G/標準", "\\d0"]
)
def test_codes_of_other_numbers(code):
    assert not shows_date(code)


def test_the_day_is_the_one_of_openpyxl():
    for step in range(0, 60_000, 997):
        day = date(1900, 3, 1) + timedelta(days=step)
        assert day_number(day.isoformat()) == openpyxl.utils.datetime.to_excel(day)
        mac = openpyxl.utils.datetime.to_excel(day, epoch=openpyxl.utils.datetime.MAC_EPOCH)
        assert day_number(day.isoformat(), from_1904=True) == mac


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13-01", "2026-02-30", "1900-01-01", "3/1", "2026-03-01から", "46082"]
)
def test_what_is_no_whole_date(text):
    assert day_number(text) is None


def test_times():
    assert [share_of_day(text) for text in ("0:00", "９：３０", "24:00", "9:60")] == [0.0, 570 / 1440, None, None]
