"""Men of each block: from rows and from columns, and nothing where a table does not say it of everybody."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from resourcemap.read.men import read_men


@pytest.fixture
def blocks():
    named = {"block_id": ["1", "2"], "block": ["本町1丁目", "本町2丁目"]}
    return gpd.GeoDataFrame(named, geometry=[shapely.Point(139, 35), shapely.Point(139.1, 35)], crs=4326)


@pytest.fixture
def men_of(tmp_path, blocks):
    def read(text):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        found = read_men(path, blocks=blocks)
        return None if found is None else found.reset_index().to_numpy().tolist()

    return read


ROWS = "町丁目,男女,総数,0～64歳,65歳以上\n"


def test_rows_of_men_are_read_in_every_layout(men_of):
    assert men_of(ROWS + "本町1丁目,計,10,6,4\n本町1丁目,男,6,4,2\n本町1丁目,女,4,2,2\n") == [["1", 6, 4, 2]]
    assert men_of(ROWS + "本町2丁目,男,6,4,2\n本町2丁目,女,4,2,2\n合計,男,6,4,2\n合計,女,4,2,2\n") == [["2", 6, 4, 2]]
    assert men_of(ROWS + "本町1丁目,計,10,6,4\n,男,6,4,2\n,女,4,2,2\n") == [["1", 6, 4, 2]]


def test_columns_of_men_are_read_beside_those_of_both(men_of):
    heads = "町丁目,総数,0～64歳,65歳以上,男0～64歳,男65歳以上,女0～64歳,女65歳以上\n"
    assert men_of(heads + "本町1丁目,10,6,4,4,2,2,2\n本町2丁目,9,5,4,3,1,2,3\n") == [["1", 6, 4, 2], ["2", 4, 3, 1]]
    assert men_of("町丁目,男0～64歳,男65歳以上,女0～64歳,女65歳以上\n本町1丁目,4,2,2,2\n") == [["1", 6, 4, 2]]


def test_a_table_that_does_not_say_it_of_all_ages_says_nothing(men_of):
    assert men_of("町丁目,総数,0～64歳,65歳以上\n本町1丁目,10,6,4\n") is None
    assert men_of("町丁目,総数,男,女,65歳以上\n本町1丁目,10,6,4,4\n") is None
    assert men_of("町丁目,0～64歳,65歳以上,男65歳以上\n本町1丁目,6,4,2\n") is None
