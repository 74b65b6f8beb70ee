"""What a page may do: run its own scripts, and nothing that is not written here."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from resourcemap.publish.escape import html_text
from resourcemap.publish.webmap.words import tag_of

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def document(content: str, *, title: str, language: str, policy: str) -> str:
    """Put the head of every page of ours before its content, which goes on inside ``<head>``.

    Examples
    --------
    >>> page = document("</head><body></body></html>", title="<地図>", language="ja", policy="default-src 'none'")
    >>> "<title>&lt;地図&gt;</title>" in page, page.index("Content-Security-Policy") < page.index("<title>")
    (True, True)
    """
    return (
        f'<!DOCTYPE html>\n<html lang="{html_text(tag_of(language))}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html_text(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{html_text(title)}</title>\n{content}'
    )


def policy_of(content: str, *, images_from: str = "", style_attributes: bool = False) -> str:
    """Write a Content-Security-Policy: exactly the scripts and styles of the page, images inside it, nothing else.

    Parameters
    ----------
    content
        The page, complete but for its head.
    images_from
        A host such as ``https://example.org`` whose images may be shown as well.
    style_attributes
        Whether elements may carry a ``style``, as popups of Folium do.

    Examples
    --------
    >>> policy_of("<script>1</script>").split("; ")[:2]
    ["default-src 'none'", "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"]
    """
    scripts = [code for attributes, code in _SCRIPT.findall(content) if "application/json" not in attributes]
    styles = styles_in(content)
    rules = [
        "default-src 'none'",
        f"script-src {_hashes(scripts)}",
        f"style-src {_hashes(styles)}",
        f"img-src data: {images_from}".rstrip(),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if any("data:font" in style for style in styles):
        rules.append("font-src data:")
    if style_attributes:
        rules.append("style-src-attr 'unsafe-inline'")
    return "; ".join(rules)


def styles_in(content: str) -> list[str]:
    """Return what stands in the ``<style>`` elements of a page.

    Examples
    --------
    >>> styles_in("<style>a {}</style><p></p>")
    ['a {}']
    """
    return _STYLE.findall(content)


def _hashes(parts: list[str]) -> str:
    return " ".join(f"'sha256-{_digest(part)}'" for part in dict.fromkeys(parts)) or "'none'"


@lru_cache(maxsize=64)
def _digest(part: str) -> str:
    return base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
