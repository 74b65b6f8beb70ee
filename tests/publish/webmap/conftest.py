"""A town of three places, one hostile neighbour, and a browser without a network."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from resourcemap.language import speaking
from resourcemap.measure.catalogue import load_measures
from resourcemap.model.catalog import load_catalog
from resourcemap.model.consent import release
from resourcemap.project.project import open_project
from resourcemap.publish.webmap import webmap, write_webmap
from resourcemap.publish.webmap.planning import Planning, planning_data
from tests.conftest import copy_sample
from tests.publish.webmap.stage import stage_html

HOSTILE = (
    "</script><script>document.title='pwned'</script>",
    "${alert(1)}`${document.title='pwned'}`",
    "<img src=x onerror=\"document.title='pwned'\">",
    "{{ 7*7 }}{% raw %}{# x #}",
    "<!--<script>\u2028\u2029!",
    "_0123456789abcdef0123456789abcdef",
)
CHROMIUM = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
# Each new window would load the pages of its own address bar, for more than half of what a test costs. The others are
# those that playwright turns off, since the last list of a command holds.
UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AvoidUnnecessaryBeforeUnloadCheckSync", "HttpsUpgrades"),
    *("DestroyProfileOnBrowserClose", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "HttpsFirstBalancedModeAutoEnable", "PreconnectToSearch"),
)
WEST, SOUTH = 139.70, 34.95


def place(east: float, north: float) -> shapely.Point:
    return shapely.Point(WEST + east * 0.01, SOUTH + north * 0.01)


def row(number: int, name: str, kind: str, **more: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "resource_id": f"r{number}",
        "activity_id": f"a{number}",
        "name": name,
        "kind": kind,
        "place": "venue",
        "status": "active",
        "located": "given",
        "channels": "list;map;paper",
        "geometry": None,
    }
    return usual | more


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture(scope="session")
def resources():
    """A hall with three activities, a van with two stops, one suspended, one approximate, three without a place."""
    hall = {"venue_id": "v1", "venue": "区民ひろば西", "address": "西町1番2号", "geometry": place(0.3, 0.5)}
    van = {"activity_id": "van", "place": "stop", "schedule": "毎週火曜"}
    rows = [
        row(
            0,
            "きんぎょサロン",
            "salon",
            **hall,
            schedule="毎週水曜 14時〜16時",
            audience="older",
            verified_on="2026-09-01",
        ),
        row(
            1,
            "にじ食堂",
            "kids_cafeteria",
            **hall,
            phone="０３－００００－１２３４",
            url="https://example.org/niji",
            cost="100円",
        ),
        row(2, "朝の体操", "kayoinoba", **hall, status="suspended", how_to_join="申込不要", audience_text="どなたでも"),
        row(3, "ひまわり号", "mobile_vendor", **van, venue_id="v2", venue="北団地前", geometry=place(1.2, 0.8)),
        row(4, "ひまわり号", "mobile_vendor", **van, venue_id="v3", venue="南公園前", geometry=place(1.5, 0.2)),
        row(5, "カフェ ｱｵｿﾞﾗ", "cafe", venue_id="v4", venue="青空", located="block", geometry=place(1.7, 0.6)),
        row(
            6,
            "こころの電話",
            "consultation",
            place="none",
            located="no_place",
            phone="窓口まで",
            url="javascript:alert(1)",
        ),
        row(7, "学生訪問便", "visit", place="served_area", located="no_place", serves="西町1丁目、西町2丁目"),
        row(8, "まいごサロン", "salon", located="not_found", venue="どこかの集会所", audience="older"),
        row(9, "ひみつの会", "salon", geometry=place(0.5, 0.5), channels=""),
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs="EPSG:4326")


@pytest.fixture(scope="session")
def hostile(resources):
    """The same town with hostile words in every column of text."""
    columns = ("name", "venue", "address", "schedule", "phone", "url", "serves", "cost", "how_to_join", "audience_text")
    made = resources.copy()
    for turn, column in enumerate(columns):
        words = [HOSTILE[(turn + number) % len(HOSTILE)] for number in range(len(made))]
        made[column] = words
    return made


@pytest.fixture(scope="session")
def areas():
    shapes = [
        shapely.box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01),
        shapely.box(WEST + 0.01, SOUTH, WEST + 0.02, SOUTH + 0.01),
    ]
    return gpd.GeoDataFrame(
        {"system": "圏域", "area_id": ["w", "e"], "area": ["西圏域", "東圏域"], "approximate": [False, True]},
        geometry=shapes,
        crs="EPSG:4326",
    )


@pytest.fixture(scope="session")
def placements():
    rows = [("r0", "w"), ("r1", "w"), ("r2", "w"), ("r3", "e"), ("r4", "e"), ("r5", "e"), ("r7", "w")]
    found = pd.DataFrame(rows, columns=["resource_id", "area_id"])
    none = pd.DataFrame({"resource_id": ["r6", "r8"], "area_id": None}, dtype=object)
    return pd.concat([found.astype(object), none], ignore_index=True).assign(system="圏域")


def figure(kind, measure, values, *, metres=float("nan"), sureness=("sure",) * 3):
    """Write the rows of one figure: in the west, in the east, outside."""
    known = {"salon": ("older", "audience"), "cafe": ("everyone", "everyone")}
    audience, basis = known[kind]
    named = {"kind": kind, "audience": audience, "audience_basis": basis, "other": "", "slot": "", "way": "straight"}
    return pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["w", "e", None],
            "area": ["西圏域", "東圏域", None],
            **named,
            "distance_m": metres,
            "measure": measure,
            "value": values,
            "sureness": sureness,
        }
    )


@pytest.fixture(scope="session")
def coverage():
    """Salons for older people, and cafés for everyone: nobody lives in the east as far as cafés go."""
    nothing = float("nan")
    rough = ("rough", "sure", "sure")
    tables = [
        figure("salon", "people", [400, 300, 7]),
        figure("salon", "within", [300, 0, 0], metres=500, sureness=rough),
        figure("salon", "share_within", [0.75, 0, 0], metres=500, sureness=rough),
        figure("salon", "beyond", [100, 300, 7], metres=500, sureness=rough),
        figure("salon", "nearest_median_m", [234, nothing, nothing]),
        figure("salon", "resources", [1, 0, 0]),
        figure("cafe", "people", [900, 0, 7]),
        figure("cafe", "within", [900, 0, 0], metres=500),
        figure("cafe", "share_within", [1, nothing, 0], metres=500),
        figure("cafe", "within", [900, 0, 0], metres=800),
    ]
    return pd.concat(tables, ignore_index=True)


@pytest.fixture(scope="session")
def gaps():
    return pd.DataFrame(
        {
            "system": "圏域",
            "area_id": ["e", "w"],
            "kind": "salon",
            "metres": 500,
            "sentence": ["東圏域の文。", "西圏域の文。"],
        }
    )


@pytest.fixture(scope="session")
def planning(coverage, gaps):
    """The figures and the sentences, and one salon that counts in the middle of its block."""
    return Planning(coverage=coverage, measures=load_measures(), gaps=gaps, hidden={"salon": 1})


@pytest.fixture
def written(areas, catalog):
    """Write planning layers, and read them as the page does."""
    return lambda planning: json.loads(json.dumps(planning_data(planning, areas, catalog=catalog)))


@pytest.fixture(scope="session")
def background(areas):
    blocks = areas.rename(columns={"area_id": "block_id", "area": "block"})[["block_id", "block", "geometry"]]
    river = shapely.LineString([(WEST + 0.01, SOUTH), (WEST + 0.011, SOUTH + 0.01)])
    street = [shapely.LineString([(WEST, SOUTH + 0.005), (WEST + 0.02, SOUTH + 0.005)])]
    return {
        "blocks": blocks,
        "water": gpd.GeoDataFrame({"name": ["みほん川"]}, geometry=[river.buffer(0.0003)], crs="EPSG:4326"),
        "streets": gpd.GeoDataFrame({"road": ["main"]}, geometry=street, crs="EPSG:4326"),
        "stations": gpd.GeoDataFrame({"name": ["みほん駅"]}, geometry=[place(0.9, 0.5)], crs="EPSG:4326"),
    }


@dataclass(frozen=True)
class Town:
    """Everything but the resources, to make maps with."""

    tables: dict[str, object]

    def page(self, resources, **more):
        return webmap(release(resources, "map"), **(self.tables | more))

    def write(self, resources, path, **more):
        return write_webmap(self.page(resources, **more), path)


@pytest.fixture(scope="session")
def town(catalog, areas, placements, background):
    return Town(
        {
            "catalog": catalog,
            "areas": areas,
            "placements": placements,
            "background": background,
            "title": "みほん市 地域資源マップ",
            "publisher": "みほん市社協",
            "credit": "見本データ",
            "as_of": date(2026, 11, 1),
        }
    )


@pytest.fixture(scope="session")
def sample_town(tmp_path_factory):
    """The sample project, opened and not built."""
    folder = tmp_path_factory.mktemp("town") / "みほん市"
    copy_sample(folder)
    with speaking("en"):
        return open_project(folder)


class Reader(HTMLParser):
    """Gather the tags of a page with their attributes, and the text of its data."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.data, self.inside = [], "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = dict(attrs).get("id")

    def handle_data(self, data):
        if self.inside == "rm-data":
            self.data += data

    def handle_endtag(self, _tag):
        self.inside = None


