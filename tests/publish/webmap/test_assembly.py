"""Small scripts and styles say exactly what the long ones say."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import rcssmin
import rjsmin
import tree_sitter_javascript
from tree_sitter import Language, Parser

from resourcemap.model.consent import release
from resourcemap.publish.webmap import webmap, write_webmap
from resourcemap.publish.webmap.assembly import script, style
from resourcemap.publish.webmap.page import SCRIPTS, STYLES

STATIC = files("resourcemap.publish.webmap") / "static"


def read(name):
    return (STATIC / name).read_text(encoding="utf-8")


def tokens(code):
    """Read the words of a script with a parser of the language; comments and the space between words are none."""
    tree = Parser(Language(tree_sitter_javascript.language())).parse(code.encode())
    assert not tree.root_node.has_error
    return list(leaves(tree.root_node))


def leaves(node):
    if node.type == "comment":
        return
    if not node.children or node.type in ("string", "regex"):
        yield node.text.decode()
    elif node.type == "template_string":
        yield from texts(node)
    else:
        for child in node.children:
            yield from leaves(child)


def texts(template):
    """Give the texts of a template, which are what lies between its substitutions, and the words inside these."""
    at = template.start_byte
    for child in template.named_children:
        if child.type == "template_substitution":
            yield template.text[at - template.start_byte : child.start_byte - template.start_byte].decode()
            yield from leaves(child)
            at = child.end_byte
    yield template.text[at - template.start_byte :].decode()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_small_script_has_the_same_words(name):
    code = read(f"{name}.js")
    small = rjsmin.jsmin(code)
    assert tokens(small) == tokens(code)
    assert len(small) < len(code)


def test_strings_expressions_and_templates_keep_their_spaces():
    code = 'a = "x  // y"; b = `1  ${c ? "2  3" : 4}  /* 5 */`; d.replace(/  e  \\/  f/g, ""); return /  g/.test(h);'
    assert tokens(rjsmin.jsmin(code)) == tokens(code)


def test_the_test_would_see_what_the_library_cannot_read():
    regex = "f = (x) => /a  b/.test(x);"
    assert tokens(rjsmin.jsmin(regex)) != tokens(regex)
    template = "a = `x  ${b ? `y  z` : c}  w`;"
    assert tokens(rjsmin.jsmin(template)) != tokens(template)


def test_all_scripts_together_are_at_most_four_fifths():
    whole = sum(len(read(f"{name}.js").encode()) for name in SCRIPTS)
    assert len(script(SCRIPTS).encode()) < 0.8 * whole
    assert script(SCRIPTS) is script(SCRIPTS)


def test_what_every_map_carries_leaves_room_below_350_kb(catalog, resources, tmp_path):
    nothing = release(resources.assign(channels=""), "map")
    path = write_webmap(webmap(nothing, catalog=catalog, title="x"), tmp_path / "x.html")
    assert path.stat().st_size < 345_000


@pytest.mark.browser
def test_a_browser_reads_the_same_rules(chromium):
    page = chromium.new_page()
    page.set_content("<style></style>")
    rules = """(text) => {
        document.querySelector("style").textContent = text;
        return [...document.styleSheets[0].cssRules].map((rule) => rule.cssText);
    }"""
    long = "\n".join(read(f"{name}.css") for name in STYLES)
    read_by_browser = [page.evaluate(rules, text) for text in (style(STYLES), long)]
    small, whole = ([re.sub(r",\s+", ",", rule) for rule in found] for found in read_by_browser)
    assert small == whole
    assert rcssmin.cssmin(style(STYLES)) == style(STYLES)
    page.close()
