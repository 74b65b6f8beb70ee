"""What single cells of a resource mean: capacity, status, the form of its place, its schedule."""

from __future__ import annotations

import re
import unicodedata

_UNLIMITED = re.compile(
    r"^(定員)?(なし|無し|無|制限なし|制限無し|特になし|定めなし|設けない|不定|応相談|none|unlimited)$"
)
_RANGE = re.compile(r"(\d+)\s*[人名]?\s*[〜～~\-–−ー]\s*(\d+)")
_COUNT = re.compile(r"\d+")
_TIME = re.compile(r"\d\s*[:：時]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_MEETS = r"活動|実施|開催|開設|開所|開館|開店|開園|営業|運営|稼働|提供|継続"
_PAUSED = r"休止|休業|休会|休館|休園|休所|休校|休講|閉室|中止|中断|停止|休み|お休み"
_CLOSED = r"終了|閉店|閉所|閉鎖|閉館|閉会|閉園|廃止|廃業|廃園|解散|撤退"
_OPENS = r"(?:新規)?(?:開設|開所|開館|開店|開園|開業|開始|立ち?上げ|オープン)"
# Days off that do not stop a thing, and days off of which there are none.
_DAYS_OFF = re.compile(
    r"(?:[月火水木金土日]曜日?|土日祝?日?|祝祭?日|平日|夏[季期]?|冬[季期]?|お?盆|年末年始|正月|[\d・、,～〜~-]+月|定期?)"
    r"(?:は|の|も|中|のみ)?お?休(?:み|館|業日|日)|(?:お?休み|休[止業館]日?|定休日?)(?:は)?(?:なし|無し?|ありません)"
)
_IN_BRACKETS = re.compile(r"[(（\[【「].*?[)）\]】」]")
_PAUSED_NOW = re.compile(r"(?:休[止業会館園所講]|お?休み|中断|停止|自粛|見合わ?せ)中")
# The first that is found counts: what denies comes before the words that it denies.
_STATUS = (
    (re.compile(rf"(?:{_CLOSED}|休止)(?:予定|未定|時期未定)"), "active"),
    (re.compile(r"再開(?!.{0,3}(予定|未定|時期|検討|見込|しない|せず))"), "active"),
    (
        re.compile(
            rf"見合わ?せ|見送り|自粛|延期|未(?:{_MEETS}|再開|オープン)|非(?:{_MEETS})"
            rf"|(?:{_MEETS})(?:を|は|も|して|されて|が)?(?:い?ない|い?ません|おらず|おりません|せず|しない|しません|なし|無し?"
            rf"|未定|できず|できない|不可)"
        ),
        "suspended",
    ),
    (re.compile(rf"{_OPENS}.{{0,3}}(?:予定|準備|検討|計画|見込)|準備中|計画中|検討中"), "suspended"),
    (re.compile(rf"{_PAUSED}|再開|suspended|paused"), "suspended"),
    (re.compile(rf"{_CLOSED}|ended|closed"), "ended"),
    (
        re.compile(
            rf"(?:{_MEETS}|募集)(?:中|し|す|さ|あり|有り?|予定|可|日あり|$)"
            r"|利用可|通常|通年|常時|随時|予定|現役|あり|変更なし|^有$|^[○◯〇◎]$|active|open"
        ),
        "active",
    ),
)
_NAMED_SO = re.compile(
    rf"[(（\[【〔<＜《](?:※|現在|ただ今|ただいま|一時|当面|当分|臨時|無期限|の?間|[^()\[\]【】〔〕<>]{{1,12}}(?:のため|により)|\s)*"
    rf"(?:(?P<ended>{_CLOSED})|(?P<suspended>{_PAUSED}|{_OPENS}予定|準備中|活動自粛|見合わせ))"
    r"(?:中|済み?|しました|しています|です|\s)*[)）\]】〕>＞》]"
)
_REMOTE_ONLY = re.compile(r"(?:オンライン|電話|zoom|リモート|web)(?:で|による)?(?:の)?(?:活動|開催|実施)?のみ")
_YES = frozenset({"○", "◯", "〇", "有", "あり", "1", "true", "yes", "該当", "休止", "✓", "レ"})
_NO = frozenset({"×", "無", "なし", "0", "false", "no", "非該当"})
_PLACES = (
    (
        re.compile(
            r"オンライン|online|電話|phone|zoom|web|郵送|^(場所|会場|施設)?[はが]?(なし|無し?|ない|ありません|none)$"
        ),
        "none",
    ),
    (re.compile(r"停留所|停車|巡回|移動販売|^stop$|ルート"), "stop"),
    (re.compile(r"訪問|出張|出前|宅配|配達|区域|地域|(利用者|参加者|ご|お)の?自宅|served_area"), "served_area"),
    (re.compile(r"会場|自宅|民家|個人|施設|場所|建物|店舗|拠点|通所|来所|venue|有|あり|屋外|公園"), "venue"),
)
_BELOW_ZERO = re.compile(r"[-−‐△▲]\s*\d+(\.0)?\s*[人名]?$")
_SHARE_OF_A_DAY = re.compile(r"0?\.\d+")
_REMOTE = re.compile(
    r"オンライン|online|zoom|電話(相談|サロン|のみ|で(の|お話|実施|開催))|テレビ電話|ライン通話", re.IGNORECASE
)


def read_capacity(text: str) -> tuple[int | None, bool]:
    """Read how many people there is room for: the number, if any, and whether the cell was understood.

    Of a range the larger number counts. Several numbers, and numbers below 0, are not understood.

    Examples
    --------
    >>> read_capacity("４０人"), read_capacity("15～20名程度"), read_capacity("定員なし")
    ((40, True), (20, True), (None, True))
    >>> read_capacity("A室10名、B室5名"), read_capacity("-3")
    ((None, False), (None, False))
    """
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not plain or _UNLIMITED.match(plain):
        return None, True
    if _BELOW_ZERO.match(plain):
        return None, False
    if match := _RANGE.search(plain):
        plain = plain.replace(match[0], match[2])
    counts = _COUNT.findall(plain.removesuffix(".0"))
    return (int(counts[0]), True) if len(counts) == 1 else (None, False)


def read_status(text: str, *, heading: str = "") -> str | None:
    """Read a status word: active, suspended or ended; blank is active, an unknown word ``None``.

    What is not open yet (準備中, 開設予定) counts as suspended: it is there to know of, and does not meet. Below a
    heading that itself asks 休止 or 終了, a mere ○ means yes, it is.

    Examples
    --------
    >>> read_status("休止中"), read_status("令和5年度で終了"), read_status(""), read_status("○", heading="休止")
    ('suspended', 'ended', 'active', 'suspended')
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not plain or plain in _NO:
        return "active"
    asked = "suspended" if heading.startswith("休止") else "ended" if heading.startswith("終了") else "active"
    if plain in _YES:
        return asked if plain != "休止" else "suspended"
    meant = _DAYS_OFF.sub("", plain)
    outside = _IN_BRACKETS.sub("", meant).strip() or meant
    if not outside:
        return "active"
    if _PAUSED_NOW.search(meant):
        return "suspended"
    found = (status for text in (outside, meant) for pattern, status in _STATUS if pattern.search(text))
    return next(found, None)


def status_in_name(name: str) -> str | None:
    """Read a status that stands in brackets in a name, or return ``None``.

    Examples
    --------
    >>> status_in_name("本町学園（休園中）"), status_in_name("みどり会【解散】"), status_in_name("サロン（本町）")
    ('suspended', 'ended', None)
    """
    found = _NAMED_SO.search(unicodedata.normalize("NFKC", name))
    return None if found is None else "ended" if found["ended"] else "suspended"


def meets_only_remotely(status: str) -> bool:
    """Tell whether a status says that people meet by telephone or online alone, so that nobody can go there.

    Examples
    --------
    >>> meets_only_remotely("オンラインのみ実施"), meets_only_remotely("活動中")
    (True, False)
    """
    return bool(_REMOTE_ONLY.search(unicodedata.normalize("NFKC", status).lower()))


def read_place(text: str) -> str | None:
    """Read the form of a place: venue, stop, served_area or none; ``None`` when the word is unknown.

    Examples
    --------
    >>> read_place("停留所"), read_place("訪問"), read_place("電話・オンライン"), read_place("場所なし")
    ('stop', 'served_area', 'none', 'none')
    >>> read_place("会場あり"), read_place("？")
    ('venue', None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return next((place for pattern, place in _PLACES if pattern.search(plain)), None)


def likely_place(*, kind: str, where: str, address: str, serves: str, said: str) -> str:
    """Say what form of place a resource has whose cell is blank.

    Parameters
    ----------
    kind
        The id of its kind.
    where, address
        Its venue, and its address (or a word for its point).
    serves
        The area it serves.
    said
        Its name, schedule and description.

    Examples
    --------
    >>> likely_place(kind="visit", where="", address="", serves="市内全域", said="")
    'served_area'
    >>> likely_place(kind="salon", where="", address="", serves="", said="オンラインサロン")
    'none'
    """
    if serves and (kind == "visit" or not (where or address)):
        return "served_area"
    if not address and _REMOTE.search(f"{where} {said}"):
        return "none"
    if kind == "mobile_vendor" and (where or address):
        return "stop"
    return "venue"


def join_schedule(*, schedule: str, days: str, start: str, end: str, note: str) -> str:
    """Join what a file says in several columns to one schedule text.

    What two columns both say stands in brackets, so that it is read as the same thing said twice.

    Examples
    --------
    >>> join_schedule(schedule="", days="水曜", start="14:00", end="16:00", note="8月休み")
    '水曜 14:00～16:00（8月休み）'
    >>> join_schedule(schedule="第2水曜 14時", days="水", start="14:00", end="16:00", note="")
    '第2水曜 14時（水）（14:00～16:00）'
    """
    start, end = _clock(start), _clock(end)
    times = f"{start}～{end}" if start or end else ""
    main = f"{schedule}（{days}）" if schedule and days and days != schedule else schedule or days
    if times:
        main = f"{main}（{times}）" if _TIME.search(schedule) else f"{main} {times}".strip()
    if not note or note == "なし":
        return main
    return f"{main}（{note}）" if main else note


def _clock(text: str) -> str:
    """Write a share of a day, as spreadsheets hold a time that they do not show as one, as hours and minutes."""
    if not _SHARE_OF_A_DAY.fullmatch(text):
        return text
    hours, minutes = divmod(round(float(text) * 24 * 60), 60)
    return f"{hours:02d}:{minutes:02d}"


def join_address(*, prefecture: str, city: str, address: str, rest: str, building: str) -> str:
    """Join the parts of an address, each of them once; without any part but prefecture and city there is none.

    Examples
    --------
    >>> join_address(prefecture="見本県", city="みほん市", address="本町1-2", rest="", building="会館2階")
    '見本県みほん市本町1-2 会館2階'
    >>> join_address(prefecture="見本県", city="みほん市", address="みほん市本町1-2", rest="", building="")
    '見本県みほん市本町1-2'
    """
    if not (address or rest):
        return ""
    text = address if rest and address.endswith(rest) else address + rest
    for part in (city, prefecture):
        if part and part not in text:
            text = part + text
    return f"{text} {building}" if building and building not in text else text
