"""The list for a website: a piece of HTML, or Markdown, that looks like the page it is put into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from resourcemap.files import write_text
from resourcemap.publish.escape import html_text, markdown_link, markdown_text, telephone, web_address
from resourcemap.publish.lists.listing import Asked, Chapter, Listing, listed, place_of
from resourcemap.publish.lists.words import words_in

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from resourcemap.model.consent import Released
    from resourcemap.publish.paper.entries import Entry

# What is on the website needs the consent that names it: ホームページ and Web are words of the map.
CHANNELS = ("map",)
COLUMNS = ("kind", "name", "place", "when", "whom", "contact")
_TAGS = {"ja-easy": "ja", "zh": "zh-Hans"}
Link = tuple[str, str]


def write_html_list(released: Released, path: str | os.PathLike[str], **asked: Unpack[Asked]) -> Path:
    """Write the list as a piece of HTML to be put into a page: headings and tables, no styles, scripts or ids.

    Its first heading is of level 2. Links go to telephone numbers and to addresses with https alone.

    Parameters
    ----------
    released
        What the gate let through for ``"map"``: the consent that names websites.
    path
        The file to write; it is replaced whole.
    asked
        See `Asked`.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["<みほん>"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "map"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "list.html"
    >>> "&lt;みほん&gt;" in write_html_list(
    ...     release(rows, "map"), path, catalog=load_catalog(), title="一覧"
    ... ).read_text(encoding="utf-8")
    True
    """
    return write_text(path, _html(listed(released, CHANNELS, asked)))


def write_markdown_list(released: Released, path: str | os.PathLike[str], **asked: Unpack[Asked]) -> Path:
    r"""Write the list as Markdown: headings and tables (GitHub's), no HTML but line breaks in cells.

    Links go to telephone numbers and to addresses with https alone.

    Parameters
    ----------
    released
        What the gate let through for ``"map"``: the consent that names websites.
    path
        The file to write; it is replaced whole.
    asked
        See `Asked`.

    Raises
    ------
    ReleaseError
        When `released` did not come from the gate, or was released for another channel.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geopandas as gpd
    >>> from resourcemap.model.catalog import load_catalog
    >>> from resourcemap.model.consent import release
    >>> rows = gpd.GeoDataFrame({"resource_id": ["a"], "name": ["*みほん*"], "kind": "salon", "place": "venue",
    ...     "status": "active", "channels": "map"}, geometry=[None], crs="EPSG:4326")
    >>> path = Path(tempfile.mkdtemp()) / "list.md"
    >>> _ = write_markdown_list(release(rows, "map"), path, catalog=load_catalog(), title="一覧")
    >>> print(path.read_text(encoding="utf-8").splitlines()[10])
    | サロン | \*みほん\* |  |  |  |  |
    """
    return write_text(path, _markdown(listed(released, CHANNELS, asked)))


def _html(listing: Listing) -> str:
    words = words_in(listing.language)
    lines = [
        f'<section lang="{_TAGS.get(listing.language, listing.language)}">',
        f"<h2>{html_text(listing.title)}</h2>",
    ]
    lines += [f"<p>{html_text(text)}</p>" for text in _head(listing)]
    headings = "".join(f'<th scope="col">{html_text(words[name])}</th>' for name in COLUMNS)
    for chapter in listing.chapters:
        lines += [f"<h3{_japanese(listing, chapter)}>{html_text(chapter.name)}</h3>"]
        lines += [f"<p>{html_text(text)}</p>" for text in _about(chapter, listing.language)]
        if chapter.entries:
            lines += ["<table>", f"<thead><tr>{headings}</tr></thead>", "<tbody>"]
            lines += [_html_row(entry, listing.language) for entry in chapter.entries]
            lines += ["</tbody>", "</table>"]
    return "\n".join([*lines, "</section>", ""])


def _html_row(entry: Entry, language: str) -> str:
    cells = ["<br>".join(_html_part(part) for part in parts) for parts in _cells(entry, language)]
    kind, name, *rest = cells
    head = f'<td>{kind}</td><th scope="row"{"" if language.startswith("ja") else _JAPANESE}>{name}</th>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>"


def _html_part(part: str | Link) -> str:
    if isinstance(part, str):
        return "<br>".join(html_text(line) for line in part.split("\n"))
    text, address = part
    return f'<a href="{html_text(address)}">{html_text(text)}</a>'


def _japanese(listing: Listing, chapter: Chapter) -> str:
    """Mark the name of an area as Japanese in a list in another language."""
    return _JAPANESE if chapter.of == "area" and not listing.language.startswith("ja") else ""


def _markdown(listing: Listing) -> str:
    words = words_in(listing.language)
    lines = [f"## {_in_one_line(listing.title)}", ""]
    for text in _head(listing):
        lines += [_in_one_line(text), ""]
    headings = [f"| {' | '.join(words[name] for name in COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}"]
    for chapter in listing.chapters:
        lines += [f"### {_in_one_line(chapter.name)}", ""]
        for text in _about(chapter, listing.language):
            lines += [_in_one_line(text), ""]
        if chapter.entries:
            lines += [*headings, *(_markdown_row(entry, listing.language) for entry in chapter.entries), ""]
    return "\n".join(lines)


def _markdown_row(entry: Entry, language: str) -> str:
    cells = _cells(entry, language)
    return f"| {' | '.join('<br>'.join(_markdown_part(part) for part in parts) for parts in cells)} |"


def _markdown_part(part: str | Link) -> str:
    return markdown_text(part) if isinstance(part, str) else markdown_link(*part)


def _in_one_line(text: str) -> str:
    return markdown_text(" ".join(text.split()))


def _head(listing: Listing) -> list[str]:
    about = [listing.publisher, listing.day, words_in(listing.language)["advice"]]
    return [text for text in ("　".join(filter(None, about)), listing.note) if text]


def _about(chapter: Chapter, language: str) -> list[str]:
    """Say how many entries a chapter has, and what is to be known of it."""
    words = words_in(language)
    suspended = sum(entry.suspended for entry in chapter.entries)
    if not chapter.entries:
        return [words["nothing"]]
    count = words["count_suspended" if suspended else "count"].format(n=len(chapter.entries), m=suspended)
    return [count, *([words["approximate"]] if chapter.approximate else [])]


def _cells(entry: Entry, language: str) -> list[list[str | Link]]:
    """Give the cells of a row, each as parts that stand below one another; links as text and address."""
    words = words_in(language)
    called = [(words[name], getattr(entry, name)) for name in ("audience", "cost", "how_to_join", "languages")]
    number, website = telephone(entry.phone), web_address(entry.url)
    contact: list[str | Link] = [(entry.phone, f"tel:{number}") if number else entry.phone]
    if website and website.lower().startswith("https:"):
        contact.append((words["website"], website))
    elif entry.url:
        contact.append(entry.url)
    parts: list[list[str | Link]] = [
        [entry.kind_label],
        [entry.name, words["suspended"] if entry.suspended else ""],
        [place_of(entry, language), entry.address],
        [entry.when],
        [f"{name}: {text}" for name, text in called if text],
        contact,
    ]
    return [[part for part in cell if part] for cell in parts]


_JAPANESE = ' lang="ja"'
