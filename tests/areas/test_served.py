"""Where visiting services go."""

from __future__ import annotations

import pytest

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.areas.served import served_blocks
from resourcemap.errors import InputError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本町１丁目、本町２丁目", ["b00", "b01"]),
        ("東", ["b02", "b03", "b06", "b07", "b10", "b11"]),
        ("本町", [f"b{n:02}" for n in range(12)]),
        ("市内全域", [f"b{n:02}" for n in range(12)]),
        ("みほん市内", [f"b{n:02}" for n in range(12)]),
    ],
)
def test_served_blocks_understand_blocks_areas_and_everywhere(town, text, expected):
    blocks, _, resources, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    visits = resources.iloc[[0]].assign(place="served_area", serves=text)
    assert served_blocks(visits, blocks, areas, city="みほん市")["block_id"].tolist() == expected


def test_a_served_area_that_does_not_exist_is_named_with_its_row(town):
    blocks, _, resources, table = town
    visits = resources.iloc[[0, 1]].assign(
        place="served_area",
        serves=["月面", "となり市内"],
        source_file="一覧.xlsx",
        source_sheet="表",
        source_row=[4, 9],
    )
    areas = areas_from_blocks(blocks, table, system="圏域")
    with pytest.raises(InputError, match=r"一覧.xlsx: .*row 表!4: 月面, row 表!9: となり市内") as caught:
        served_blocks(visits, blocks, areas, city="みほん市")
    assert len(caught.value.faults) == 1
