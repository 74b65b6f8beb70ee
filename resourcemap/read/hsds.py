"""Open Referral HSDS 1 and 3: data packages of CSV files (folder or ZIP) and JSON, one row per service and location."""

from __future__ import annotations

import csv
import io
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from resourcemap.errors import InputError
from resourcemap.language import either
from resourcemap.plain import from_csv
from resourcemap.read.cells import as_text
from resourcemap.read.delimited import decode
from resourcemap.read.entries import left_aside
from resourcemap.read.grid import Grid
from resourcemap.read.guard import check_size, open_zip, parse_json, read_member
from resourcemap.read.hsds_index import Index
from resourcemap.read.hsds_values import take_own_values
from resourcemap.read.hsds_words import schedule_words, validity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from resourcemap.read.formats import Reader

Row = dict[str, str]
Package = dict[str, list[Row]]

# Our name for each table, and what files and fields of both generations call it.
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("service", "services"),
    "organization": ("organization", "organizations"),
    "location": ("location", "locations"),
    "service_at_location": ("service_at_location", "service_at_locations", "services_at_location"),
    "address": ("address", "addresses", "physical_address", "physical_addresses", "postal_address", "postal_addresses"),
    "phone": ("phone", "phones"),
    "contact": ("contact", "contacts"),
    "language": ("language", "languages"),
    "schedule": ("schedule", "schedules", "regular_schedule", "regular_schedules"),
    "holiday": ("holiday_schedule", "holiday_schedules"),
    "accessibility": ("accessibility", "accessibility_for_disabilities"),
    "service_area": ("service_area", "service_areas"),
    "eligibility": ("eligibility", "eligibilities"),
    "cost_option": ("cost_option", "cost_options"),
    "required_document": ("required_document", "required_documents"),
    "taxonomy_term": ("taxonomy_term", "taxonomy_terms", "taxonomy"),
    "attribute": ("attribute", "attributes", "service_taxonomy", "services_taxonomy"),
    "program": ("program", "programs"),
}
_TABLE_OF = {word: table for table, words in _TABLES.items() for word in words}
# Words for what stands in our columns only as a list of ids (facilities), or is a code.
_ACCESSIBILITY = {
    "disabled_parking": "駐車場",
    "elevator": "エレベーター",
    "ramp": "スロープ",
    "restroom": "車いす用トイレ",
    "wheelchair": "車いす可",
    "deaf_interpreter": "手話通訳",
}
_STATUS = {"active": "active", "inactive": "休止", "defunct": "終了", "temporarily closed": "休止"}
_PLACE = {"virtual": "オンライン", "physical": "会場"}
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
_DEEPEST = 20
_TAKEN = frozenset(
    {"id", "organization_id", "program_id", "name", "description", "url", "email", "status", "application_process"}
    | {"fees", "fees_description", "assured_date", "eligibility_description", "minimum_age", "maximum_age"}
    | {"taxonomy_ids"}
)


def is_hsds_folder(path: Path) -> bool:
    """Tell whether a path is a folder with the files of a data package.

    Examples
    --------
    >>> from pathlib import Path
    >>> is_hsds_folder(Path("no such folder"))
    False
    """
    return path.is_dir() and any((path / f"{name}.csv").is_file() for name in _TABLES["service"])


def hsds_folder(path: Path, *, sheet: str | None = None) -> list[Grid]:  # noqa: ARG001
    r"""Read a folder of CSV files.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "services.csv").write_text("id,name,status\ns1,相談,active\n", encoding="utf-8")
    >>> hsds_folder(folder)[0].rows
    [['activity_id', 'resource_id', '名称', '状態'], ['s1', 's1', '相談', 'active']]
    """
    files = {each.name: each for each in sorted(path.iterdir()) if each.suffix.lower() == ".csv"}

    def read(name: str) -> bytes:
        check_size(files[name])
        return files[name].read_bytes()

    return [_grid(_package(files, read, path.name), path.name)]


def hsds_zip(path: Path) -> Reader | None:
    """Return a reader for a ZIP when it holds a data package.

    Examples
    --------
    >>> import tempfile, zipfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.zip"
    >>> with zipfile.ZipFile(path, "w") as made:
    ...     made.writestr("roads.shp", "")
    >>> hsds_zip(path) is None
    True
    """
    with open_zip(path) as archive:
        stems = {PurePosixPath(name).stem.lower() for name in archive.namelist() if name.lower().endswith(".csv")}
    return _read_zip if stems & set(_TABLES["service"]) else None


