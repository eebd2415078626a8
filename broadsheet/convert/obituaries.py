"""Chinese obituaries: who died, when, at what age; the farewell; who signs.

What a notice does not print stays empty. All names, places and relations are as printed; only
dates, hours and ages are turned into numbers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from broadsheet.convert.dates import (
    AGE_NUMBER,
    Moment,
    find_moments,
    lunar_difference,
    nearest_year,
    number,
)
from broadsheet.convert.names import CLOSE_BEFORE, KIN, SURNAME, TITLE, is_name
from broadsheet.piece import Person, Service, Signer


class Notice(msgspec.Struct, frozen=True):
    """What an obituary says."""

    person: Person
    service: Service
    signed: tuple[Signer, ...]
    warnings: tuple[str, ...] = ()


_DEATH = re.compile(
    r"逝世|去世|辞世|辭世|仙逝|病逝|离世|離世|病故|[寿壽][终終]|与世长辞|與世長辭|[谢謝]世|[归歸]西|往生|安息主怀"
    r"|[长長永]眠|[过過]世|作古|[驾駕][鹤鶴]|仙[游遊去]|[归歸]主|[蒙荣榮]召|[圆圓]寂|羽化|[牺犧]牲|殉[职職]|遇[难難]"
    r"|身[故亡]|弃[养養]|棄養|[见見]背|[无無]疾而[终終]|捐[馆館躯軀]|[离離][开開](?:了?我们|人世|我們)|逝於|逝于|病亡"
    r"|[无無]疾|[终終][于於]|息[劳勞]|[归歸]天|[亡卒殁歿]"
)
_BIRTH_AFTER = re.compile(r"\s?(?:出?生|诞生|誕生|生人)")
_SERVICE = re.compile(
    r"[告道][别別]|追悼|追思|吊唁|弔唁|吊祭|出[殡殯]|火化|公祭|家祭|家奠|大[殓殮]|[设設][灵靈]|送[别別行葬殡殯]|最[后後]一程"
    r"|安葬|[启啟]?[灵靈]|[葬丧喪][礼禮]|[仪儀]式|入土|下葬|[开開]吊|奠|[弥彌]撒|祭|悼念[会會]|安厝|[骨骸].{0,4}安放|海葬|送[她他]"
)
_VENUE = re.compile(
    r"[殡殯][仪儀][馆館]|[灵靈]堂|[礼禮]堂|教堂|公墓|墓[园園地]|火葬[场場]|陵[园園]|祠堂|太平[间間]"
)
_NO_SERVICE = re.compile(
    r"(?:不|免|勿|拒)(?:再|予|另)?(?:举行|舉行|举办|舉辦|[设設]|[开開]|搞|[办辦])"
)
_AGE_TERM = (
    r"(?:[积積]?[闰閏]?享(?:嵩|高|耆|遐|福|天)?[年寿壽龄齡]|[终終]年|得年|[时時]年|[存行]年|年[仅僅届屆近]|[卒歿殁]年|[春世]秋"
    r"|[阳陽嵩高福][寿壽]|[寿壽][享高]|[寿壽](?=[\d一二三四五六七八九])|在世|年(?=[\d一二三四五六七八九]))"
)
_AGE = re.compile(
    rf"(?P<term>{_AGE_TERM})\s?(?:[积積][闰閏])?(?P<age>{AGE_NUMBER})\s?(?![年月日号號\d])[岁歲周週高龄齡]?"
)
_BARE_AGE = re.compile(
    rf"(?:^|[，,（(、\s])(?P<age>{AGE_NUMBER})\s?[岁歲](?:高[龄齡])?(?=[，,）)。；\s]|$)"
)
_AGE_IN_WORDS = re.compile(
    rf"(?:以|走完了?|[度历歷]过?了?)[^，。]{{0,8}}?(?P<age>{AGE_NUMBER})\s?[个個]?(?:[岁歲][高的之]|[载載]|春秋)"
)
_SENTENCE_END = re.compile(r"[。！？!?\n；;]")
_CLAUSE = re.compile(r"[，,。！!？?；;：:\n（）()]")


def read_obituary(
    title: str, paragraphs: Sequence[str], signature: Sequence[str], published: datetime.date | None
) -> Notice:
    """Read the text of an obituary; `signature` are the lines that sign it, not in `paragraphs`."""
    text = "\n".join(paragraphs)
    moments = _dated(text, find_moments(text), published)
    died = _death(text, moments)
    service, at = _service(text, moments, died)
    age = _AGE.search(text) or _BARE_AGE.search(text) or _AGE_IN_WORDS.search(text)
    person = Person(
        name=_name(title, text),
        sex=_sex(text),
        age=_plausible_age(age["age"]) if age else None,
        age_term=age["term"] if age and "term" in age.groupdict() else "",
        born=_birth(text, moments),
        died=died.iso if died else None,
        died_lunar=died.lunar.text if died and died.lunar else "",
        native_place=_native_place(text),
    )
    differences = [lunar_difference(moment) for moment in (died, at) if moment]
    signers = _signers(signature)
    inline = _SIGNED_INLINE.search(text)
    if inline and not any(signer.relation for signer in signers):
        signers = _signers([inline["line"]])
    return Notice(person, service, signers, tuple(d for d in differences if d))


# --- when ---


def _dated(text: str, moments: list[Moment], published: datetime.date | None) -> list[Moment]:
    """The moments with the month or year that the date before them (else the paper's) gives."""
    out: list[Moment] = []
    about = published
    for moment in moments:
        if about and moment.relative:
            day = about + datetime.timedelta(days=moment.relative == "next")
            moment = _replace(moment, year=day.year, month=day.month, day=day.day)
        elif about and moment.day and not moment.month:
            moment = _replace(moment, month=about.month)
        if about and moment.month and moment.day and not moment.year:
            moment = moment.with_year(nearest_year(moment, about))
        if moment.date and not _is_birth(text, moment):
            about = moment.date
        out.append(moment)
    return out


def _replace(moment: Moment, **changes: int | None) -> Moment:
    return msgspec.structs.replace(moment, **changes)


def _death(text: str, moments: list[Moment]) -> Moment | None:
    """The date beside a word for dying: before it in its sentence, else after it."""
    dates = [m for m in moments if (m.day or m.year) and not _is_birth(text, m)]
    for index, moment in enumerate(dates):
        stop = dates[index + 1].start if index + 1 < len(dates) else len(text)
        if _DEATH.search(_to_sentence_end(text, moment.end, stop)):
            return moment
    for moment in dates:
        if _DEATH.search(_from_sentence_start(text, moment.start)):
            return moment
    return next((m for m in dates if m.date and not _SERVICE.search(_sentence(text, m))), None)


def _is_birth(text: str, moment: Moment) -> bool:
    before = text[max(0, moment.start - 3) : moment.start]
    return bool(
        re.search(r"(?<![先学學医醫])生[于於]?$|[诞誕][于於]?$", before)
        or _BIRTH_AFTER.match(text, moment.end)
    )


def _birth(text: str, moments: list[Moment]) -> str | None:
    return next((m.iso for m in moments if _is_birth(text, m)), None)


def _to_sentence_end(text: str, start: int, stop: int) -> str:
    end = _SENTENCE_END.search(text, start, stop)
    return text[start : end.start() if end else stop]


def _from_sentence_start(text: str, stop: int) -> str:
    starts = [match.end() for match in _SENTENCE_END.finditer(text, 0, stop)]
    return text[starts[-1] if starts else 0 : stop]


def _sentence(text: str, moment: Moment) -> str:
    return _from_sentence_start(text, moment.start) + _to_sentence_end(
        text, moment.start, len(text)
    )


# --- the farewell ---

_PLACE = re.compile(
    r"(?:地[点點](?:[：:]|设在|設在|在|为|為)|[假借]座(?:[于於])?|假|在|(?:到|前往|赴|[从從]|自)(?!\d|[一二三四五六七八九十此今])"
    r"|[于於](?!\d|[一二三四五六七八九十〇新公农農本今翌次]))"
    r"(?P<place>[^，。；,;！：:\n]{2,40}?)"
    r"(?=[举舉]行|[举舉][办辦]|[设設]|[吊弔]唁|[吊弔]祭|大[殓殮]|家[奠祭]|公祭|祭奠|出[殡殯]|[启啟][灵靈]|火化|火葬|告[别別]|送|追[思悼]"
    r"|[开開][吊会會追]|安葬|入[殓殮]|治[丧喪]|守[灵靈]|下葬|[辞辭][灵靈]|安厝|致祭|[为為]|[与與]|集合|[进進]行|恭候|[诵誦]|[，。；,;！\n]|$)"
)
_BARE_PLACE = re.compile(r"[整正]?[，,]\s?(?P<place>[^，。；：在假于於请請敬举舉]{3,30})$")
_FROM = re.compile(
    r"由(?P<place>[^，。；,;！\n]{2,30}?)(?=[启啟][灵靈]|出[殡殯]|[发發]引|起[灵靈])"
)
_ADDRESS = re.compile(
    r"(?P<address>.*?[\d０-９一二三四五六七八九十百]+[号號])(?P<place>[^号號]{3,})$"
)
_ADDRESS_AFTER = re.compile(r"(?P<place>[^（(]+)[（(](?P<address>[^）)]*[号號路街][^）)]*)[）)]$")


def _service(
    text: str, moments: list[Moment], died: Moment | None
) -> tuple[Service, Moment | None]:
    """The first farewell that names its hour or place, and the moment that it was read from."""
    found: list[tuple[int, Moment, str]] = []
    for index, moment in enumerate(moments):
        if moment is died or not moment.day or _is_birth(text, moment):
            continue
        stop = moments[index + 1].start if index + 1 < len(moments) else len(text)
        sentence = _sentence(text, moment)
        announced = moment.hour is not None and died is not None and died.start < moment.start
        if not (_SERVICE.search(sentence) or _VENUE.search(sentence) or announced):
            continue
        if _NO_SERVICE.search(sentence) and moment.hour is None:
            continue
        place = _place(text, moment, stop)
        found.append((-(moment.hour is not None) - bool(place), moment, place))
    if not found:
        return Service(), None
    _, moment, place = min(found, key=lambda item: item[0])
    address = _ADDRESS.match(place) or _ADDRESS_AFTER.match(place)
    return (
        Service(
            time=moment.iso_time,
            lunar=moment.lunar.text if moment.lunar else "",
            place=address["place"] if address else place,
            address=address["address"] if address else "",
        ),
        moment,
    )


def _place(text: str, moment: Moment, stop: int) -> str:
    """Where: after the date in its sentence or on the next line, else before it."""
    after = _to_sentence_end(text, moment.end, stop)
    bare = _BARE_PLACE.match(after)
    if (bare and _VENUE.search(bare["place"])) or (bare and not _PLACE.search(after)):
        return bare["place"]
    for part in (after, text[moment.end : stop], _from_sentence_start(text, moment.start)):
        match = _PLACE.search(part) or _FROM.search(part)
        if match and (part is after or re.match(r"地|[假借]", match.group()) or part != after):
            return match["place"].strip()
    return ""


# --- who ---

_HONOURED = re.compile(  # 区门甄氏惠兰, 卢母何氏带娣: married into one house, born into another
    rf"[\u3400-\u9fff]{{1,2}}(?:[门門母妈媽府]|府君?夫人)(?P<surname>{SURNAME})(?:氏|[老太]*(?:夫人|孺人|安人|宜人|君))"
    r"(?:[讳諱]|[闺閨]名|名)?\s?(?P<given>[\u3400-\u9fff]{1,2}?)(?=[，,。（(\s]|$|[生于於享痛因慟恸][^，]|女士"
    r"|[老太]*(?:夫人"
    r"|孺人|安人|宜人|大人))"
)
_PATRIARCH = re.compile(  # 王公讳大明府君, 黄公锦堂
    rf"(?:^|[，,。\s]|{KIN})(?P<surname>{SURNAME})(?:府)?(?:公|翁)(?:[讳諱]"
    rf"|名)?\s?(?P<given>[\u3400-\u9fff]{{1,2}}?)"
    r"(?=[，,。（(\s]|$|府君|[老大]+人|老?先生|[生于於享痛因慟恸][^，]|字|[号號])"
)
_DOWAGER = re.compile(  # 显妣沈太夫人, 李门黄太夫人: her own name was not printed
    rf"(?:{KIN}|[门門])\s?(?P<surname>{SURNAME})(?P<given>[老太]+(?:夫人|孺人))"
)
_AFTER_NAME = re.compile(
    rf"{TITLE}?(?:的|之)?(?=\s|因(?:[病年车車工公突意故心救交癌肺脑腦患抢搶医醫]|[长長]期)|[痛恸慟]?[于於](?=\d|[一二三四五六七八九十〇零○]|新|公"
    rf"|[农農]"
    r"|民|昨|今|本|夏|[阴陰])|不幸|不治|[积積][劳勞]|[经經][抢搶医醫]|生[于於]|出生|享|[终終]年|突[发發]|安[详詳]|病|逝世|去世|[永长長]眠|罹患|追悼"
    r"|[遗遺][体體]"
    r"|治[丧喪]|[讣訃]|[，,。（(：:；\n]|$)"
)
_MOURNING = re.compile(
    r"沉痛|哀悼|悼念|痛悼|[缅緬]怀|[缅緬]懷|追思|敬挽|深切|告[别別]|[讣訃][告闻聞]|永[别別]"
)
_NAME_LENGTHS = (2, 3, 4)
#: A notice names its dead early, if not always in its first words.
_FIRST_WORDS = 600


def _name(title: str, text: str) -> str:
    """The name with the most to say for it: kinship before, a title after, said again."""
    for form in (_HONOURED, _PATRIARCH, _DOWAGER):
        match = form.search(text)
        if match:
            return match["surname"] + match["given"]
    whole = f"{title}\n{text}"
    best, most = "", 1.0
    for order, (name, evidence) in enumerate(_candidates(title, text)):
        weight = evidence + 2 * (whole.count(name) > 1) - 0.03 * order
        if weight > most:
            best, most = name, weight
    return best


def _candidates(title: str, text: str) -> Iterator[tuple[str, float]]:
    """(name, evidence) of everything that can be the name, from the beginning on."""
    first = text[:_FIRST_WORDS]
    for part in (first, title):
        for end in _AFTER_NAME.finditer(part):
            for length in _NAME_LENGTHS:
                start = end.start() - length
                name = part[max(0, start) : end.start()]
                if start < 0 or not is_name(name):
                    continue
                before = part[:start]
                in_first_clause = not _CLAUSE.search(before) and part is not title
                evidence = 0.5 * (length == 3) + 1.0 * (length == 4)
                evidence += 1.0 * in_first_clause
                evidence += 2 * bool(re.match(TITLE, end.group()))
                evidence += 2.5 * bool(CLOSE_BEFORE.search(before))
                evidence += 1.5 * bool(
                    not before or _CLAUSE.match(before[-1]) or before[-1].isspace()
                )
                evidence += 1.0 * bool(_MOURNING.search(before[-6:]))
                evidence -= 2.5 * _begins_inside_a_word(before, name)
                yield name, evidence
    for word in _names_by_dictionary(first):
        yield word, 0.5 * len(word)


def _begins_inside_a_word(before: str, name: str) -> bool:
    """Whether the name's first character ends the word before it: 桥梁专|家岑望."""
    import rjieba

    around = before[-3:]
    words = rjieba.cut(around + name[:1], False)
    return bool(around) and len(words[-1]) > 1


def _names_by_dictionary(text: str) -> list[str]:
    """What a tagger takes for persons' names, where no word beside a name gives it away."""
    import rjieba

    return [word for word, tag in rjieba.tag(text) if tag.startswith("nr") and is_name(word)]


_FEMALE = re.compile(
    r"[门門母].{1,2}氏|[慈先亡家][母慈妻]|女士|[祖外岳伯叔姑姨舅婶]母|母[亲親]|婆婆|奶奶|姥姥|外婆|先慈|家慈|先妣|[显顯]妣|[妻妹姐姊]|夫人|孺人|女[儿兒]"
    r"|[，,]女[，,]|媽媽|妈妈|老太"
)
_MALE = re.compile(
    r"先生|祖父|[伯叔姑姨舅岳]父|父[亲親]|慈父|公公|[爷爺]{2}|姥[爷爺]|先[严嚴]|家[严嚴]|先考|[显顯]考|先夫|夫君|丈夫|吾[兄弟]|[，,]男[，,]|府君"
    r"|[儿兒]子"
)


def _sex(text: str) -> Literal["", "male", "female"]:
    """As the words of the first sentence have it; the first such word decides."""
    first = re.split(r"[。\n]", text, maxsplit=1)[0]
    female, male = _FEMALE.search(first), _MALE.search(first)
    if female and (not male or female.start() < male.start()):
        return "female"
    return "male" if male else ""


def _plausible_age(text: str) -> int | None:
    age = number(text)
    return age if age is not None and age <= 150 else None


_NATIVE = re.compile(
    r"(?:^|[，,。；])(?:(?:原籍|祖籍|籍[贯貫][：:]?)(?P<origin>[\u3400-\u9fff]{2,20}?)(?:人氏?)?"
    r"|(?:系|是|乃)?(?P<place>[\u3400-\u9fff]{2,20}?)人氏?)(?=[，,。；])"
)
#: Words that end in 人 and name no place.
_NO_PLACE = re.compile(
    r"(?:[持责責始商诗詩军軍承工老友法证證言办辦爱愛僧[艺藝]病猎獵匠本理选選导導女男家])$"
)


def _native_place(text: str) -> str:
    for match in _NATIVE.finditer(text.split("\n")[0]):
        place = match["origin"] or match["place"]
        if match["origin"] or not _NO_PLACE.search(place):
            return place
    return ""


# --- who signs ---

_RELATION = re.compile(
    rf"(?:[孝哀孤泣杖护護不]{{0,3}}(?:承重|小|大|长|長|次|三|四|五|幼|义|義|养|養|外|侄|姪|甥|堂|表|曾|玄|内|內|契|干|乾|嗣|继|繼)*"
    rf"(?:{KIN}|[男女子儿兒孙孫师師媳婿侄姪甥眷伯叔姑姨舅]|孤子|哀子|孤哀子|[长長次幼][子女媳婿孙孫]|期夫|期生|未亡人|[内內]子|外子"
    r"|[亲親家]属|家屬|[亲親]人|[学學]生|弟子|生前好友|好友|同[学學]|同事)+)"
)
_CLOSING = re.compile(
    r"(?:率|偕|携|攜|暨|及|等|[众眾衆]|全|合|阖|闔)?.{0,6}?(?:泣血|稽[颡顙首]|泣?[启啟啓叩告拜挽輓]|叩[谢謝首禀]"
    r"|敬[告启啟啓挽](?:[诸諸众眾各]?[亲親][友朋])?|"
    r"[谨謹][启啟啓告]|同[叩泣启哀挽]|[哀泣]告|[鞠]躬|[抆拭]泪|敬上|家人|全家|合家)+$"
)
_OFFICE_SIGNS = re.compile(r"(?<=[会會处處局部社])[谨謹敬]?[启啟]$")
#: A notice set in one line is signed in it: 谨此讣闻 孝子周宗良泣稽颡
_SIGNED_INLINE = re.compile(
    r"(?<=[\s，。])(?P<line>(?:不?孝|孤哀?|哀)[子男女][\u3400-\u9fff\s、]{2,30}?)"
    r"[泣叩哀稽][\u3400-\u9fff]{1,4}$"
)
_COLLECTIVE = re.compile(r"^(?:[特专專谨謹]?此|[恕敬]|[众眾衆暨携攜率偕及等同]|全体|全體)")
#: Lines below a notice that are no signature: 特此讣告, a date.
_NO_SIGNATURE = re.compile(
    r"^(?:[姻世寅戚友谊誼乡鄉学學宗亲親族年][\s、，]?){3,}"
    r"|^[特专專谨謹哀]?此.{0,3}[讣訃告闻聞启啟].{0,2}$|^[闻聞]$|^[\d零〇○一二三四五六七八九十廿卅年月日號号.\-/\s（）()星期农農历曆民国國]+$"
)
_SEPARATOR = re.compile(r"[\s、，,；;：:]+")


def _signers(lines: Sequence[str]) -> tuple[Signer, ...]:
    """孝子：潘永康 潘永健, 泣启 -> two names with their relation; an office as it is.

    Where nobody signs by name, those who sign together do: 亲属, 众亲友.
    """
    lines = [line.strip("。. ") for line in lines if not _NO_SIGNATURE.match(line)]
    named = tuple(signer for line in lines for signer in _signers_of(line))
    if named or not lines:
        return named
    together = re.sub(rf"\s*{_CLOSING.pattern}", "", lines[0]) or lines[0]
    return (Signer(name=together),)


def _signers_of(line: str) -> Iterator[Signer]:
    relation = ""
    for word in _SEPARATOR.split(line):
        role = _RELATION.fullmatch(word)
        if role:
            relation = word
            continue
        if not word or (_CLOSING.fullmatch(word) and not is_name(word)) or _COLLECTIVE.match(word):
            continue
        prefix = _RELATION.match(word)
        rest = word[prefix.end() :] if prefix else ""
        if prefix and 2 <= len(rest) <= 4 and (is_name(rest) or not is_name(word)):
            relation, word = prefix.group(), rest
        if relation and len(word) == 1:  # 王 芳: a name of two characters, set apart
            continue
        yield Signer(name=_OFFICE_SIGNS.sub("", word), relation=relation)
