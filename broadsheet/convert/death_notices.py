"""English obituaries and death notices: who died, when, at what age; the service; who signs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from broadsheet.convert.dates import Moment, clock_after, find_moments, nearest_year
from broadsheet.convert.obituaries import Notice
from broadsheet.piece import Person, Service, Signer

_WORD = r"(?:[A-Z][a-z]+(?:-[a-z]+|[A-Z][a-z]+)?|[A-Z]['’][A-Z][a-z]+|[A-Z]\.|[A-Z]{2,})"
_NAME = (
    rf"{_WORD}(?:[ -](?:(?:de|la|van|von|der|den|del|di|da|du|bin|al|ap|st|St\.?) ){{0,2}}"
    rf"(?:[“\"(‘]\w+[”\")’] )?{_WORD}){{0,4}}"
)
_TITLES = (
    r"(?:(?:The |the )?(?:late )?(?:Right |Most |Very )?(?:Mrs?|Ms|Miss|Master|Dr|Doctor|Prof"
    r"|Professor|Sir|Dame|Lord"
    r"|Lady|Rev|Reverend|Revd|Father|Fr|Sister|Brother|Canon|Captain|Capt|Major|Colonel|Col|General"
    r"|Gen|Sergeant|Sgt"
    r"|Lieutenant|Lieut|Alderman|Councillor|Cllr|Hon|Judge|Bishop|Pastor|Rabbi|Nurse|Squire)\.? )*"
)
_AGED = (
    re.compile(r"(?i)\b(?P<term>aged?|at the age of)\s+(?:of )?(?P<age>\d{1,3})\b"),
    re.compile(r"\b(?P<age>\d{1,3}) years (?:old|of age)|\((?P<bracket>\d{1,3})\)"),
    re.compile(
        r"(?<=[A-Za-z.\"”)]), (?P<age>\d{1,3})(?=,| |\.)(?!,? \d|[:.]\d| [A-Z][a-z]+ (?:St|R))"
    ),
)
_DEATH = re.compile(
    r"(?i)\b(?:died|death|passed (?:away|on|peacefully|over)|passing|deceased|entered into rest"
    r"|departed|fell asleep|called home"
    r"|laid down|lost (?:his|her) life|was killed|slipped away|went to be with|taken from us"
    r"|drowned|succumbed)\b"
)
_SERVICE = re.compile(
    r"(?i)\b(?:funerals?|services?|mass|requiem|burial|interment|cremation|crematorium|committal"
    r"|memorial|wake|thanksgiving"
    r"|celebration|vigil|ceremony|buried|laid to rest|remembrance|gathering|walk|cortege|prayers"
    r"|rosary|viewing|farewell"
    r"|scatter(?:ed|ing)?|visitation)\b"
)
_MAIN_SERVICE = re.compile(
    r"(?i)\b(?:funeral|services?|mass|requiem|burial|interment|committal|celebration|buried"
    r"|memorial)\b"
)
_VENUE = (
    r"Church|Chapel|Cathedral|Crematorium|Cemetery|Minster|Abbey|Hall|Temple|Synagogue|Mosque"
    r"|Hospital|House|Hotel"
    r"|Centre|Center|Home|Park|Gardens?|Grounds?|Churchyard|Parlou?r|Club|Inn|School|College"
    r"|Theatre|Kirk|Priory|Room|Rooms"
    r"|Institute|Library|Museum|Square|Green|Pavilion|Gallery|Station|Pier|Beach|Harbour|Farm"
    r"|Meeting House"
)
_PLACE = re.compile(
    r"(?:\b(?:at|in|from|to)|@) (?:(?:the|his|her) (?=[A-Z]|village))?(?P<place>(?:(?:the|his"
    r"|her) (?:late )?residence|[Vv]illage hall|[A-Z][\w.'’&-]*)"
    r"(?:,? (?:of the|of|the|and|on|in|upon|le|de|la|under)? ?[A-Z][\w.'’&-]*)*)"
)


_WEEKDAY_OR_MONTH = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)


def read_death_notice(
    title: str, paragraphs: Sequence[str], signature: Sequence[str], published: datetime.date | None
) -> Notice:
    """Read the text of an obituary; `signature` are the lines that sign it, not in `paragraphs`."""
    text = "\n".join(paragraphs)
    moments = _dated(find_moments(text), published)
    died = _death(text, moments) or _death_on_weekday(text, published)
    age, term = _age(text)
    person = Person(
        name=_name(title, text),
        sex=_sex(text),
        age=age,
        age_term=term,
        born=next((m.iso for m in moments if _is_birth(text, m)), None),
        died=died.iso if died else None,
    )
    return Notice(person, _service(text, moments, died), tuple(_signers(signature)))


def _age(text: str) -> tuple[int | None, str]:
    """(years, the words for it): what calls itself an age before what only looks like one."""
    for form in _AGED:
        for match in form.finditer(text):
            found = match.groupdict()
            years = int(found["age"] or found["bracket"])
            if years <= 150:
                return years, found.get("term") or ""
    return None, ""


def _dated(moments: list[Moment], published: datetime.date | None) -> list[Moment]:
    about = published
    out: list[Moment] = []
    for moment in moments:
        if about and not moment.year:
            moment = moment.with_year(nearest_year(moment, about))
        about = moment.date or about
        out.append(moment)
    return out


def _is_birth(text: str, moment: Moment) -> bool:
    return bool(
        re.search(r"(?i)\bborn(?: \w+){0,4} $", text[max(0, moment.start - 40) : moment.start])
    )


def _death(text: str, moments: list[Moment]) -> Moment | None:
    """The first date whose sentence tells of the death and of no service, else the first date."""
    dates = [moment for moment in moments if not _is_birth(text, moment)]
    for moment in dates:
        if _DEATH.search(_sentence(text, moment)) and not _SERVICE.search(
            text[moment.start - 30 if moment.start > 30 else 0 : moment.start]
        ):
            return moment
    first = next(iter(dates), None)
    return first if first and not _SERVICE.search(_sentence(text, first)) else None


_DIED_ON_WEEKDAY = re.compile(
    r"\b(?:died|passed away)\b(?:(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[^.,;]){0,40}"
    r" (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def _death_on_weekday(text: str, published: datetime.date | None) -> Moment | None:
    """`died Friday`: the last such day before the paper came out."""
    found = _DIED_ON_WEEKDAY.search(text)
    if found is None or published is None:
        return None
    ago = (published.weekday() - _WEEKDAYS.index(found[1]) - 1) % 7 + 1
    day = published - datetime.timedelta(days=ago)
    return Moment(found.start(1), found.end(), year=day.year, month=day.month, day=day.day)


_SENTENCE_END = re.compile(
    r"(?<=[a-z\d)”\"]{2})[.!?](?=\s+[A-Z“\"])|\n|(?<=[ap]\.m)\.(?=\s+[A-Z])|;"
)


def _sentence(text: str, moment: Moment) -> str:
    starts = [match.end() for match in _SENTENCE_END.finditer(text, 0, moment.start)]
    end = _SENTENCE_END.search(text, moment.end)
    return text[starts[-1] if starts else 0 : end.start() if end else len(text)]


def _service(text: str, moments: list[Moment], died: Moment | None) -> Service:
    """The main service if several are announced, else the first; with an hour before without."""
    found: list[tuple[tuple[bool, bool], Moment, str]] = []
    for index, moment in enumerate(moments):
        sentence = _sentence(text, moment)
        if moment is died or _is_birth(text, moment) or not _SERVICE.search(sentence):
            continue
        start = text.find(sentence)
        before = text[max(start, moments[index - 1].end if index else 0) : moment.start]
        about = before if _SERVICE.search(before) else sentence
        rank = (not _MAIN_SERVICE.search(about), moment.hour is None)
        found.append((rank, moment, sentence))
    if not found:
        return _service_on_weekday(text, died)
    _, moment, sentence = min(found, key=lambda item: item[0])
    moment = _by_daylight(moment, sentence)
    return Service(time=moment.iso_time, place=_place(sentence))


_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})day\b(?!,? (?:the )?\d)")


def _service_on_weekday(text: str, died: Moment | None) -> Service:
    """`Funeral on Friday at 2 o'clock`: the first such day after the death."""
    for sentence in re.split(r"(?<=[a-z\d)]{2})[.;]\s+(?=[A-Z])|\n", text):
        named = _WEEKDAY.search(sentence)
        if died and died.date and named and _SERVICE.search(sentence):
            ahead = (_WEEKDAYS.index(named[1]) - died.date.weekday() - 1) % 7 + 1
            day = died.date + datetime.timedelta(days=ahead)
            moment = clock_after(sentence, named.end(), day)
            return Service(time=_by_daylight(moment, sentence).iso_time, place=_place(sentence))
    return Service()


def _by_daylight(moment: Moment, sentence: str) -> Moment:
    """An o'clock without a half of the day: no funeral is at night."""
    if re.search(r"\bo['’]clock\b", sentence) and moment.hour is not None and moment.hour < 7:
        return msgspec.structs.replace(moment, hour=moment.hour + 12)
    return moment


