"""What an obituary says, in the many forms in which families and offices print it."""

from __future__ import annotations

import datetime

import pytest

from broadsheet.convert.death_notices import read_death_notice
from broadsheet.convert.obituaries import Notice, read_obituary

PUBLISHED = datetime.date(2024, 6, 12)


def read(text: str, title: str = "讣告", published: datetime.date | None = PUBLISHED) -> Notice:
    """A notice written as one text; what follows a line `--` signs it."""
    body, _, signature = text.strip().partition("\n--\n")
    reader = read_death_notice if body.isascii() or "“" in body[:1] else read_obituary
    return reader(title, body.split("\n"), signature.split("\n") if signature else [], published)


#: (text, name, age, died, time of the service, its place, who signs)
FAMILIES = [
    (
        "慈母陆桂香，于2024年6月8日上午在家中安详离世，享年八十九岁。\n"
        "定于6月14日上午9时在海宁市殡仪馆思亲厅举行告别仪式。\n--\n孝子：陶卫东 陶卫平\n泣告",
        "陆桂香", 89, "2024-06-08", "2024-06-14T09:00", "海宁市殡仪馆思亲厅", ["陶卫东", "陶卫平"],
    ),
    (
        "显考殷公讳守拙府君，恸于二〇二四年六月三日(农历四月廿七)寅时寿终正寝，积闰享寿九十有二。\n"
        "谨择六月十日巳时发引安葬于西山公墓。\n--\n不孝男 殷立本\n媳 柳静宜\n孙 殷小满 泣血稽颡",
        "殷守拙", 92, "2024-06-03", "2024-06-10", None, ["殷立本", "柳静宜", "殷小满"],
    ),
    (
        "先严闵公长庚，二〇二四年六月五日辞世，享寿八十有一。\n"
        "家奠已毕，恕不另讣。\n--\n男 闵学文 叩",
        "闵长庚", 81, "2024-06-05", None, None, ["闵学文"],
    ),
    (
        "邵门费氏月琴，浙江湖州人，2024年6月1日无疾而终，享寿一百零一岁。\n"
        "兹定于6月6日下午2时半在湖州市仁皇山殡仪馆（仁皇路88号）举行追思会。\n--\n"
        "儿 邵一鸣\n女 邵一凡\n率孙辈 同叩",
        "费月琴", 101, "2024-06-01", "2024-06-06T14:30", "湖州市仁皇山殡仪馆", ["邵一鸣", "邵一凡"],
    ),
    (
        "我们敬爱的父亲仇志远，因病医治无效，于6月9日18时45分逝世，终年76岁。\n"
        "遵照父亲遗愿，丧事从简，不设灵堂，不举行告别仪式。\n--\n妻子 祝兰英\n儿子 仇浩然",
        "仇志远", 76, "2024-06-09", None, None, ["祝兰英", "仇浩然"],
    ),
    (
        "爱女尹小荷，九岁，2024年6月7日因病去了远方。她喜欢画蓝色的鲸。\n"
        "6月13日（星期四）上午10点，请穿亮色的衣服，到南湖儿童剧场与她道别。\n--\n"
        "爸爸 尹川 妈妈 卜晓",
        "尹小荷", 9, "2024-06-07", "2024-06-13T10:00", None, ["尹川", "卜晓"],
    ),
    (
        "先祖母太夫人邬氏，享年九十三岁，于本月四日仙逝。择本月十五日下午三时假座镇海宾馆设宴答谢。\n"
        "--\n承重孙 干朝阳",
        None, 93, "2024-06-04", None, None, ["干朝阳"],
    ),
    (
        "亡夫滕海波先生痛于2024年5月30日晚11时病逝，年五十八。\n"
        "6月2日晨8时，在青岛市殡仪馆二号厅与他告别。\n--\n未亡人 冷玉梅",
        "滕海波", 58, "2024-05-30", "2024-06-02T08:00", "青岛市殡仪馆二号厅", ["冷玉梅"],
    ),
    (
        "家嫂欧阳素贞，生于一九四八年三月，二〇二四年六月十日凌晨病故，得年七十六。\n"
        "出殡时间：六月十二日上午七时。地点：市第三人民医院太平间。\n--\n小叔 桑田",
        "欧阳素贞", 76, "2024-06-10", "2024-06-12T07:00", "市第三人民医院太平间", ["桑田"],
    ),
]  # fmt: skip

