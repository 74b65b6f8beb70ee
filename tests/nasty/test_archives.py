"""Files that are bombs, or not what they say, are read as what they are or refused with their name."""

from __future__ import annotations

import resource

import pytest

from tests.nasty import town
from tests.nasty.archives import LISTS
from tests.nasty.building import require_built, require_refused

MOST_MORE = 700 << 10  # kilobytes, as the system counts them


@pytest.mark.parametrize("name", LISTS)
def test_a_list(tmp_path, name):
    suffix, content, words = LISTS[name]
    folder = town.write_town(tmp_path / "town")
    town.put(folder, f"data/list{suffix}", content)
    if suffix != ".csv":
        town.swap(folder, town.TOML, "data/list.csv", f"data/list{suffix}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if words is None:
        require_built(folder)
    else:
        require_refused(folder, words)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MORE
