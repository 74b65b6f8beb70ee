"""Whatever bytes a file holds: it is read, or refused with a message."""

import contextlib
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcemap.errors import InputError
from resourcemap.read.formats import READERS
from resourcemap.read.resources import read_resources

BEGINNINGS = {
    ".kml": "<kml><Placemark><name>A</name>",
    ".gpx": "<gpx><wpt lat='35.7' lon='139.7'><name>",
    ".umap": '{"type": "umap", "layers": [{"features": [{"properties": {"name": "A"}, "geometry": ',
    ".json": '{"service": {"id": "s", "name": "A"}, "schedules": [',
    ".geojson": '{"type": "FeatureCollection", "features": [',
    ".html": "<table><tr><th>名称<td rowspan=2>",
    ".csv": "名称,住所\n",
    ".txt": "KEY_CODE,HTKSYORI,T001141001\n,,人口\n",
}
TOKENS = [
    "<",
    ">",
    "]]>",
    "&#0;",
    '"',
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "\0",
    "名称",
    "A",
    "nan",
    "1e999",
    "-1",
    "</name>",
    "<td>",
    "null",
]


@pytest.mark.parametrize("suffix", sorted(READERS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(TOKENS), max_size=12).map("".join)))
def test_nothing_but_a_message_comes_out_of_any_file(tmp_path, suffix, content):
    path = Path(tmp_path) / f"a{suffix}"
    more = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(BEGINNINGS.get(suffix, "").encode() + more)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(InputError):
            read_resources(path, kind="salon", anywhere=True)