def hsds_json(path: Path, *, sheet: str | None = None) -> list[Grid]:  # noqa: ARG001
    """Read JSON of HSDS 3: services, organizations or services at locations, one, a list or a page of them.

    Given the datapackage.json of a folder, the folder is read.

    Raises
    ------
    InputError
        When the file is no such JSON.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "a.json"
    >>> _ = path.write_text('{"id": "s1", "name": "Food", "status": "active", "service_at_locations": []}')
    >>> hsds_json(path)[0].rows[1]
    ['s1', 's1', 'Food', 'active']
    """
    check_size(path)
    if path.name == "datapackage.json" and is_hsds_folder(path.parent):
        return hsds_folder(path.parent)
    content = parse_json(decode(path.read_bytes(), where=path.name), where=path.name)
    if isinstance(content, dict) and isinstance(content.get("contents"), list):
        content = content["contents"]
    items = content if isinstance(content, list) else [content]
    package: Package = {}
    for item in items:
        if not isinstance(item, dict) or not {"id", "name", "service", "services"} & set(item):
            raise InputError(_no_hsds(path.name))
        kind = "service_at_location" if "service" in item else "organization" if "services" in item else "service"
        _add(package, kind, item, {}, depth=0)
    if not package.get("service"):
        raise InputError(_no_hsds(path.name))
    return [_grid(package, path.name)]


def _read_zip(path: Path, *, sheet: str | None = None) -> list[Grid]:  # noqa: ARG001
    with open_zip(path) as archive:
        files = {PurePosixPath(name).name: name for name in archive.namelist() if name.lower().endswith(".csv")}
        package = _package(files, lambda name: read_member(archive, files[name], where=path.name), path.name)
    return [_grid(package, path.name)]


def _package(files: Iterable[str], read: Callable[[str], bytes], where: str) -> Package:
    package: Package = {}
    for file in files:
        stem = PurePosixPath(file).stem.lower()
        if stem not in _TABLE_OF:
            continue
        text = decode(read(file), where=f"{where}/{file}")
        try:
            rows = [
                {str(name).strip(): from_csv(value.strip()) for name, value in row.items() if isinstance(value, str)}
                for row in csv.DictReader(io.StringIO(text, newline=""))
            ]
        except csv.Error as error:
            raise InputError(
                either(
                    ja=f"{where}/{file}: CSVとして読めません（{error}）。",
                    en=f"{where}/{file}: cannot be read as CSV ({error}). Export it again.",
                )
            ) from error
        if "_address" in stem:
            rows = [{"address_type": stem.partition("_")[0]} | row for row in rows]
        package.setdefault(_TABLE_OF[stem], []).extend(rows)
    return package


def _add(package: Package, table: str, item: Mapping[str, Any], links: Row, *, depth: int) -> str:
    """Put an object of JSON and what hangs on it into the tables; return its id."""
    if depth > _DEEPEST:
        return ""
    row = {name: as_text(value) for name, value in item.items() if not isinstance(value, (dict, list))} | links
    id_ = row.setdefault("id", f"#{len(package.get(table, []))}")
    known = {each["id"] for each in package.get(table, [])} if table in ("organization", "location") else set()
    if id_ not in known:
        package.setdefault(table, []).append(row)
    for name, value in item.items():
        inner = _TABLE_OF.get(name)
        if inner is None:
            continue
        if isinstance(value, dict):
            row[f"{inner}_id"] = _add(package, inner, value, {}, depth=depth + 1)
        link = {"link_id": id_} if inner == "attribute" else {f"{table}_id": id_}
        for each in value if isinstance(value, list) else ():
            if isinstance(each, dict):
                _add(package, inner, each, link, depth=depth + 1)
    return id_


