"""The newsletter of a month: an issue for every area, as PDF and for Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from resourcemap.errors import first_five
from resourcemap.files import together
from resourcemap.language import either
from resourcemap.project.issues import Issues, NewsletterAsked
from resourcemap.project.report import Report
from resourcemap.publish.paper.glyphs import unprintable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from resourcemap.project.planned import Planned
    from resourcemap.publish.newsletter.sheet import Sheet

    Progress = Callable[[str, int, int], None]

FOLDER = "paper"
# The sides of a sheet of paper.
_SIDES = 2


def write_newsletters(
    project: Planned,
    month: tuple[date, date],
    folder: str | Path | None = None,
    asked: NewsletterAsked | None = None,
    *,
    progress: Progress | None = None,
) -> Report:
    """Write the newsletter of a month for one area or for all of a system.

    Only what may be shown on paper is in it, on the day of the project and still on the first day of the month.

    Parameters
    ----------
    project
        The project.
    month
        The first and the last day (`resourcemap.project.months.month_of`).
    folder
        Where the files go; ``paper`` in the project's folder when not given.
    asked
        What else is asked.
    progress
        Called before each area with its name, how many are done, and how many there are.

    Returns
    -------
    Report
        ``files`` are the PDFs and Word files; ``data`` counts pages and rows per area.

    Raises
    ------
    QuestionError
        For an area that is not there, or a file that the project reads.
    ProjectError
        When the project has no areas.
    """
    issues = Issues(project, month, asked or NewsletterAsked())
    where = project.folder / FOLDER if folder is None else Path(folder)
    names = issues.file_names()
    for name in names:
        project.require_free(where / f"{name}.pdf", "-o")
        project.require_free(where / f"{name}.docx", "-o")
    files: list[Path] = []
    told: list[dict[str, Any]] = []
    with together():
        for number, (at, name) in enumerate(zip(issues.chosen, names, strict=True)):
            area = str(issues.areas["area"].iloc[at])
            if progress is not None:
                progress(area, number, len(names))
            sheet = issues.sheet(at)
            written, fitted = issues.write(sheet, where / name)
            files += written
            told.append({"area": area, **_counts(sheet), "pages": fitted.sides, "left_out": fitted.left_out})
    return _report(issues, told, tuple(files))


def _counts(sheet: Sheet) -> dict[str, Any]:
    listed, news = sheet.data["list"], sheet.data["news"]
    return {
        "rows": len(listed["items"]) + len(listed["apart"]),
        "without_number": len(listed["apart"]),
        "news": sum(len(group["items"]) for group in news["groups"]) if news else 0,
        "unprintable": unprintable(sheet.data, sheet.language),
    }


def _report(issues: Issues, told: list[dict[str, Any]], files: tuple[Path, ...]) -> Report:
    went = {either(ja="紙面に載せられる資源", en="resources for paper"): len(issues.released.table)}
    out = {
        either(ja="通信", en="newsletters"): len(told),
        either(ja="ページ", en="pages"): sum(each["pages"] for each in told),
    }
    title = either(ja="通信", en="Newsletter")
    notes = tuple(_notes(issues, told))
    return Report("newsletter", title, went, out, notes=notes, files=files, data=told, details=tuple(_lines(told)))


def _lines(told: list[dict[str, Any]]) -> Iterator[str]:
    for each in told:
        rows, pages = each["rows"], each["pages"]
        yield either(ja=f"{each['area']}: {rows}件、{pages}ページ", en=f"{each['area']}: {rows} rows, {pages} pages")


def _notes(issues: Issues, told: list[dict[str, Any]]) -> Iterator[str]:
    nowhere = issues.in_no_area
    if nowhere and not issues.asked.areas:
        yield either(
            ja=f"どの区域にも入らない資源が{nowhere}件あり、どの通信にも載っていません。"
            "どれかは resourcemap check で分かります。",
            en=f"{nowhere} resources are in no area, so they are in no newsletter (resourcemap check tells which).",
        )
    long = [each["area"] for each in told if each["pages"] > _SIDES]
    if long:
        yield either(
            ja=f"A4の裏表に入りきらず、3ページ以上になった区域: {first_five(long)}。",
            en=f"More than two sides of A4: {first_five(long)}.",
        )
    without = [each["area"] for each in told if each["left_out"]]
    if without:
        near = sum(each["left_out"] for each in told)
        yield either(
            ja=f"A4の裏表に収めるため、「となりの圏域で近い所」{near}件をPDFから省いた区域: {first_five(without)}。"
            "Word にはあります。",
            en=f"To fit two sides of A4, the PDF names none of {near} places near by in: {first_five(without)}. "
            "The file for Word does.",
        )
    if not issues.project.settings.map.get("address"):
        yield either(
            ja="地図のQRコードは入っていません。"
            "地図をホームページに置き、そのアドレスを [map] address に書くと入ります。",
            en="There is no QR code. Put the map on the web and write where in [map] address.",
        )
    signs = list(dict.fromkeys(sign for each in told for sign in each["unprintable"]))
    if signs:
        yield either(
            ja=f"フォントにない文字を「〓」にしました（{first_five(signs)}）。",
            en=f"Characters that the font does not have are printed as 〓 ({first_five(signs)}).",
        )
    if issues.since is not None:
        yield from getattr(issues.since, "told", ())
    if issues.changes is not None and issues.changes.untold:
        yield either(
            ja=f"前号からの変化のうち{issues.changes.untold}件は、紙面に載せる承諾が両方の日付にそろっていないか、"
            "一覧から消えたため、載せていません。",
            en=f"{issues.changes.untold} changes since then are not told: consent for paper does not cover them on "
            "both dates, or their row is gone.",
        )
