"""An archive in which every text, name and file name tries to run a script."""

from __future__ import annotations

from pathlib import Path

import yaml

#: Each calls `canary()` where it is taken for anything but text.
ATTACKS = (
    "<script>canary()</script>",
    "<img src=x onerror=canary()>",
    '"><svg onload=canary()>',
    "' autofocus onfocus=canary() x='",
    "</script><script>canary()</script>",
    "</title></style></textarea><img src=x onerror=canary()>",
    "<!--<img src=x onerror=canary()>--><iframe srcdoc='<script>parent.canary()</script>'>",
    "{{ cycler.__init__.__globals__ }}{% include '/etc/passwd' %}",
    "[x](javascript:canary())[y](java&#115;cript:canary())[z](\x09javascript:canary())",
    "![x](x onerror=canary())<javascript:canary()>",
    "[r]\n\n[r]: javascript:canary()",
    "\u2028canary()//\u2029*/canary()/*",
    "\\');canary();//",
    "]]><script xmlns='http://www.w3.org/1999/xhtml'>canary()</script>",
    "&lt;script&gt;canary()&lt;/script&gt;&#60;img src=x onerror=canary()&#62;",
    "../../../../../../tmp/canary",
    "`<script>canary()</script>`",
    "data:text/html,<script>canary()</script>",
    "x\r\n\r\n<script>canary()</script>",
)
#: The search for these must show the pieces that have them, as text.
ASKED = ("canary", "onerror", "<script>canary()</script>", '"><svg onload=canary()>')

_PLAIN = ("title", "kicker", "subtitle", "byline", "credit", "dateline", "agency", "section")
_LISTS = ("tags", "people", "places", "reporters", "photographers")
DATE = "2024-05-08"
PAGE = "A1\"><img src=x onerror=canary()>'{{ 7*7 }}"


def write(root: Path) -> None:
    """The archive, for `build`; of every type of piece one for each attack."""
    root.mkdir(parents=True)
    known = {"title": ATTACKS[4], "description": ATTACKS[2], "newspaper": ATTACKS[1]}
    (root / "broadsheet.yaml").write_text(_yaml(known), encoding="utf-8")
    (root / "content").mkdir()
    (root / "content" / "about.md").write_text("\n\n".join(ATTACKS), encoding="utf-8")
    source = root / "sources" / DATE / "1.txt"
    source.parent.mkdir(parents=True)
    source.write_text("\n\n".join(ATTACKS), encoding="utf-8")
    _file(root, PAGE, "_page.md", _page())
    number = 0
    for attack in ATTACKS:
        for fields in _pieces(attack):
            number += 1
            body = f"{attack}\n\n## {attack}\n\n- {attack}\n\n> {attack}"
            name = f"{number:03}-{attack}".replace("/", "\u2215").replace("\r\n\r\n", "")[:60]
            _file(root, PAGE, f"{name.strip()}.md", fields, body)


def _pieces(attack: str) -> list[dict[str, object]]:
    figure = {"caption": attack, "credit": attack, "alt": attack, "agency": attack}
    common: dict[str, object] = {
        "section": attack, "tags": [attack], "people": [attack], "places": [attack],
        "joins": [f"{attack}|{attack}"], "gaps": [f"|{attack}"],
        "source": f"sources/{DATE}/1.txt", "lines": "1-37",
    }  # fmt: skip
    person = dict.fromkeys(("name", "age_term", "died_lunar", "native_place"), attack)
    service = dict.fromkeys(("lunar", "place", "address"), attack)
    return [
        {"type": "article", **dict.fromkeys(_PLAIN, attack), **{key: [attack] for key in _LISTS},
         **common, "figures": [figure], "lead": True},
        {"type": "obituary", "title": attack, **common, "person": {**person, "died": DATE},
         "service": {**service, "time": f"{DATE}T10:00"},
         "signed": [{"name": attack, "relation": attack}]},
        {"type": "slogan", **common},
        {"type": "notice", "title": attack, "kind": attack, "issuer": attack, **common},
        {"type": "photo", "credit": attack, "alt": attack, **common},
    ]  # fmt: skip


def _page() -> dict[str, object]:
    doubts = [
        {"line": n, "text": attack, "confidence": 0.5, "about": "place"}
        for n, attack in enumerate(ATTACKS, 1)
    ]
    texts = dict.fromkeys(("label", "title", "section", "newspaper", "editors"), ATTACKS[1])
    return {"type": "page", **texts, "source": f"sources/{DATE}/1.txt", "doubts": doubts}


def _yaml(data: dict[str, object]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _file(root: Path, page: str, name: str, fields: dict[str, object], body: str = "") -> None:
    path = root / "content" / DATE / page / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{_yaml(fields)}---\n\n{body}\n", encoding="utf-8", newline="")
