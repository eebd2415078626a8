"""The service of an obituary as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import datetime

from broadsheet.config import Config
from broadsheet.piece import Obituary
from broadsheet.site import headlines
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import SetPage, SetPiece, machine_time


def calendar_path(piece: SetPiece) -> str:
    return piece.path.removesuffix(".html") + ".ics"


def has_service(piece: SetPiece) -> bool:
    return isinstance(piece.piece, Obituary) and piece.piece.service.time is not None


def service_over(config: Config, time: str) -> str:
    """The end of the service's day, as ISO time: nothing printed says when the service ends."""
    day = datetime.date.fromisoformat(time[:10]).isoformat()
    end = machine_time(f"{day}T23:59", config.timezone)
    assert end is not None
    return end.isoformat()


def calendar_file(desk: Desk, page: SetPage, piece: SetPiece) -> str:
    own = piece.piece
    assert isinstance(own, Obituary) and own.service.time
    service = own.service
    time = machine_time(own.service.time, desk.config.timezone)
    if time is None:
        start = f"DTSTART;VALUE=DATE:{own.service.time.replace('-', '')}"
    else:
        start = f"DTSTART:{time.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    name = own.person.name or headlines.plain(piece.words)
    place = "，".join(text for text in (service.place, service.address) if text)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Broadsheet//Obituary//ZH",
        "BEGIN:VEVENT",
        f"UID:{piece.path.removesuffix('.html').replace('/', '-')}@broadsheet",
        f"DTSTAMP:{page.date.replace('-', '')}T000000Z",
        start,
        f"SUMMARY:{_escaped(desk.t('calendar.summary', name=name))}",
        f"LOCATION:{_escaped(place)}" if place else "",
        f"DESCRIPTION:{_escaped(f'{page.date} {page.where}')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _escaped(text: str) -> str:
    """Text values escape backslash, semicolon, comma and line ends (RFC 5545, 3.3.11)."""
    for old, new in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(old, new)
    return text


def _folded(line: str) -> str:
    """No line is longer than 75 octets; the rest goes on after a space (RFC 5545, 3.1)."""
    out, length = [], 0
    for character in line:
        size = len(character.encode())
        if length + size > 75:
            out.append("\r\n ")
            length = 1
        out.append(character)
        length += size
    return "".join(out)
