"""Blocks to areas, with every way the table can be wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from resourcemap.areas.membership import areas_from_blocks
from resourcemap.errors import InputError


def test_areas_cover_exactly_their_blocks(town):
    blocks, _, _, table = town
    areas = areas_from_blocks(blocks, table, system="圏域")
    assert areas["area"].tolist() == ["西", "東"]
    assert areas.to_crs(6677).area.sum() == pytest.approx(blocks.to_crs(6677).area.sum())


def test_all_faults_of_a_membership_table_come_at_once(town):
    blocks, _, _, table = town
    extra = pd.DataFrame({"block": ["本町99丁目", "本町１丁目"], "圏域": ["西", "東"]})
    with pytest.raises(InputError) as caught:
        areas_from_blocks(blocks, pd.concat([table.iloc[:11], extra]), system="圏域", where="圏域表.csv")
    unknown, twice, none = caught.value.faults
    assert "本町99丁目" in unknown
    assert "本町1丁目 is in two areas" in twice
    assert "in no area of 圏域 (本町12丁目)" in none


def test_a_missing_column_names_those_there_are(town):
    blocks, _, _, table = town
    with pytest.raises(InputError, match=r"no column '町会'.*圏域, 学区"):
        areas_from_blocks(blocks, table, system="町会")


def test_an_unknown_block_is_named_with_its_row(town):
    blocks, _, _, table = town
    extra = pd.DataFrame({"block": ["本町99丁目"], "圏域": ["西"], "source_row": [14]})
    with pytest.raises(InputError, match=r"row 14: 本町99丁目"):
        areas_from_blocks(blocks, pd.concat([table.assign(source_row=range(2, 14)), extra]), system="圏域")