OFFICES = [
    (
        "我校退休教授、著名土壤学家贝时雨先生，因病于2024年6月6日5时20分在南京逝世，享年95岁。\n"
        "贝时雨先生1929年9月生，江苏常熟人，1951年参加工作。\n"
        "贝时雨先生遗体告别仪式定于6月12日上午9时在南京殡仪馆怀远厅举行。\n特此讣告。\n--\n"
        "江东农学院\n2024年6月7日",
        "贝时雨", 95, "2024-06-06", "2024-06-12T09:00", "南京殡仪馆怀远厅", ["江东农学院"],
    ),
    (
        "中国共产党优秀党员、县粮食局原局长鲍国栋同志，于2024年6月2日因病逝世，享年83岁。\n"
        "鲍国栋同志追悼会订于2024年6月5日10时在县殡仪馆举行。\n--\n鲍国栋同志治丧委员会",
        "鲍国栋", 83, "2024-06-02", "2024-06-05T10:00", "县殡仪馆", ["鲍国栋同志治丧委员会"],
    ),
    (
        "市评弹团原团长、国家一级演员岑雪君女士因突发心梗，经抢救无效，不幸于2024年6月8日下午4时去世，终年六十六岁。\n"
        "兹定于2024年6月11日（星期二）上午8时30分于市殡仪馆咏归堂举行追悼大会。\n--\n市评弹团",
        "岑雪君", 66, "2024-06-08", "2024-06-11T08:30", "市殡仪馆咏归堂", ["市评弹团"],
    ),
]  # fmt: skip

TRADITIONAL = [
    (
        "顯妣簡母戴太夫人諱秀蓮，慟於二〇二四年六月一日壽終內寢，享壽八十有五歲。\n"
        "謹擇於六月十五日上午九時三十分假市立第二殯儀館景仰廳舉行家奠禮。\n--\n"
        "孤哀子 簡文彬\n媳 區慧敏\n女 簡文玲",
        "戴秀蓮", 85, "2024-06-01", "2024-06-15T09:30", "市立第二殯儀館景仰廳",
        ["簡文彬", "區慧敏", "簡文玲"],
    ),
    (
        "先夫歐陽振聲先生於民國一一三年六月三日辭世，享年七十九歲。\n"
        "訂於六月十六日下午一時在長老教會和平堂舉行追思禮拜。\n--\n"
        "妻 葉美雲\n子 歐陽德\n敬告諸親友",
        "歐陽振聲", 79, "2024-06-03", "2024-06-16T13:00", "長老教會和平堂", ["葉美雲", "歐陽德"],
    ),
    (
        "顯考　賴公諱火旺老先生於民國一一三年六月二日壽終正寢，享壽八十八歲。\n"
        "謹訂於六月十三日上午九時在自宅舉行家奠。\n--\n孝男：賴建興　賴建德\n孝孫：賴冠宇\n叩啟",
        "賴火旺", 88, "2024-06-02", "2024-06-13T09:00", "自宅", ["賴建興", "賴建德", "賴冠宇"],
    ),
    (
        "顯妣沈太夫人　慟於國曆六月一日申時壽終滬寓　享壽七十有四　謹擇於四日下午二時大殮　"
        "叨在世戚　謹此訃聞　孝子周宗良泣稽顙",
        "沈太夫人", 74, "2024-06-01", "2024-06-04T14:00", None, ["周宗良"],
    ),
]  # fmt: skip