def _grid(package: Package, where: str) -> Grid:
    """Join services and locations; only columns that say something stay."""
    if not package.get("service"):
        raise InputError(_no_hsds(where))
    rows, used = [], set()
    own = take_own_values(package)
    places: dict[str, list[Row]] = {}
    for link in package.get("service_at_location", []):
        places.setdefault(link.get("service_id", ""), []).append(link)
    index = Index(package)
    locations = index.by_id("location")
    for service in _once(package["service"]):
        for link in _once(places.get(service.get("id", ""), [])) or [{}]:
            location = locations.get(link.get("location_id", ""), {})
            used.add(location.get("id", ""))
            joined = _Joined(index, service, link, location).row()
            rows.append(joined | own.get(link.get("id") or service.get("id", ""), {}))
    headings = [
        name for name in dict.fromkeys(name for row in rows for name in row) if any(row.get(name) for row in rows)
    ]
    reason = either(ja="サービスのない場所", en="a location without a service")
    aside = [
        left_aside(where, None, None, None, location.get("name", ""), reason)
        for id_, location in locations.items()
        if id_ not in used
    ]
    table = [headings, *([row.get(name, "") for name in headings] for row in rows)]
    return Grid(where, None, table, first=0, aside=aside)


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({row.get("id", ""): row for row in rows}.values())


