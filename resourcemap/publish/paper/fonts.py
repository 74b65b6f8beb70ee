"""Fonts that come by pip, for each language on paper; those of the system are never asked."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from resourcemap.errors import InputError
from resourcemap.language import either

if TYPE_CHECKING:
    from pathlib import Path

JAPANESE = "Noto Sans JP"
# The package with the font of a language, and the family it holds; all other languages use the Japanese one.
_PACKAGES = {"ko": ("pylopdf_fonts_ko", "Noto Sans KR"), "zh": ("pylopdf_fonts_zh_cn", "Noto Sans SC")}
_JAPANESE_PACKAGE = "pylopdf_fonts_jp"


def families(language: str) -> list[str]:
    """Name the fonts of a language, the first before the others; what people wrote in Japanese is always covered.

    Raises
    ------
    InputError
        When the font of a language is not installed.

    Examples
    --------
    >>> families("ja"), families("en")
    (['Noto Sans JP'], ['Noto Sans JP'])
    """
    own = _PACKAGES.get(language)
    if own is None:
        return [JAPANESE]
    package, family = own
    if find_spec(package) is None:
        raise InputError(
            either(
                ja=f"「{language}」の文字を印刷するフォントがありません。"
                'pip install "resourcemap[languages]" で入れてから、もう一度実行してください。',
                en=f"There is no font for language {language!r} on paper. "
                'Run pip install "resourcemap[languages]", then again.',
            )
        )
    return [family, JAPANESE]


@cache
def font_folders(language: str) -> tuple[Path, ...]:
    """Return the folders that hold the fonts of a language.

    Examples
    --------
    >>> [folder.name for folder in font_folders("ja")]
    ['pylopdf_fonts_jp']
    """
    packages = [_JAPANESE_PACKAGE] if len(families(language)) == 1 else [_PACKAGES[language][0], _JAPANESE_PACKAGE]
    return tuple(import_module(package).sans_path().parent for package in packages)