ENGLISH = [
    (
        "PENHALIGON",
        "Thomas Penhaligon, boatbuilder of Newlyn, died at home on 2 June 2024, aged 84.\n"
        "The funeral will be held at St Peter's Church, Newlyn, on Wednesday 19 June at 2.30 p.m.\n"
        "--\nMary, Jory and Tamsin",
        "Thomas Penhaligon", 84, "2024-06-02", "2024-06-19T14:30", "St Peter's Church, Newlyn",
        ["Mary", "Jory", "Tamsin"],
    ),
    (
        "OKAFOR, Ngozi",
        "Passed away on June 4, 2024, at the age of 59. Wake-keeping at the family home on 13 June "
        "at 6 p.m.; funeral mass at St Brigid's Cathedral on Friday 14 June at 10 a.m.\n"
        "--\nHer husband Emeka and the children",
        "Ngozi Okafor", 59, "2024-06-04", "2024-06-14T10:00", "St Brigid's Cathedral", ["Emeka"],
    ),
    (
        "Death Notice",
        "The family of the late Dr. Eunice Bell announce with sorrow her death on 30 May 2024, "
        "aged 91. No funeral will be held.\n--\nThe Bell family",
        "Eunice Bell", 91, "2024-05-30", None, None, ["The Bell family"],
    ),
    (
        "Obituary",
        "Arthur O'Dowd, 77, who drove the last tram in Cork, died on 1 June 2024. A celebration of "
        "his life takes place at 11 a.m. on Saturday 22 June in the Tram Shed Theatre.",
        "Arthur O'Dowd", 77, "2024-06-01", "2024-06-22T11:00", "Tram Shed Theatre", [],
    ),
    (
        "Deaths",
        "On June 3rd, 1911, at his residence in Mill Street, Jabez Crowther, aged 68 years. "
        "Funeral from the residence on Tuesday, June 6th, at 3 o'clock.",
        "Jabez Crowther", 68, "1911-06-03", "1911-06-06T15:00", "the residence", [],
    ),
    (
        "DEATHS",
        "HOLROYD. In this town, on Sunday, May 5, 1912, Ann Holroyd, aged 81 years. Funeral from "
        "the residence on Wednesday at two o'clock. Friends will please accept this notice.",
        "Ann Holroyd", 81, "1912-05-05", "1912-05-08T14:00", "the residence", [],
    ),
    (
        "DIED.",
        "WARREN.--In this city, June 4, 2024, Mrs. Abigail Warren, widow of the late Captain "
        "Josiah Warren, aged 81 years. Funeral from the residence of her son, June 8 at 2 p.m.",
        "Abigail Warren", 81, "2024-06-04", "2024-06-08T14:00", "the residence", [],
    ),
    (
        "DEATHS",
        "GRAVES, Walter T., 88, of Millbrook, a retired postal carrier, died Friday at County "
        "Hospital. A private burial was held.",
        "Walter T. Graves", 88, "2024-06-07", None, None, [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "age", "died", "time", "place", "signed"), FAMILIES + OFFICES + TRADITIONAL
)
def test_a_chinese_notice_gives_its_facts(
    text: str,
    name: str | None,
    age: int,
    died: str,
    time: str | None,
    place: str | None,
    signed: list[str],
) -> None:
    said = read(text)
    if name:
        assert said.person.name == name
    assert (said.person.age, said.person.died) == (age, died)
    if name:  # the one without a name announces a dinner, not a farewell
        assert said.service.time == time
    if place:
        assert said.service.place == place
    assert [signer.name for signer in said.signed] == signed


@pytest.mark.parametrize(
    ("title", "text", "name", "age", "died", "time", "place", "signed"), ENGLISH
)
def test_an_english_notice_gives_its_facts(
    title: str,
    text: str,
    name: str,
    age: int,
    died: str,
    time: str | None,
    place: str | None,
    signed: list[str],
) -> None:
    said = read(text, title)
    assert (said.person.name, said.person.age, said.person.died) == (name, age, died)
    assert (said.service.time, said.service.place) == (time, place or "")
    assert [signer.name for signer in said.signed] == signed


def test_relations_sex_and_origin_are_as_printed() -> None:
    said = read(FAMILIES[3][0])
    assert [(s.relation, s.name) for s in said.signed] == [("儿", "邵一鸣"), ("女", "邵一凡")]
    assert said.person.native_place == "浙江湖州"
    assert said.service.address == "仁皇路88号"
    assert read(FAMILIES[0][0]).person.sex == "female"
    assert read(FAMILIES[4][0]).person.sex == "male"
    assert read(FAMILIES[8][0]).person.born == "1948-03"


def test_a_lunar_day_that_is_another_day_is_a_warning() -> None:
    right = "家父霍启明，2025年12月3日(十月十四)去世，享年80岁。"
    assert read(right).warnings == ()
    (warning,) = read(right.replace("十月十四", "十月十五")).warnings
    assert "2025-12-03" in warning
    assert "十月十五" in warning


def test_without_any_year_no_date_is_invented() -> None:
    said = read("家父霍启明，于6月3日去世，享年80岁。", published=None)
    assert said.person.died is None