class _Joined:
    """One service at one location, and what hangs on either."""

    def __init__(self, index: Index, service: Row, link: Row, location: Row) -> None:
        self.index = index
        self.service = service
        self.link = link
        self.location = location
        self.organization = index.by_id("organization").get(service.get("organization_id", ""), {})

    def row(self) -> Row:
        service, location = self.service, self.location
        schedules = self._nearest("schedule")
        valid_from, valid_to = validity(schedules)
        return {
            "activity_id": service.get("id", ""),
            "resource_id": self.link.get("id") or service.get("id", ""),
            "名称": service.get("name", ""),
            "種類": self._kind(),
            "運営団体": self.organization.get("name", ""),
            "会場": location.get("name", ""),
            **self._address(),
            "緯度": location.get("latitude", ""),
            "経度": location.get("longitude", ""),
            "場所の形": self._place(),
            "対象地域": self._texts(self._of_service("service_area"), "service_area", "name"),
            "開催日時": schedule_words(schedules, self._nearest("holiday")),
            "状態": _STATUS.get(service.get("status", "").lower(), service.get("status", "")),
            "対象": self._audience(),
            "費用": self._cost(),
            "申込方法": service.get("application_process", ""),
            "電話": self._phones(self._nearest("phone")),
            "ホームページ": service.get("url") or location.get("url") or self.organization.get("url", ""),
            "内容": service.get("description", ""),
            "設備": self._facilities(),
            "対応言語": self._texts(self._nearest("language"), "language", "name", "code"),
            "開始日": valid_from,
            "終了日": valid_to,
            "最終確認日": service.get("assured_date", ""),
            "担当者": self._contacts(),
            "メール": service.get("email") or self.organization.get("email", ""),
            "accessibility_as_written": self._texts(self._of_location("accessibility"), "accessibility", "description"),
            "service_at_location_description": self.link.get("description", ""),
            "required_documents": self._texts(self._of_service("required_document"), "document"),
            **{f"location_{name}": location.get(name, "") for name in ("description", "transportation")},
            **{f"service_{name}": text for name, text in service.items() if name not in _TAKEN},
        }

    def _nearest(self, table: str) -> list[Row]:
        """Return what hangs on this service at this location, else on the service, the location, the organization."""
        link, service, location = (each.get("id", "") for each in (self.link, self.service, self.location))
        organization = self.organization.get("id", "")
        at = self.index.at
        levels: tuple[Callable[[], list[Row]], ...] = (
            lambda: at(table, "service_at_location_id", link) if link else [],
            lambda: [row for row in at(table, "service_id", service) if row.get("location_id", "") in ("", location)],
            lambda: [row for row in at(table, "location_id", location) if location and not row.get("service_id")],
            lambda: [
                row
                for row in at(table, "organization_id", organization)
                if organization and not (row.get("service_id") or row.get("location_id"))
            ],
        )
        for level in levels:
            if found := [row for row in level() if table != "phone" or _is_of_no_contact(row)]:
                return found
        return []

    def _of_service(self, table: str) -> list[Row]:
        id_ = self.service.get("id")
        return self.index.at(table, "service_id", id_) if id_ else []

    def _of_location(self, table: str) -> list[Row]:
        id_ = self.location.get("id")
        return list(self.index.at(table, "location_id", id_)) if id_ else []

    def _texts(self, rows: Iterable[Row], *names: str) -> str:
        """Join the first filled of the named fields of each row, each text once."""
        texts = [next((row[name] for name in names if row.get(name)), "") for row in rows]
        return "、".join(dict.fromkeys(filter(None, texts)))

    def _kind(self) -> str:
        terms = self.index.by_id("taxonomy_term")
        id_ = self.service.get("id", "")
        fields = ("service_id", "link_id") if id_ else ()
        attributes = [row for field in fields for row in self.index.at("attribute", field, id_)]
        ids = [row.get("taxonomy_term_id") or row.get("taxonomy_id", "") for row in attributes]
        ids += self.service.get("taxonomy_ids", "").split(",")
        return self._texts((terms.get(id_.strip(), {}) for id_ in ids), "name")

    def _address(self) -> Row:
        rows = self._of_location("address")
        rows.sort(key=lambda row: row.get("address_type", "") != "physical")
        if not rows or rows[0].get("address_type") == "virtual":
            return {}
        row = rows[0]
        lines = [row.get(f"address_{number}", "") for number in (1, 2, 3, 4)]
        rest = {"郵便番号": row.get("postal_code", ""), "attention": row.get("attention", "")}
        if _JAPANESE.search("".join([*lines, row.get("city", "")])):
            first = {"都道府県": row.get("state_province", ""), "市区町村": row.get("city", "")}
            return first | {"住所": lines[0], "建物名": " ".join(filter(None, lines[1:]))} | rest
        names = ("city", "region", "state_province", "postal_code", "country")
        return {"住所": ", ".join(filter(None, [*lines, *(row.get(name, "") for name in names)]))} | rest

    def _place(self) -> str:
        if self.location:
            return _PLACE.get(self.location.get("location_type", "").lower(), "")
        return "地域" if self._of_service("service_area") else ""

    def _audience(self) -> str:
        said = self.service.get("eligibility_description") or self._texts(
            self._of_service("eligibility"), "eligibility"
        )
        first, last = (self.service.get(name, "") for name in ("minimum_age", "maximum_age"))
        ages = (
            f"{first}〜{last}歳" if first and last else f"{first}歳以上" if first else f"{last}歳以下" if last else ""
        )
        return "、".join(filter(None, (said, ages)))

    def _cost(self) -> str:
        if said := self.service.get("fees_description") or self.service.get("fees", ""):
            return said
        rows = self._of_service("cost_option")
        names = ("option", "amount", "currency", "amount_description")
        return "、".join(" ".join(filter(None, (row.get(name, "") for name in names))) for row in rows)

    def _phones(self, rows: Iterable[Row]) -> str:
        texts = []
        for row in rows:
            number = row.get("number", "").strip('"')
            kind = row.get("type", "").lower()
            more = f"（内線{row['extension']}）" if row.get("extension") else ""
            texts.append(f"{'FAX ' if kind == 'fax' else ''}{number}{more}" if number else "")
        return "、".join(dict.fromkeys(filter(None, texts)))

    def _contacts(self) -> str:
        """Name the contacts with their own addresses and phones; all of this stays in the office."""
        texts = []
        for row in self._nearest("contact"):
            phones = self.index.at("phone", "contact_id", row["id"]) if row.get("id") else []
            parts = [row.get(name, "") for name in ("name", "title", "department", "email")]
            texts.append(" ".join(filter(None, [*parts, self._phones(phones)])))
        return "、".join(dict.fromkeys(filter(None, texts)))

    def _facilities(self) -> str:
        rows = self._of_location("accessibility")
        texts = [_ACCESSIBILITY.get(row.get("accessibility", ""), row.get("accessibility", "")) for row in rows]
        texts += [row.get("description", "") for row in rows]
        if said := self.service.get("interpretation_services"):
            texts.append(f"通訳: {said}")
        return "、".join(dict.fromkeys(filter(None, texts)))


def _is_of_no_contact(phone: Row) -> bool:
    """Tell whether a phone hangs on more than a contact: a contact's own phone stays with the contact."""
    links = ("service_at_location_id", "service_id", "location_id", "organization_id")
    return not phone.get("contact_id") or any(phone.get(link) for link in links)


def _no_hsds(where: str) -> str:
    return either(
        ja=f"{where}: 知らない形のJSON・データパッケージです。読めるのは GeoJSON、uMap、Open Referral HSDS 1.1・3.0"
        "（services のあるもの）です。",
        en=f"{where}: JSON or a data package of a kind that is not known. Known: GeoJSON, uMap, Open Referral HSDS "
        "1.1 and 3.0 with services.",
    )
