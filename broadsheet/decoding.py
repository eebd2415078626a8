"""Bytes -> text: which encoding a source is in. Recognised for certain, or refused with a reason.

UTF-8 and byte order marks prove themselves. Everything else is tried strictly, and the text that
comes out is judged: real Chinese and Japanese is made of the few hundred characters that every
page has, while the right bytes in the wrong encoding give rare ones. A text that is too short, or
that reads well in two encodings, is refused: a wrong guess would be kept for good.
"""

from __future__ import annotations

import unicodedata

import msgspec

from broadsheet.problems import Problem, Problems

_MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NO_TEXT = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or a document of an office program)"),
    (b"\xd0\xcf\x11\xe0", "a document of an office program"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
_CANDIDATES = ("gb18030", "big5", "shift_jis", "utf-16-le", "utf-16-be")
#: Python's name of each, where the name of the standard knows fewer characters than are in use.
_CODECS = {"big5": "cp950", "shift_jis": "cp932"}
_NAMES = {
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}

#: Of the characters of a text that are not ASCII, this share must be common ones ...
_ENOUGH = 0.4
#: ... and this much more than in any other encoding.
_AHEAD = 0.2
#: Fewer such characters than this can be chance.
_FEWEST = 6
#: More such characters than this are never valid UTF-8 by chance.
_CHANCE = 12
#: Bytes that are judged: the beginning tells as much as the whole.
_SAMPLE = 60_000
#: Control characters that text files do contain; more than this share of others is no text.
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r")
_MOST_CONTROLS = 0.01

#: The most frequent characters of Chinese newspapers, in both scripts.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由"
    "其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意"
    "建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统"
    "接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导"
    "器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示"
    "议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布"
    "复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选"
    "标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德"
    "随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶"
    "怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫"
    "够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令"
    "限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠"
    "混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩"
    "讣享逝寿孝葬岁悼谨启声遗殡仪馆"
    "這個們說時來過對會發動產種經進學電實現體機當點從業應開還關無義樣與線數質氣變條結問題軍並黨員總設長頭資邊級圖統"
    "較將組計別論農幾強決幹戰則據處隊門規熱領東導壓爭濟階術極聯認權證轉單風帶場車務萬達積議報類離華確張馬節話況溫傳"
    "許廣記觀織裝眾書復兒須際驗連斷難礦備辦習響約勞團歷構稱準號劃選標寫親層狀廠識適屬圓滿縣參紅細聽該鐵價嚴隨蘇爾講"
    "黃顯談藝營項舉勢臺師圍遠態樹葉魚視僅費緊愛續輕試護練負擊範繼興餘堅輸夠筆財職覺漢畫雖雜飛檢陽創壞徑換鋼責簡錢盡"
    "沖獨環雙請讓紀優頂礎載敵勝絕塊劑測絲協訴陳羅錯鹽頻終雲衛燒貨損預穩媽擴訃壽歲謹啟遺殯儀館為國後於點裡灣臺麼"
)
_PUNCTUATION = frozenset(
    "　、。〈〉《》「」『』【】〔〕！（），：；？．“”‘’…—・ー·％－～＂０１２３４５６７８９"
)


class _Reading(msgspec.Struct, frozen=True):
    """A text as one encoding has it."""

    encoding: str
    text: str
    plausible: float  #: share of common characters among those that are not ASCII, 0 to 1
    foreign: int  #: how many characters are not ASCII


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """Bytes -> (encoding, text without byte order mark).

    Raises Problems when the bytes are no text, or when their encoding cannot be told.
    """
    _refuse_other_files(raw, file)
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = _strictly(raw[len(mark) :], encoding, file, offset=len(mark))
            return _NAMES.get(encoding, encoding), text
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _recognise(raw, file, error)
    if "\x00" in text:
        return _recognise(raw, file, None)
    _refuse_chance(raw, text, file)
    return "utf-8", text


def _refuse_chance(raw: bytes, text: str, file: str) -> None:
    """A few characters of another encoding may be UTF-8 by chance; then they are rare ones."""
    foreign = [character for character in text if character > "\x7f"]
    if not 0 < len(foreign) <= _CHANCE or _plausible(foreign) > 0:
        return
    if any(character.isascii() and character.isalpha() for character in text):
        return  # a page of Latin text with a £ or an é
    readings = [reading for name in _CANDIDATES if (reading := _read(raw, name))]
    likely = [
        reading.encoding
        for reading in readings
        if reading.plausible >= _ENOUGH
        or (len(foreign) < _FEWEST and any("\u3400" <= c <= "\u9fff" for c in reading.text))
    ]
    if likely:
        found = f"may be UTF-8 or {' or '.join(likely)}: too short to tell"
        raise Problems([Problem(file, 0, found, "save the file as UTF-8 with a byte order mark")])


