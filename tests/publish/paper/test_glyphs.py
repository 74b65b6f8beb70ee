"""Every letter of Windows is in the font; what is not there is seen to be missing."""

from __future__ import annotations

import unicodedata

from resourcemap.publish.paper.glyphs import _LACKING, _letters, printable, unprintable


def test_the_font_has_every_letter_of_windows():
    letters = []
    for code in range(0x20, 0x10000):
        if 0xD800 <= code < 0xE000 or unicodedata.category(chr(code)) in ("Cc", "Co"):
            continue
        try:
            chr(code).encode("cp932")
        except UnicodeEncodeError:
            continue
        letters.append(chr(code))
    assert len(letters) > 7000
    assert [letter for letter in letters if letter not in _letters("ja")] == [_LACKING]
    assert printable(f"1{_LACKING}2") == "1〓2"


def test_korean_is_printed_with_the_korean_font_alone():
    assert printable("한국어") == "〓〓〓"
    assert printable("한국어 髙﨑", "ko") == "한국어 髙﨑"


def test_line_breaks_stay():
    assert printable("一\n二") == "一\n二"


def test_a_geta_that_people_wrote_is_not_missing():
    assert unprintable(["〓", "a"]) == []
