"""The only place where text becomes part of HTML, a script or a link."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from urllib.parse import quote, urlsplit

from resourcemap.plain import visible

_SCRIPT_END = re.compile(r"</(?=script)", re.IGNORECASE)
_STYLE_END = re.compile(r"</(?=style)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,}[0-9]")
# Signs of markup anywhere, a dash or a number that begins a list, and what turns into a link or a picture by itself.
_MARKUP = re.compile(r"[\\`*_\[\]{}#~$@^=+]|^-|(?<=\d)[.)](?=\s)|:(?=//|[a-z0-9_]+:)|(?<=www)\.")
# What stays as it is in the address of a Markdown link: the rest could end it.
_IN_ADDRESSES = "%:/?#@!$&'*+,;=-._~"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ"), "-")


def html_text(text: object) -> str:
    """Return text that may stand between tags or in a quoted attribute, and that cannot turn the page around.

    Examples
    --------
    >>> html_text('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(visible(str(text)), quote=True)


def script_data(value: object) -> str:
    r"""Return JSON that may stand inside ``<script type="application/json">``.

    A number that is not finite has no JSON and raises `ValueError`.

    Examples
    --------
    >>> script_data({"name": "</script>サロン"})
    '{"name":"\\u003c/script>サロン"}'
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    written = written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return visible(written)


def inline_script(code: str) -> str:
    r"""Return JavaScript that cannot end or comment out the ``<script>`` it stands in.

    Examples
    --------
    >>> print(inline_script('tag = "</script>"'))
    tag = "<\/script>"
    """
    return visible(_SCRIPT_END.sub(r"<\\/", code).replace("<!--", "<\\!--"))


def inline_style(rules: str) -> str:
    r"""Return CSS that cannot end the ``<style>`` it stands in.

    Examples
    --------
    >>> print(inline_style('a { content: "</style>" }'))
    a { content: "<\/style>" }
    """
    return visible(_STYLE_END.sub(r"<\\/", rules))


def web_address(text: object) -> str | None:
    """Return an address that a link may point to: http or https with a host, nothing else.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address("www.example.org")
    ('https://example.org/a', None, None)
    """
    if not isinstance(text, str):
        return None
    address = _UNSEEN.sub("", visible(text))
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def is_secure_address(text: str) -> bool:
    """Tell whether something at an address can stand in other pages: https, and nothing behind a ``#``.

    Examples
    --------
    >>> [is_secure_address(each) for each in ("https://example.or.jp/map/", "http://example.or.jp/", "https://a/#b")]
    [True, False, False]
    """
    return web_address(text) == text and urlsplit(text).scheme == "https" and "#" not in text


def markdown_text(text: object) -> str:
    r"""Return text that may stand in a cell of a Markdown table: no markup, no HTML, one line.

    Line breaks become ``<br>``. Signs that any kind of Markdown takes for markup are escaped.

    Examples
    --------
    >>> print(markdown_text("*a* | <b>\n#1"))
    \*a\* &#124; &lt;b&gt;<br>\#1
    """
    marked = _MARKUP.sub(r"\\\g<0>", visible(str(text)).strip())
    plain = html.escape(marked, quote=False).replace("|", "&#124;")
    return "<br>".join(" ".join(line.split()) for line in plain.split("\n"))


def markdown_link(text: object, address: str) -> str:
    r"""Return a Markdown link; the address must be one that a link may point to.

    Examples
    --------
    >>> print(markdown_link("[a]", "https://example.org/(b)|c"))
    [\[a\]](https://example.org/%28b%29%7Cc)
    """
    return f"[{markdown_text(text)}]({quote(address, safe=_IN_ADDRESSES)})"


def telephone(text: object) -> str | None:
    """Return the first telephone number in a text as a ``tel:`` link wants it, or ``None``.

    Examples
    --------
    >>> telephone("０３－１２３４－５６７８（平日のみ）"), telephone("窓口で")
    ('0312345678', None)
    """
    if not isinstance(text, str):
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    found = _PHONE.search(plain)
    if not found:
        return None
    number = re.sub(r"[^0-9+]", "", found.group())
    return number if 6 <= len(number) <= 15 else None