def _refuse_other_files(raw: bytes, file: str) -> None:
    what = next((what for magic, what in _NO_TEXT if raw.startswith(magic)), None)
    if what is None and not any(raw.startswith(mark) for mark, _ in _MARKS):
        sample = raw[:_SAMPLE].rstrip(b"\x1a")  # DOS ended text files with it
        controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in sample)
        if controls > _MOST_CONTROLS * len(sample) and 0 not in sample:
            what = "not text"
    if what:
        hint = "a source is a text file; of a PDF, keep the name NAME.pdf"
        raise Problems([Problem(file, 0, f"is {what}", hint)])


def _strictly(raw: bytes, encoding: str, file: str, offset: int = 0) -> str:
    """Decode what says itself how it is encoded."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        name = _NAMES.get(encoding, encoding)
        raise Problems([_bad_byte(raw, error, name, file, offset)]) from None


def _bad_byte(
    raw: bytes, error: UnicodeDecodeError, name: str, file: str, offset: int = 0
) -> Problem:
    line = raw.count(b"\n", 0, error.start) + 1
    at = f"byte {error.start + offset} is 0x{raw[error.start]:02x}"
    return Problem(file, line, f"damaged {name.upper()}: {at}", "save the file as UTF-8")


def _recognise(raw: bytes, file: str, not_utf8: UnicodeDecodeError | None) -> tuple[str, str]:
    """The encoding whose text reads best, if it reads well and no other does nearly as well."""
    readings = sorted(
        (reading for name in _CANDIDATES if (reading := _read(raw, name))),
        key=lambda reading: -reading.plausible,
    )
    best = readings[0] if readings else None
    rival = readings[1].plausible if len(readings) > 1 else 0.0
    if (
        best is None
        or best.plausible < max(_ENOUGH, rival + _AHEAD)
        or best.foreign < _FEWEST
        or _is_damaged_utf8(raw, not_utf8)
    ):
        raise Problems([_refusal(raw, file, not_utf8, readings)])
    encoding = _NAMES.get(best.encoding, best.encoding)
    return encoding, _strictly(raw, _CODECS.get(best.encoding, best.encoding), file)


def _refusal(
    raw: bytes, file: str, not_utf8: UnicodeDecodeError | None, readings: list[_Reading]
) -> Problem:
    if not_utf8 is None:
        return Problem(file, 0, "is not text: it contains zero bytes", "a source is a text file")
    if _is_damaged_utf8(raw, not_utf8):
        return _bad_byte(raw, not_utf8, "utf-8", file)
    likely = [reading.encoding for reading in readings if reading.plausible >= _ENOUGH]
    told = f"; it may be {' or '.join(likely)}" if likely else ""
    line = raw.count(b"\n", 0, not_utf8.start) + 1
    found = f"not UTF-8 (byte {not_utf8.start} is 0x{raw[not_utf8.start]:02x}){told}"
    return Problem(file, line, found, "save the file as UTF-8")


def _is_damaged_utf8(raw: bytes, error: UnicodeDecodeError | None) -> bool:
    """Whether nearly all of it is UTF-8: in no other encoding do bytes fit so well by chance."""
    if error is None:
        return False
    text = raw.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") < 0.1 * foreign


def _read(raw: bytes, encoding: str) -> _Reading | None:
    """The sample in this encoding, judged; None when it cannot be in it."""
    if encoding.startswith("utf-16") and (len(raw) % 2 or b"\x00" not in raw):
        return None
    text = _sample(raw, _CODECS.get(encoding, encoding))
    if text is None or "\x00" in text:
        return None
    foreign = [character for character in text if character > "\x7f"]
    if encoding.startswith("utf-16") and len(foreign) < _FEWEST <= len(text):
        return _Reading(encoding, text, _share_of_letters(text), len(text))
    return _Reading(encoding, text, _plausible(foreign), len(foreign))


def _sample(raw: bytes, codec: str) -> str | None:
    sample = raw[:_SAMPLE]
    for cut in range(4):  # the sample may end inside a character
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if len(raw) <= _SAMPLE or error.start < len(sample) - 4:
                return None
    return None


def _plausible(characters: list[str]) -> float:
    if not characters:
        return 0.0
    return max(0.0, sum(map(_worth, characters)) / len(characters))


def _worth(character: str) -> float:
    """1 for what every page has, 0 for what may occur, less for what only chance brings."""
    if character in _COMMON or character in _PUNCTUATION or "\u3041" <= character <= "\u30fe":
        return 1.0
    if "\uff61" <= character <= "\uff9f":  # half-width kana: single bytes of something else
        return -1.0
    return -2.0 if unicodedata.category(character) in ("Cn", "Co", "Cc", "Cs") else 0.0


def _share_of_letters(text: str) -> float:
    """How much of a Latin text is letters, digits and space."""
    return sum(c.isascii() and (c.isalnum() or c.isspace()) for c in text) / len(text)