def _place(sentence: str) -> str:
    """What stands after `at`, with a building before any other place."""
    places = [match["place"].rstrip(".,") for match in _PLACE.finditer(sentence)]
    places = [place for place in places if not re.match(_WEEKDAY_OR_MONTH, place)]
    places = [re.sub(rf",? (?:on )?{_WEEKDAY_OR_MONTH}.*$", "", place) for place in places]
    buildings = [place for place in places if re.search(rf"\b(?:{_VENUE})\b", place, re.I)]
    return next(iter(buildings or places), "")


# --- who ---

_GENERIC_HEADING = re.compile(
    r"(?i)^(?:(?:death|funeral|bereavement) notices?|deaths?|died|obituar(?:y|ies)"
    r"|in (?:loving )?memor(?:iam|y)|funerals?"
    r"|bereavements?|acknowledge?ments?|announcements?|notices?|family notices?)\.?$"
)
_INVERTED = re.compile(
    rf"^(?P<last>[A-Z][\w'’-]*(?: [A-Z][A-Z'’-]+)*)(?:, "
    rf"|[.,]?\s?[—–-]+\s?|(?: \([^)]*\))?\.? (?=[A-Z][a-z]))(?:{_TITLES})(?P<first>{_NAME})"
)
#: BARLOW.--On June 18, Edith Mary, aged 86: the first names stand before the age or the kin.
_GIVEN = re.compile(
    rf"[,.] {_TITLES}(?P<first>{_NAME})(?: \(\w+\))?,? (?=(?:the |dearly |dear |much |be|loved "
    r"|only |eldest |youngest |infant )*"
    r"(?:aged|wife|husband|widow|widower|relict|son|daughter|mother|father)\b)"
)
#: WARREN.--In this city, Mrs. Abigail Warren: the surname opens the notice as its heading.
_OPENS_A_SENTENCE = re.compile(r"(?:In|On|At|Of|The|After|Suddenly|Entered|Passed|Died)\b")
#: ASHBY, and below it: Dorothy Jean (née Cole), peacefully ...
_SURNAME = re.compile(r"[A-Z][A-Z'’-]{2,}\.?")
_GIVEN_BELOW = re.compile(r"(?P<first>[A-Z][a-z'’-]+(?: [A-Z][\w.'’-]*){0,3})(?: \([^)]*\))?,")
_NAME_FORMS = (
    re.compile(
        rf"(?:[Tt]he (?:family|children|friends|widow"
        rf"|relatives) of (?:the late )?{_TITLES})(?P<name>{_NAME})"
    ),
    re.compile(
        rf"(?:[Dd]eath|[Pp]assing|[Ll]oss|[Mm]emory|[Ll]ife) of (?:(?:our|his|her|their"
        rf"|the) [a-z ,]*)?{_TITLES}(?P<name>{_NAME})"
    ),
    re.compile(
        rf"^{_TITLES}(?P<name>{_NAME})(?= \(|, | died| passed| of | was | fell| entered| slipped)",
        re.M,
    ),
    re.compile(
        rf"(?:, |\. |—\s?){_TITLES}(?P<name>{_NAME})(?=,? (?:\(née|aged|in (?:his|her)|beloved"
        rf"|dearly|wife|husband|widow|late))"
    ),
    re.compile(rf"\b{_TITLES}(?P<name>{_NAME})(?=,? (?:died|passed away|has died|aged))"),
)


