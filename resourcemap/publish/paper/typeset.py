"""Set type: a template with its data becomes a tagged PDF, pictures, or drawings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import typst

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.publish.paper.fonts import families, font_folders
from resourcemap.publish.paper.glyphs import printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

STYLE = "style.typ"
_MAIN, _DATA = "main.typ", "data.json"
_PACKAGE = re.compile(rb"@[a-z][\w-]*/[\w-]+:[\d.]+")
_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
_SPOT = re.compile(r"([\w.-]+\.typ):(\d+):\d+")
# A template reads what it is handed and no file of the disk: below a file there are none.
_NOWHERE = str(files("resourcemap.publish.paper") / STYLE)
# As PDF readers and screen readers know a language.
_TAGS = {"ja-easy": "ja"}
# Tagged, with title and language, as readers for the blind need it.
_STANDARD = "ua-1"


@dataclass(frozen=True)
class Document:
    """A template with what stands in it; the same document always has the same bytes.

    The template is Typst markup. It reads ``data.json``, whose texts never become markup, and may import ``style.typ``.

    Parameters
    ----------
    template
        The text of the template.
    data
        What ``json("data.json")`` gives, with ``document`` besides: title, author, day, language, fonts.
    title, author
        What stands in the properties of the file.
    as_of
        The date of the file; without one it has none.
    language
        The language of the text, of `resourcemap.model.catalog.LANGUAGES`.
    files
        Pictures and other templates, by the names under which the template knows them.
    name
        What a fault in the template is called by.
    """

    template: str
    data: Mapping[str, Any]
    title: str
    author: str = ""
    as_of: date | None = None
    language: str = "ja"
    files: Mapping[str, bytes] = field(default_factory=dict)
    name: str = "template"

    def pdf(self) -> bytes:
        r"""Make a tagged PDF (PDF/UA-1) with all fonts embedded.

        Raises
        ------
        InputError
            When the template has a fault; it says in which line.

        Examples
        --------
        >>> Document("#set document(title: [一覧])\n#json(\"data.json\").name", {"name": "#1"}, title="一覧").pdf()[:5]
        b'%PDF-'
        """
        made: bytes = self._made("pdf", pdf_standards=_STANDARD)
        return made

    def told(self, label: str) -> list[Any]:
        """Return what the template tells under a label of its ``metadata``; quick beside a PDF of the same.

        Examples
        --------
        >>> Document("#metadata(7) <sides>", {}, title="A").told("sides")
        [7]
        """
        sources: Any = self._sources()  # the stubs of typst do not know several sources
        try:
            told = typst.query(sources, f"<{label}>", field="value", font_paths=_fonts(self.language), root=_NOWHERE)
        except typst.TypstError as error:
            raise InputError(self._fault(error)) from error
        found: list[Any] = json.loads(told)
        return found

    def png(self, ppi: float = 300) -> list[bytes]:
        """Make a picture of each page, at so many dots per inch."""
        return _pages(self._made("png", ppi=ppi))

    def svg(self) -> list[bytes]:
        """Make a drawing of each page; text is drawn as shapes, so that no font is needed to look at it."""
        return _pages(self._made("svg"))

    def _made(self, form: Any, **asked: Any) -> Any:
        sources = self._sources()
        try:
            return typst.compile(sources, format=form, font_paths=_fonts(self.language), root=_NOWHERE, **asked)
        except typst.TypstError as error:
            raise InputError(self._fault(error)) from error

    def _sources(self) -> dict[str, bytes]:
        self._require_own_packages()
        return {STYLE: _style(), **self.files, _DATA: self._json(), _MAIN: self.template.encode()}

    def _require_own_packages(self) -> None:
        """Raise `InputError` where a template asks for a package of the network: nothing here asks the network."""
        templates = {self.name: self.template.encode()} | {
            name: text for name, text in self.files.items() if name.endswith(".typ")
        }
        for name, text in templates.items():
            if found := _PACKAGE.search(text):
                package = found[0].decode()
                raise InputError(
                    either(
                        ja=f"{name}: {package} は、インターネットから取ってくるものなので使えません。"
                        "その行を消してください。",
                        en=f"{name}: {package} would be fetched from the network, which is never asked. "
                        "Take that line out.",
                    )
                )

    def _json(self) -> bytes:
        day = self.as_of
        document = {
            "title": self.title,
            "author": self.author,
            "day": None if day is None else [day.year, day.month, day.day],
            "language": _TAGS.get(self.language, self.language),
            "fonts": families(self.language),
        }
        shown = printed({**self.data, "document": document}, self.language)
        return json.dumps(shown, ensure_ascii=False, allow_nan=False).encode()

    def _fault(self, error: typst.TypstError) -> str:
        spots = [(file, int(line)) for file, line in _SPOT.findall(error.diagnostic)]
        file, line = spots[0] if spots else (_MAIN, 1)
        where = self.name if file == _MAIN else file
        why = " ".join([error.message, *error.hints]).replace("\n", " ")
        return either(
            ja=f"{where}: {line}行目: 紙面のひな形に誤りがあります（{why}）。その行を直してください。",
            en=f"{where}: line {line}: the template has a fault ({why}). Correct that line.",
        )


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF made here, whose pages are written plainly.

    Examples
    --------
    >>> page_count(b"<< /Type /Pages /Kids [1 0 R] >> << /Type /Page >>")
    1
    """
    return len(_PAGES.findall(pdf))


@cache
def _fonts(language: str) -> typst.Fonts:
    folders = [str(folder) for folder in font_folders(language)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _style() -> bytes:
    return (files("resourcemap.publish.paper") / STYLE).read_bytes()


def _pages(made: bytes | list[bytes]) -> list[bytes]:
    """Return what typst gives as bytes alone where there is one page."""
    return made if isinstance(made, list) else [made]
