import pytest

from resourcemap.errors import InputError
from resourcemap.read.resources import read_resources

# Headings as the forms have them (自治体標準オープンデータセット, こども食堂の共通書式); the rows are made up.
PLACE = {
    "名称": "本町会館",
    "名称_カナ": "ホンチョウカイカン",
    "住所": "みほん市本町1-2",
    "方書": "2階",
    "緯度": "35.7",
    "経度": "139.7",
}
WHERE = {
    "都道府県コード又は市区町村コード": "131164",
    "NO": "0000000001",
    "都道府県名": "見本県",
    "市区町村名": "みほん市",
} | PLACE
OPEN = {"利用可能曜日": "月火水木金", "開始時間": "9:00", "終了時間": "17:00", "利用可能日時特記事項": "祝日休み"}


def one(csv_file, cells, **options):
    text = ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"
    return read_resources(csv_file(text, encoding="cp932"), **options).iloc[0]


def test_public_facilities(csv_file):
    row = one(csv_file, WHERE | OPEN | {"団体名": "みほん市", "バリアフリー情報": "スロープ"}, kind="hub")
    assert (row["name"], row["address"]) == ("本町会館", "見本県みほん市本町1-2 2階")
    assert row["schedule"] == "月火水木金 9:00～17:00（祝日休み）"
    assert (row["provider"], row["facilities"]) == ("みほん市", "step_free")


@pytest.mark.parametrize("whole", [True, False])
def test_public_facilities_with_addresses_in_parts(csv_file, whole):
    cells = {"全国地方公共団体コード": "131164", "ID": "1", "名称": "本町会館"}
    cells |= {"所在地_連結表記": "見本県みほん市本町一丁目1-2"} if whole else {}
    cells |= {
        "所在地_都道府県": "見本県",
        "所在地_市区町村": "みほん市",
        "所在地_町字": "本町一丁目",
        "所在地_番地以下": "1-2",
    }
    row = one(csv_file, cells | {"建物名等(方書)": "2階", "連絡先メールアドレス": "a@x.example"}, kind="hub")
    assert row["address"] == "見本県みほん市本町一丁目1-2 2階"
    assert row["email"] == "a@x.example"


def test_care_services(csv_file):
    cells = WHERE | {
        "実施サービス": "通所介護",
        "法人の名称": "社会福祉法人みほん",
        "利用可能曜日特記事項": "年末休み",
        "定員": "20",
    }
    cells["介護サービス事業所名称"] = cells.pop("名称")
    cells["介護サービス事業所名称_カナ"] = cells.pop("名称_カナ")
    row = one(csv_file, cells, kind="hub")
    assert (row["name"], row["kana"], row["provider"]) == ("本町会館", "ホンチョウカイカン", "社会福祉法人みほん")
    assert (row["description"], row["capacity"]) == ("通所介護", 20)


def test_clinics(csv_file):
    cells = WHERE | {
        "医療機関の種類": "診療所",
        "診療曜日": "月火",
        "診療開始時間": "9:00",
        "診療終了時間": "12:00",
        "診療科目": "内科",
    }
    row = one(csv_file, cells)
    assert (row["kind"], row["schedule"], row["description"]) == ("clinic", "月火 9:00～12:00", "内科")


def test_places_for_families(csv_file):
    row = one(csv_file, WHERE | {"種別": "児童館", "収容定員": "30", "受入年齢": "0～5歳"} | OPEN)
    assert (row["kind"], row["capacity"], row["audience_text"]) == ("hiroba", 30, "0～5歳")


@pytest.mark.parametrize(
    ("cells", "kind", "more"),
    [
        ({"設置位置": "1階ロビー", "小児対応設備の有無": "有"}, "aed", {"description": "1階ロビー"}),
        (
            {"男性トイレ総数": "2", "利用開始時間": "6:00", "利用終了時間": "22:00"},
            "toilet",
            {"schedule": "6:00～22:00"},
        ),
        (
            {"災害種別_洪水": "1", "想定収容人数": "300", "対象となる町会・自治会": "本町会"},
            "shelter",
            {"capacity": 300, "serves": "本町会"},
        ),
    ],
)
def test_a_form_of_one_kind_says_the_kind_itself(csv_file, cells, kind, more):
    row = one(csv_file, WHERE | cells)
    assert row["kind"] == kind
    assert {name: row[name] for name in more} == more


def test_a_kind_that_is_given_goes_before_the_form(csv_file):
    assert one(csv_file, WHERE | {"小児対応設備の有無": "有"}, kind="hub")["kind"] == "hub"


CAFETERIA = """都道府県コード又は市区町村コード,ID,都道府県名,市区町村名,名称,名称_カナ,名称_英語,設置目的,
実施支援の主な区分,郵便番号,住所,方書,緯度,経度,
電話番号1,電話番号1備考,電話番号2,電話番号2備考,メールアドレス,URL,SNS,法人番号,運営団体名,開設年月日,開催頻度,開催曜日,開催日,開始時間,終了時間,
開催日時特記事項,参加条件,参加費_幼児,参加費_小学生,参加費_中学生,参加費_高校生,参加費_大人,参加費特記事項,予約方法,予約特記事項,定員,
フードパントリー実施,テイクアウト実施,アレルギー対応,学区,ネットワークの加入,ボランティア募集,食材寄付,画像,備考""".replace(
    "\n", ""
).split(",")


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff", "?"])
def test_the_form_of_childrens_cafeterias(csv_file, mark):
    place = {
        "名称": "にじ食堂",
        "住所": "本町1-2",
        "電話番号1": "03-0000-0000",
        "運営団体名": "にじの会",
        "学区": "本町小",
    }
    when = {
        "開催頻度": "4",
        "開催曜日": "水",
        "開始時間": "17:00",
        "終了時間": "19:00",
        "開催日時特記事項": "第2・第4水曜",
    }
    cost = {"参加費_幼児": "無料", "参加費_大人": "300円", "参加費特記事項": "きょうだい割引"}
    filled = place | when | cost | {"参加条件": "区内の子ども", "予約方法": "電話"}
    assert len(CAFETERIA) == 49
    text = mark + ",".join(CAFETERIA) + "\n" + ",".join(filled.get(name, "") for name in CAFETERIA) + "\n"
    table = read_resources(csv_file(text))
    row = table.iloc[0]
    assert (row["kind"], row["provider"], row["phone"]) == ("kids_cafeteria", "にじの会", "03-0000-0000")
    assert row["schedule"] == "水 17:00～19:00（第2・第4水曜）"
    assert row["cost"] == "幼児 無料、大人 300円、きょうだい割引"
    assert (row["how_to_join"], row["serves"], row["audience_text"]) == ("電話", "本町小", "区内の子ども")
    assert "4" in row.tolist()
    assert "the form (子ども食堂)" in table.attrs["columns"]["kind"]


def test_a_total_of_a_form_is_still_no_resource(csv_file):
    text = "名称,住所,小児対応設備の有無\nA,本町1,有\n合計,,1\n"
    table = read_resources(csv_file(text))
    assert table["name"].tolist() == ["A"]
    with pytest.raises(InputError, match="no column of kinds"):
        read_resources(csv_file("名称,住所\nA,本町1\n"))