@pytest.fixture(scope="session")
def read():
    """Read the text of a page as a `Reader`."""
    return Reader


@pytest.fixture(scope="session")
def file(town, resources, tmp_path_factory):
    return town.write(resources, tmp_path_factory.mktemp("map") / "index.html")


@pytest.fixture(scope="session")
def text(file):
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def data(text):
    return json.loads(Reader(text).data)


@pytest.fixture(scope="session")
def chromium():
    """A headless browser; tests that need it are left out, and say so, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium on this machine: the map was not opened in a browser")
    with sync_api.sync_playwright() as play:
        flags = [*CHROMIUM.split(), "--no-first-run", f"--disable-features={','.join(UNUSED)}"]
        browser = play.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def stage(chromium):
    """A bare page with a map; fails when it complains."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700}, offline=True, reduced_motion="reduce")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "getImageData" not in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_content(stage_html())
    yield page
    context.close()
    assert complaints == []


@dataclass
class Opened:
    """A page in the browser, and what it complained about."""

    page: object
    complaints: list[str]


@pytest.fixture
def open_map(chromium):
    """Open a file in a browser that has no network, and fail when it asks for one or complains."""
    contexts, opened = [], []

    def _open(path, width=1280, height=800, address="", **more):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce", **more
        )
        contexts.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", lambda request: _note(request.url, complaints))
        page.on("dialog", lambda dialog: (complaints.append("dialog"), dialog.dismiss()))
        page.goto(path.as_uri() + address)
        page.locator("#rm-count").wait_for(state="attached")
        opened.append(Opened(page, complaints))
        return page

    yield _open
    complaints = [complaint for each in opened for complaint in each.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


def _note(url: str, complaints: list[str]) -> None:
    if not url.startswith(("file:", "data:")):
        complaints.append(f"request: {url}")
