"""What the settings ask of coverage, and what is said where it cannot be asked."""

from __future__ import annotations

import pytest

from resourcemap.errors import ProjectError
from resourcemap.language import speaking
from resourcemap.model.catalog import load_catalog
from resourcemap.project.asking import question_of


def ask(**asked):
    return question_of(asked, distances=[500], kinds=["salon"], catalog=load_catalog(), every=True)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"combinations": [["サロン", "pantry"]]}, r"combinations の「サロン」はありません。もしかして salon ですか"),
        ({"audiences": ["子ども"]}, r"audiences の「子ども」はありません。もしかして children ですか"),
        ({"decay": "gausian"}, r"^resourcemap\.toml: \[coverage\] decay: .*gausian"),
        ({"decay": {"form": "power"}}, r"^resourcemap\.toml: \[coverage\] decay: .*parameter"),
        ({"decay": [[300, 1], [200, 0.5]]}, r"^resourcemap\.toml: \[coverage\] decay"),
        ({"slots": ["あさって"]}, r"^resourcemap\.toml: \[coverage\] slots: .*あさって"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_place_and_the_word_to_write(asked, message):
    with speaking("ja"), pytest.raises(ProjectError, match=message):
        ask(**asked)


def test_a_decay_is_a_form_or_steps():
    assert ask(decay="gaussian", catchment=800).enhanced.metres == 800
    assert ask(decay=[[300, 1.0], [1000, 0.3]]).enhanced.steps == ((300.0, 1.0), (1000.0, 0.3))
