"""The address of a map says what it opens with."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from resourcemap.errors import InputError
from resourcemap.publish.webmap.address import fragment


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        ({}, ""),
        ({"words": "  体操 "}, "q=%E4%BD%93%E6%93%8D"),
        ({"kinds": ["salon", "hiroba"]}, "kind=salon,hiroba"),
        ({"audiences": ["older"], "facilities": ["step_free"]}, "for=older&with=step_free"),
        ({"days": ["today", "mon"]}, "day=mon,today"),
        ({"days": iter(["wed"]), "time": "14:00-16:00"}, "day=wed&time=14:00-16:00"),
        ({"time": "9:30-"}, "time=9:30-"),
        ({"since": 12, "sort": "next"}, "since=12&sort=next"),
        ({"area": ("a", "x 1")}, "area=a~x%201"),
        ({"area": ("a", None)}, "area=a"),
        ({"languages_spoken": ["en"], "language": "ja-easy"}, "speak=en&lang=ja-easy"),
        ({"at": "r&1=#", "view": "map", "layer": "l", "embed": True}, "at=r%261%3D%23&view=map&layer=l&embed=1"),
    ],
)
def test_only_what_is_not_usual_is_written(choice, written):
    assert fragment(**choice) == written


def test_text_of_people_cannot_change_the_rest():
    hostile = "\"'<>&#%+ \n～~,:"
    text = fragment(words=f"a{hostile}b", area=(hostile, hostile))
    assert not set(text) & set('"<>#+ \n')
    assert [part.split("=")[0] for part in text.split("&")] == ["q", "area"]
    assert unquote(text.split("&")[1]) == f"area={hostile}~{hostile}"


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"days": ["wed", "水"]}, "'水' is not known. Known: mon, tue"),
        ({"sort": "name"}, "'name' is not known. Known: kind, next"),
        ({"view": "both"}, "'both' is not known. Known: list, map"),
        ({"time": "2pm"}, "The time '2pm' cannot be read"),
    ],
)
def test_what_no_map_knows_is_refused(choice, message):
    with pytest.raises(InputError, match=message):
        fragment(**choice)
