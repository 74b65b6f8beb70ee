"""The pages in docs say what the program does: every output has its row on the page of threats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resourcemap.model.consent.fields import permit_of
from resourcemap.project.folder import OUTPUTS
from resourcemap.project.record import RECORD
from resourcemap.project.steps import LEFT_ASIDE

DOCS = Path(__file__).parents[1] / "docs"
FILES = [Path(usual).name for _, _, usual in OUTPUTS if usual] + [Path(RECORD).name, Path(LEFT_ASIDE).name]


@pytest.mark.parametrize("name", FILES)
def test_every_output_is_on_the_page_of_threats(name):
    assert name in (DOCS / "threats.md").read_text(encoding="utf-8")


def test_the_words_that_the_page_of_consent_gives_are_understood():
    text = (DOCS / "consent.md").read_text(encoding="utf-8")
    table = text[text.index("### 書かなければ") :]
    words = [cells[2].strip() for line in table.splitlines() if len(cells := line.split("|")) == 4][2:6]
    assert [permit_of(word).by_word for word in words] == [{"home"}, {"mobile"}, {"email"}, {"person"}]
    fields = re.search(r"\| 公開する項目 \| (.*?)。読めない", text)[1]
    for quoted in re.findall(r"「(.*?)」", fields):
        assert permit_of(quoted).withheld