def _name(title: str, text: str) -> str:
    """From the heading (LOCKWOOD, Beryl) when it is a name, else from the first words that name."""
    return (
        _inverted(title, text)
        or _below_surname(title, text)
        or _in_heading(title, text)
        or _inverted(text, text)
        or next(_names(text), "")
    )


def _inverted(heading: str, text: str) -> str:
    """The name where the surname opens the heading in capitals: LOCKWOOD, Beryl."""
    found = _INVERTED.match(heading)
    if not found or not found["last"].isupper() or _GENERIC_HEADING.match(heading):
        return ""
    last = _as_name(found["last"])
    if not _OPENS_A_SENTENCE.match(found["first"]):
        return f"{found['first']} {last}"
    given = _GIVEN.search(text)
    if given:
        return given["first"] if given["first"].endswith(last) else f"{given['first']} {last}"
    whole = re.search(rf"(?<!of ){_TITLES}(?P<name>(?:[A-Z][\w.'’-]*\s)+{re.escape(last)})\b", text)
    return whole["name"] if whole else last


def _below_surname(title: str, text: str) -> str:
    """The name where the heading is the surname, the first words below it the given names."""
    given = _GIVEN_BELOW.match(text)
    if not given or not _SURNAME.fullmatch(title) or _GENERIC_HEADING.match(title):
        return ""
    first, surname = given["first"], _as_name(title.rstrip("."))
    if _OPENS_A_SENTENCE.match(first):
        return ""
    return first if first.endswith(surname) else f"{first} {surname}"


