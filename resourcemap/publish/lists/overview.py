"""The first sheet of the list: counts per area and kind, how to read it, and what is not listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resourcemap.language import either
from resourcemap.publish.ages import SIGN
from resourcemap.publish.lists.sections import overview_name, without_area, without_place
from resourcemap.publish.workbook import as_text, lay_on_a4, row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from resourcemap.model.consent import Released
    from resourcemap.publish.lists.cells import Row
    from resourcemap.publish.lists.links import MapLinks
    from resourcemap.publish.lists.sections import Section
    from resourcemap.publish.lists.sheet import Masthead

_SECTIONS_ON_A_PAGE = 24


def fill_overview(
    sheet: Worksheet,
    styles: dict[str, Format],
    head: Masthead,
    sections: list[Section],
    kinds: dict[str, str],
    released: Released,
    *,
    stale: bool,
    links: MapLinks,
) -> None:
    """Fill the first sheet; `kinds` gives the label of every kind shown, in order, `stale` whether any row is."""
    sheet.set_column(0, 0, 24)
    width = max(7.5, min(11.0, 110 / (len(kinds) + 1)))
    sheet.set_column(1, len(kinds) + 1, width)
    sheet.write_string(0, 0, head.title, styles["title"])
    sheet.set_row(0, 34)
    sheet.write_string(1, 0, either(ja="　", en=" · ").join(filter(None, (head.publisher, head.day))), styles["text"])
    links.write_address(sheet, styles, 2)
    line = 2 + bool(links)
    if head.note:
        sheet.merge_range(line, 0, line, len(kinds) + 1, "", styles["paragraph"])
        sheet.write_string(line, 0, head.note, styles["paragraph"])
        sheet.set_row(line, row_height([head.note], [24 + width * (len(kinds) + 1)], points=10))
        line += 1
    line = _write_counts(sheet, styles, sections, kinds, first=line + 1)
    about = either(ja="この一覧について", en="About this list")
    line = _write_paragraphs(sheet, styles, _how_to_read(sections, stale=stale), line + 1, about)
    absent = either(ja="載せていないもの", en="What is not listed")
    _write_paragraphs(sheet, styles, _withheld(released), line + 1, absent)
    lay_on_a4(
        sheet,
        title=head.title,
        section=overview_name(),
        publisher=head.publisher,
        day=head.day,
        one_page=len(sections) <= _SECTIONS_ON_A_PAGE,
    )


def _write_counts(
    sheet: Worksheet, styles: dict[str, Format], sections: list[Section], kinds: dict[str, str], *, first: int
) -> int:
    """Write the table of counts, a row per sheet and a column per kind, and return the next free row."""
    total = either(ja="計", en="all")
    headings = [either(ja="区域", en="area"), *(label.replace(" ", "\n", 1) for label in kinds.values()), total]
    for number, text in enumerate(headings):
        sheet.write_string(first, number, text, styles["heading"])
    sheet.set_row(first, 60)
    line = first + 1
    for section in sections:
        target = section.sheet.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{target}'!A1", styles["link"], as_text(section.name))
        _write_numbers(sheet, styles, line, _numbers(section.rows, kinds), last="total")
        line += 1
    sheet.write_string(line, 0, total, styles["total_label"])
    everything = [row for section in sections for row in section.rows]
    _write_numbers(sheet, styles, line, _numbers(everything, kinds), usual="total", last="total")
    return line + 1


def _numbers(rows: list[Row], kinds: dict[str, str]) -> list[int]:
    """Count the activities of each kind, once for each place, then all of them."""
    found = Counter(kind for kind, _, _ in {(row["kind"], row["activity_id"], _where(row)) for row in rows})
    return [*(found[kind] for kind in kinds), found.total()]


def _where(row: Row) -> object:
    """Tell places apart: by venue where it is known, else by row."""
    venue = row.get("venue_id")
    return venue if isinstance(venue, str) and venue else row["resource_id"]


def _write_numbers(
    sheet: Worksheet, styles: dict[str, Format], line: int, numbers: list[int], *, last: str, usual: str = "number"
) -> None:
    for column, number in enumerate(numbers, start=1):
        sheet.write_number(line, column, number, styles[last if column == len(numbers) else usual])
    sheet.set_row(line, 20)


def _write_paragraphs(
    sheet: Worksheet, styles: dict[str, Format], paragraphs: list[str], line: int, heading: str
) -> int:
    """Write a heading and lines of text below it, and return the next free row."""
    if not paragraphs:
        return line
    sheet.write_string(line, 0, heading, styles["subtitle"])
    sheet.set_row(line, 24)
    for number, text in enumerate(paragraphs, start=line + 1):
        sheet.write_string(number, 0, text, styles["text"])
        sheet.set_row(number, 18)
    return line + 1 + len(paragraphs)


def _how_to_read(sections: list[Section], *, stale: bool) -> list[str]:
    lines = [
        either(
            ja="・ 区域ごとに1枚のシートがあります。上の表の区域名を押すと、そのシートが開きます。",
            en="- There is a sheet per area. Click an area's name above to open its sheet.",
        ),
        either(
            ja="・ 数は、ひとつの活動をひとつの会場で1件と数えています。会場が3つある活動は3件です。",
            en="- An activity at one place counts once; an activity with three places counts three times.",
        ),
        either(
            ja="・ 灰色の行は「休止中」です。再開の時期は、電話などでお確かめください。",
            en="- Grey rows are suspended at present.",
        ),
    ]
    if stale:
        lines.append(
            either(
                ja=f"・ 最終確認日に「{SIGN}」のあるものは、しばらく確認できていません。"
                "お出かけの前に、電話などでお確かめください。",
                en=f"- {SIGN} before the day of the last check: nobody has checked it for some time. "
                "Please make sure before you go.",
            )
        )
    if any(section.name == without_area() for section in sections):
        lines.append(
            either(
                ja=f"・ 「{without_area()}」は、区域の外にあるか、場所をまだ確かめられていないものです。",
                en=f"- {without_area()!r} means outside all areas, or that the place is not known yet.",
            )
        )
    if any(section.name == without_place() for section in sections):
        lines.append(
            either(
                ja=f"・ お宅へ伺うもの、電話やインターネットで使えるものは「{without_place()}」のシートにあります。",
                en=f"- What comes to your home, or works by telephone or online, is in the sheet {without_place()!r}.",
            )
        )
    return lines


def _withheld(released: Released) -> list[str]:
    """Say how many rows stayed inside, and why; no names."""
    counts = released.withheld["reason"].value_counts(sort=False)
    lines = [
        either(ja=f"・ {ja}　{counts[reason]}件", en=f"- {en}: {counts[reason]}")
        for reason, (ja, en) in _REASONS.items()
        if reason in counts
    ]
    if released.phones_withheld:
        lines.append(
            either(
                ja=f"・ 個人の携帯電話の番号　{released.phones_withheld}か所を伏せました",
                en=f"- personal mobile numbers: {released.phones_withheld} blanked",
            )
        )
    if released.persons_withheld:
        lines.append(
            either(
                ja=f"・ 個人の氏名・メールアドレスと思われるもの　{released.persons_withheld}か所を伏せました",
                en=f"- what seem to be names or e-mail addresses of people: {released.persons_withheld} blanked",
            )
        )
    return lines


_REASONS = {
    "no_consent": ("公開の承諾をいただいていないもの", "without consent to publish"),
    "unclear_consent": ("承諾の欄のことばが読めないもの", "with a word of consent that is not understood"),
    "unclear_fields": ("公開する項目のことばが読めないもの", "with fields of consent that are not understood"),
    "consent_over": ("承諾の期限が過ぎているもの", "whose consent is over"),
    "consent_not_yet": ("承諾日がまだ来ていないもの", "whose consent has not begun"),
    "place_withheld": ("場所の公開の承諾がないもの", "without consent to show the place"),
    "refused": ("公開しないように書かれているもの", "with a remark not to publish them"),
    "other_channel": ("承諾が、この一覧には及ばないもの", "with consent, but not for this list"),
    "private_home": ("個人のお宅と思われるもの", "in what seems to be a private home"),
    "ended": ("終了したもの", "ended"),
    "over": ("開催期間の過ぎたもの", "whose dates are over"),
    "no_name": ("個人の電話番号だけで、名称のないもの", "with a personal number for a name"),
}
