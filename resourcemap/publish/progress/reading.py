"""How to read the progress sheet: how grades come about, how it was measured, what the figures do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resourcemap.model.way import way_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_GRADED = """\
・ 基準の評価は、達成した区域の割合です。区域の評価は、達成した基準の割合です（基準に重みがあれば、重みをつけます）。\
テーマの評価は、テーマの基準と区域のすべての組み合わせのうち、達成したものの割合です。
・ 判定できないもの（？）と、判定しないもの（－）は、割合に入れません。\
判定できないものの結果によって評価が変わりうるときは、「C〜A」のように両端を書きます。
・ 人口の多い区域も少ない区域も、同じ1か所と数えます。\
どれだけの人が届いていないかは、課題の欄と「文章」のシートを見てください。
・ どの区域にも入らない所に住む人は、評価には入りません。「区域別」と「文章」のシートにあります。"""
_COUNTED = """\
・ 人は、住んでいる区域で数えます。届く先は、となりの区域にあってもかまいません。
・ 「区域に○件」の基準は、区域の中にあるものだけを数えます。"""
_SILENT = """\
・ 「○m以内」は近くにあるということで、席の空き、行きたい気持ち、道の坂や段差は数えていません。
・ 町丁目の中で人がどこに住むかは推計です。距離の境目に近い人は、実際にはどちらにもなりえます。
・ 表に載っていない資源は、ないものとして数えています。休止中のものと、場所の分からないものは数えていません。
・ 基準は、この地域で決めた目標です。国や県の決まりではありません。"""


def how_to_read(judged: pd.DataFrame, grades: Sequence[tuple[float, str]], lowest: str) -> list[tuple[str, list[str]]]:
    """Return headings and their lines."""
    bounds = "、".join(f"{bound * 100:g}％以上は{name}" for bound, name in grades)
    first = f"・ 評価は、達成したものの割合で決めます。{bounds}、それより低ければ{lowest}です。"
    ways = [way_of(way).label() for way in dict.fromkeys(judged["way"].dropna().astype(str))]
    measured = [f"・ 距離は{'、'.join(ways)}ではかりました。"] if ways else []
    return [
        ("評価の決め方", [first + "ちょうどの割合は上の評価です。", *_GRADED.split("\n")]),
        ("はかり方", [*measured, *_COUNTED.split("\n")]),
        ("この表が言わないこと", _SILENT.split("\n")),
    ]