def _in_heading(title: str, text: str) -> str:
    """The name that is the heading, or begins it, as the text prints it."""
    if not title or _GENERIC_HEADING.match(title):
        return ""
    plain = re.match(rf"{_TITLES}(?P<name>{_NAME})(?:,? (?:\(?\d{{4}}.*|.*)|$)", title)
    if not plain or " " not in plain["name"]:
        return ""
    printed = re.search(re.escape(plain["name"]), text, re.I if plain["name"].isupper() else 0)
    return printed.group() if printed else ""


def _names(text: str) -> Iterator[str]:
    for form in _NAME_FORMS:
        for match in form.finditer(text):
            if " " in match["name"] and not re.match(_WEEKDAY_OR_MONTH, match["name"]):
                yield match["name"]


def _as_name(capitals: str) -> str:
    """O'NEILL -> O'Neill."""
    return re.sub(r"[A-Z]+", lambda match: match.group().capitalize(), capitals)


_FEMALE = re.compile(
    r"\b(?:[Hh]er|[Ss]he|Mrs|Miss|Ms|Lady|Dame|Sister|[Ww]ife of|[Ww]idow of|[Mm]other of"
    r"|[Dd]aughter of)\b"
)
_MALE = re.compile(r"\b(?:[Hh]is|[Hh]e|Mr|Sir|Father|[Hh]usband of|[Ff]ather of|[Ss]on of)\b")


def _sex(text: str) -> Literal["", "male", "female"]:
    """As the pronouns and titles have it, the more frequent sort; nothing when they balance."""
    female, male = len(_FEMALE.findall(text)), len(_MALE.findall(text))
    return "female" if female > male else "male" if male > female else ""


_KIN = re.compile(
    r"(?i)^(?:(?:his|her|their|your|the|loving|beloved)\s+)*(?P<relation>husband|wife|widow|widower"
    r"|son|daughter|sons|daughters|brother|sister"
    r"|mother|father|partner|children|grandchildren|family|parents|friends?|nieces?"
    r"|nephews?)\b[,:]?\s*"
)


_KIN_WORD = re.compile(r"(?i)\b(?:family|families|children|relatives|sons|daughters|friends)\b")


def _signers(lines: Sequence[str]) -> Iterator[Signer]:
    """`Stephen and Janet`; `Her husband Tunde and the children`: those who are named.

    Where nobody is, those who sign together: `The Bell family`.
    """
    named = [signer for line in lines for signer in _named(line)]
    together = [Signer(name=line.strip(" .—–-")) for line in lines if _KIN_WORD.search(line)]
    yield from named or together[:1]


def _named(line: str) -> Iterator[Signer]:
    relation = ""
    for part in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*|;", line.strip(" .—–-")):
        kin = _KIN.match(part)
        if kin:
            relation = kin["relation"].lower()
            part = part[kin.end() :]
        name = re.match(rf"{_NAME}$", part.strip())
        if name and not _KIN_WORD.search(part):
            yield Signer(name=name.group(), relation=relation)
