"""What the sites bring, in Japanese sentences for a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from resourcemap.errors import SHOWN
from resourcemap.plan.wording import percent

if TYPE_CHECKING:
    from resourcemap.plan.siting.answer import Answer


def within_sentence(
    name: str, people: float, *, who: str, metres: float, way: str, first: bool, room: float | None
) -> str:
    """Say how many people a place brings within reach.

    Examples
    --------
    >>> within_sentence("みほん西集会所", 412, who="75歳以上", metres=500, way="直線で", first=True, room=None)
    'みほん西集会所で開くと、75歳以上の412人が新たに直線で500m以内になります。'
    """
    start = "" if first else "さらに"
    if room is not None:
        return (
            f"{start}{name}（定員{room:,.0f}人）で開くと、{way}{metres:g}m以内に住む{who}のうち、"
            f"新たに{people:,.0f}人を受け入れられます。"
        )
    return f"{start}{name}で開くと、{who}の{people:,.0f}人が新たに{way}{metres:g}m以内になります。"


def metres_sentence(name: str, saved: float, nearer: float, *, who: str, way: str, first: bool) -> str:
    """Say how many people a place is nearer to, and by how much on average.

    Examples
    --------
    >>> metres_sentence("みほん西集会所", 41200, 412, who="75歳以上", way="直線で", first=False)
    'さらにみほん西集会所で開くと、75歳以上の412人は、いちばん近い所までが直線で1人平均100m近くなります。'
    """
    start = "" if first else "さらに"
    mean = saved / nearer if nearer else 0.0
    return (
        f"{start}{name}で開くと、{who}の{nearer:,.0f}人は、いちばん近い所までが{way}1人平均{mean:,.0f}m近くなります。"
    )


def opened_sentence(name: str, people: float, *, who: str) -> str:
    """Say whose nearest place a site is, where there was none before.

    Examples
    --------
    >>> opened_sentence("みほん西集会所", 412, who="75歳以上")
    'みほん西集会所を最初に開きます（75歳以上の412人が対象です）。'
    """
    return f"{name}を最初に開きます（{who}の{people:,.0f}人が対象です）。"


def summary_within(answer: Answer, *, people: float, who: str, metres: float, way: str) -> str:
    """Say what all sites bring together."""
    if not len(answer.chosen):
        return f"どの候補で開いても、新たに{way}{metres:g}m以内になる{who}の人はいません。"
    after = answer.totals[-1]
    before, then = (percent(value / people if people else 0.0) for value in (answer.before, after))
    return (
        f"{len(answer.chosen)}か所で、{who}の{after - answer.before:,.0f}人が新たに{way}{metres:g}m以内になり、"
        f"{people:,.0f}人のうち{after:,.0f}人（{before}から{then}へ）が届くようになります。"
    )


def summary_metres(answer: Answer, *, people: float, who: str, way: str, far: bool) -> str:
    """Say how far it is on average, before and after."""
    if not len(answer.chosen) or not people:
        return f"どの候補で開いても、{who}のいちばん近い所までの距離は短くなりません。"
    after = f"{answer.totals[-1] / people:,.0f}m"
    before = "" if far else f"{answer.before / people:,.0f}mから"
    return f"{len(answer.chosen)}か所で、{who}のいちばん近い所までの距離は、{way}1人平均{before}{after}になります。"


def proof_people(answer: Answer) -> str:
    """Say whether a better choice could be, in people.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> proof_people(SimpleNamespace(proven=False, bound=900.0, before=0.0, totals=np.array([500.0, 880.0])))
    'いちばん良いことは証明できていません（最大でもあと20人）。'
    """
    if answer.proven:
        return "これより多くの人に届く選び方がないことを、計算で確かめました。"
    now = answer.totals[-1] if len(answer.totals) else answer.before
    return f"いちばん良いことは証明できていません（最大でもあと{np.ceil(answer.bound - now - 1e-9):,.0f}人）。"


def proof_fairest(answer: Answer) -> str:
    """Say whether a fairer choice could be."""
    if answer.proven:
        return "これより公平な選び方がないことを、計算で確かめました。"
    return "これより公平な選び方がないことは証明できていません。"


def out_of_reach_sentence(areas: tuple[str, ...]) -> str:
    """Say which areas were not compared.

    Examples
    --------
    >>> out_of_reach_sentence(("山区", "島区"))
    'どの候補で開いても届く人が増えない区域（山区、島区）は、区域どうしの比較から除いています。'
    """
    if not areas:
        return ""
    rest = f" ほか{len(areas) - SHOWN}区域" if len(areas) > SHOWN else ""
    named = "、".join(areas[:SHOWN]) + rest
    return f"どの候補で開いても届く人が増えない区域（{named}）は、区域どうしの比較から除いています。"


def proof_metres(answer: Answer, people: float) -> str:
    """Say whether a better choice could be, in metres a person."""
    if answer.proven:
        return "これより距離が短くなる選び方がないことを、計算で確かめました。"
    now = answer.totals[-1] if len(answer.totals) else answer.before
    mean = np.ceil((now - answer.bound) / people * 10 - 1e-9) / 10 if people else 0.0
    return f"いちばん良いことは証明できていません（最大でもあと1人平均{mean:,.1f}m）。"


def proof_places(answer: Answer) -> str:
    """Say whether fewer places could do."""
    if answer.proven:
        return f"これより少ない数では足りないことを、計算で確かめました（{len(answer.chosen)}か所）。"
    least = f"少なくとも{answer.bound:,.0f}か所は必要です"
    return f"{len(answer.chosen)}か所より少なくて済まないかは証明できていません（{least}）。"


def impossible_sentence(
    beyond: np.ndarray, blocks: pd.Series | None, *, candidates: int, who: str, metres: float, way: str
) -> str:
    """Say how many people even all candidates leave beyond, and where they live.

    Parameters
    ----------
    beyond
        People left per person point.
    blocks
        The block of each point, missing where it is in none; ``None`` when not known.

    Examples
    --------
    >>> impossible_sentence(np.array([300.0, 40.0, 0.0]), pd.Series(["みほん1丁目", "みほん2丁目", "みほん2丁目"]),
    ...     candidates=12, who="75歳以上", metres=500, way="直線で")
    '候補の12か所すべてを使っても、75歳以上の340人が直線で500mの外に残ります。住んでいるのは、みほん1丁目（300人）、みほん2丁目（40人）です。'
    """
    people = float(beyond.sum())
    if people <= 0:
        return ""
    said = f"候補の{candidates:,}か所すべてを使っても、{who}の{people:,.0f}人が{way}{metres:g}mの外に残ります。"
    if blocks is None:
        return said
    names = blocks.astype(object).where(blocks.notna(), "町丁目の分からない所").to_numpy()
    left = pd.Series(beyond).groupby(names, sort=False).sum()
    left = left[left > 0].sort_values(ascending=False, kind="stable")
    shown = "、".join(f"{name}（{count:,.0f}人）" for name, count in left.iloc[:SHOWN].items())
    rest = len(left) - SHOWN
    return f"{said}住んでいるのは、{shown}{f' ほか{rest}町丁目' if rest > 0 else ''}です。"
