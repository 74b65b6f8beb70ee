"""The rules of the house, read from the source: who imports whom, and one place for each danger."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "resourcemap"
SOURCES = sorted(HOUSE.rglob("*.py"))

GROUND = {"errors", "language", "clock", "files", "metres", "plain"}
# Each room may import itself and these.
ARROWS = {
    **dict.fromkeys(GROUND, GROUND),
    "progress": set(),
    "model": GROUND,
    "read": GROUND | {"model"},
    "geocode": GROUND | {"model"},
    "areas": GROUND | {"model"},
    "reach": GROUND | {"model"},
    "measure": GROUND | {"model", "read", "geocode", "areas", "reach"},
    "plan": GROUND | {"model", "read", "geocode", "areas", "reach", "measure"},
    "publish": GROUND | {"model"},
    "sample": GROUND | {"model"},
    "project": GROUND | {"model", "read", "geocode", "areas", "reach", "measure", "plan", "publish", "sample"},
    "cli": GROUND | {"progress", "project", "__init__"},
    "__main__": {"cli"},
}
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib", "urllib3"}
CHANCE = {"random", "secrets", "uuid"}
WRITING = {
    "hardlink_to",
    "mkdir",
    "rmdir",
    "savefig",
    "symlink_to",
    "to_excel",
    "to_feather",
    "to_file",
    "to_parquet",
    "to_pickle",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
# What publish may write without the gate: figures, which name no resource, or released ones alone in sentences (a
# plan's Situation takes its names from `Released`), and a page that webmap made.
WITHOUT_ROWS = {
    "write_coverage_csv",
    "write_figures_csv",
    "write_gaps_csv",
    "write_gaps_html",
    "write_gaps_pdf",
    "write_gaps_xlsx",
    "write_patches",
    "write_sites_csv",
    "write_progress",
    "write_progress_pdf",
    "write_standards_csv",
    "write_strengths",
    "write_webmap",
    "write_week_csv",
}


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


@lru_cache(maxsize=1)  # all trees together are large; what is asked of them is kept instead
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Facts:
    """What the rules ask of a file, read from its tree once."""

    imported: set[str]
    asked: set[str]  # methods and functions of modules that are called
    written: list[str]  # calls that write to the disk
    books: set[str]  # the files of workbooks
    beside: set[str]  # what `replacing` names


@cache
def facts(path: Path) -> Facts:
    found = calls(path)
    return Facts(
        imported(path),
        {call.func.attr for call in found if isinstance(call.func, ast.Attribute)},
        [ast.unparse(call) for call in found if writes(call)],
        {ast.unparse(call.args[0]) for call in found if last_name(call.func) == "Workbook"},
        beside(path),
    )


def last_name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at any depth, for types or not; relative imports are not used here."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms_imported(path: Path) -> set[str]:
    inside = {name.split(".")[1] for name in facts(path).imported if name.startswith("resourcemap.")}
    plain = {"__init__"} if "resourcemap" in facts(path).imported else set()
    return {room if room in ARROWS else "__init__" for room in inside} | plain


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) != "__init__"], ids=name_of)
def test_imports_run_one_way(path):
    room = room_of(path)
    assert room in ARROWS, f"{room} is new: say in ARROWS what it may import"
    assert rooms_imported(path) - {room} <= ARROWS[room]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nobody_reaches_for_the_network_or_for_chance(path):
    modules = {name.split(".")[0] for name in facts(path).imported if not name.startswith("urllib.parse")}
    assert not modules & (NETWORK | CHANCE)


@pytest.mark.parametrize("path", [path for path in SOURCES if name_of(path) != "clock.py"], ids=name_of)
def test_only_the_clock_knows_the_day(path):
    assert not {name for name in facts(path).imported if name.split(".")[0] == "time"}
    assert not facts(path).asked & {"today", "now", "utcnow"}


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) != "files"], ids=name_of)
def test_only_files_writes_to_the_disk(path):
    assert not facts(path).imported & {"shutil", "tempfile"}
    assert not facts(path).written


def writes(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open" and opens_for_writing(call.args[1:], call.keywords)
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "open":
        return opens_for_writing(call.args, call.keywords)
    if isinstance(call.func.value, ast.Name) and call.func.value.id == "os":
        return call.func.attr in ("makedirs", "remove", "rename", "replace", "truncate")
    if call.func.attr in ("to_csv", "to_json"):
        return bool(call.args)
    return call.func.attr in WRITING


def opens_for_writing(args: list[ast.expr], keywords: list[ast.keyword]) -> bool:
    modes = [*args[:1], *(keyword.value for keyword in keywords if keyword.arg == "mode")]
    return any(isinstance(mode, ast.Constant) and set("wax+") & set(str(mode.value)) for mode in modes)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_workbooks_are_written_beside_and_renamed(path):
    names = facts(path).beside
    assert facts(path).books <= {*names, *(f"str({name})" for name in names)}


def beside(path: Path) -> set[str]:
    return {
        item.optional_vars.id
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name) and ast.unparse(item.context_expr).startswith("replacing(")
    }


@pytest.mark.parametrize("path", [path for path in SOURCES if room_of(path) == "publish"], ids=name_of)
def test_what_shows_rows_takes_released_ones(path):
    functions = [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        arguments = {arg.arg: arg for arg in (*function.args.args, *function.args.kwonlyargs)}
        assert "resources" not in arguments, f"{function.name} takes resources; it must take released"
        if function.name.startswith("write_") and function.name not in WITHOUT_ROWS:
            first = function.args.args[0]
            assert first.annotation is not None
            assert (first.arg, ast.unparse(first.annotation)) == ("released", "Released")


def test_the_command_line_starts_without_the_heavy_libraries():
    heavy = ["folium", "geopandas", "numpy", "pandas", "pyproj", "rich", "shapely", "xlsxwriter"]
    code = f"import sys, resourcemap.cli; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = PROJECT["project"]["dependencies"]
REQUIRED = [
    *NEEDED,
    *PROJECT["build-system"]["requires"],
    *(each for group in PROJECT["project"]["optional-dependencies"].values() for each in group),
    *(each for group in PROJECT["dependency-groups"].values() for each in group),
]
# A bound on time zones would keep old ones.
UNBOUND = {"tzdata"}
# What a plain install brings on Linux, ourselves apart. A package more is a decision: say so here.
PACKAGES = 49


@pytest.mark.parametrize("text", sorted(set(REQUIRED)))
def test_every_dependency_has_a_range(text):
    required = Requirement(text)
    operators = {each.operator for each in required.specifier}
    assert operators == {">="} if required.name in UNBOUND else operators == {">=", "<"}


def test_a_plain_install_stays_small():
    brought: set[str] = set()
    waiting = [Requirement(text) for text in NEEDED]
    while waiting:
        required = waiting.pop()
        name = canonicalize_name(required.name)
        if name in brought or (required.marker and not required.marker.evaluate({"extra": ""})):
            continue
        brought.add(name)
        waiting += [Requirement(text) for text in distribution(name).requires or ()]
    assert len(brought) <= PACKAGES, sorted(brought)


def test_the_ground_is_where_the_dangers_are():
    assert {room_of(path) for path in SOURCES} >= GROUND


WHOLE = ("test_house.py", "test_docs.py", "test_readme.py")
TESTS = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if path.name not in WHOLE]
# Tests of whole subjects: the sample city, the project in it, and real data.
SUBJECTS = ("nasty", "real", "sample", "sample_project")


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_test_file_stands_where_its_module_does(path):
    folder = path.relative_to(ROOT / "tests").parent
    if folder.parts[:1] and folder.parts[0] in SUBJECTS:
        return
    words = path.stem.removeprefix("test_").split("_")
    modules = [HOUSE / folder / "_".join(words[:end]) for end in range(len(words), 0, -1)]
    assert any(module.with_suffix(".py").is_file() or (module / "__init__.py").is_file() for module in modules)
