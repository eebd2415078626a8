"""Names as addresses: pinyin for Chinese, ASCII words for the rest; and the order of names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from broadsheet import readings

_WORD = re.compile(r"[a-z0-9]+")
#: A name as most are: Chinese, or ASCII, or both; and its parts.
_NAME = re.compile(r"[\u4e00-\u9fa5 -~·]*")
_NAME_PART = re.compile(r"[\u4e00-\u9fa5]+|[ -~·]+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

#: Characters of a text that are read for its slug: a page that is one line is not read whole.
_ENOUGH = 1000


def slug(text: str, longest: int = 40) -> str:
    """Text -> lower-case ASCII words joined by `-`, at most `longest` characters; may be empty.

    Chinese becomes pinyin, one word per dictionary word (美特使 -> mei-teshi). A function of the
    text alone, so that an address never depends on what else exists.
    """
    words: list[str] = []
    for word in _words(text[:_ENOUGH]):
        if words and len("-".join([*words, word])) > longest:
            break
        words.append(word[:longest])
    return "-".join(words)


def _words(text: str) -> list[str]:
    words: list[str] = []
    at = 0
    for han in _HAN.finditer(text):
        words += _latin_words(text[at : han.start()])
        words += _pinyin_words(han.group())
        at = han.end()
    return words + _latin_words(text[at:])


def _latin_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(plain.lower().replace("'", "").replace("’", ""))


def _pinyin_words(han: str) -> list[str]:
    import rjieba

    syllables = ("".join(_read(word)) for word in rjieba.cut(han))
    return [word for word in (_ascii(s) for s in syllables) if word]


def _read(word: str) -> list[str]:
    """Its syllables; a character that has no reading is left out."""
    found = readings.read(word)
    if found is None:
        from pypinyin import lazy_pinyin

        found = lazy_pinyin(word, errors="ignore")
    return found


def _ascii(text: str) -> str:
    return "".join(_WORD.findall(text.lower().replace("ü", "v")))


def distinct_slug(name: str) -> str:
    """A slug that no other name shares: 国际 -> guoji-5ce1.

    Two names may have one pinyin (国际, 国计); four digits of the name's own digest keep their
    addresses apart without looking at what else exists.
    """
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()[:4]
    return f"{slug(name, 24) or 'x'}-{digest}"


def name_key(name: str) -> tuple[str, str]:
    """Sort key of a person's or section's name: pinyin (surnames read as surnames), then itself."""
    surname, rest = name[:1], name[1:]
    reading = _SURNAME_READINGS.get(surname) if _HAN.match(surname) else None
    first = [reading] if reading else _syllables(surname)
    return " ".join(first + _syllables(rest)).lower(), name


def _syllables(text: str) -> list[str]:
    """The readings of a name; what is not Chinese in it stays as it is."""
    if not _NAME.fullmatch(text):
        return _pinyin(text)
    found: list[str] = []
    for part in _NAME_PART.findall(text):
        found += (readings.read(part) or _pinyin(part)) if _HAN.match(part) else [part]
    return found


def _pinyin(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)


#: Surnames that are read otherwise than the same character elsewhere (《现代汉语词典》).
_SURNAME_READINGS = {
    "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "任": "ren", "曾": "zeng", "查": "zha",
    "朴": "piao", "盖": "ge", "蓋": "ge", "区": "ou", "區": "ou", "召": "shao", "繁": "po",
    "重": "chong", "黑": "he", "秘": "bi", "折": "she", "尉": "yu", "缪": "miao", "繆": "miao",
    "翟": "zhai", "员": "yun", "員": "yun", "华": "hua", "華": "hua", "覃": "qin", "冼": "xian",
    "乐": "yue", "樂": "yue", "宓": "mi", "种": "chong", "逄": "pang", "燕": "yan", "哈": "ha",
}  # fmt: skip


def initial(name: str) -> str:
    """The letter under which a name stands in an index: A-Z, or `#`."""
    letter = name_key(name)[0][:1].upper()
    return letter if "A" <= letter <= "Z" else "#"
