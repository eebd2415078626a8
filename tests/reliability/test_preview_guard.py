"""The preview answers this machine only, and with nothing but the files of the site."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from kills import small_archive


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A preview of a site in which lie a hidden file, a link out of it, and a bare folder."""
    top = tmp_path_factory.mktemp("guarded")
    (top / "secret.txt").write_text("SECRET")
    root = small_archive(top / "archive")
    (root / "site" / "bare").mkdir(parents=True)
    (root / "site" / "bare" / "note.txt").write_text("NOTE")
    (root / "site" / ".hidden").write_text("SECRET")
    (root / "site" / "out.txt").symlink_to(top / "secret.txt")
    (root / "site" / "out").symlink_to(top, target_is_directory=True)
    line = [sys.executable, "-u", "-m", "broadsheet", "-C", str(root), "serve", "--port", "0"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    for said in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", said):
            yield int(found[1])
            break
    server.kill()
    server.wait()


def ask(port: int, path: str, host: str = "localhost") -> tuple[int, bytes]:
    """The answer to a request as it is: no client tidies its path."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", "", "")
        raw.sendall("\r\n".join(lines).encode("latin-1"))
        answer = b""
        while part := raw.recv(65536):
            answer += part
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/bare/../../../secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%5c..%5csecret.txt",
        "/..\\..\\secret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/out.txt",
        "/out/secret.txt",
        "/.hidden",
        "/%2ehidden",
        "/bare/../.hidden",
        "/bare/%00",
        "/secret.txt%00.html",
        "/bare",
        "/bare/",
        "/" + "a/" * 3000,
        "/%ff%fe",
        "/_preview/../../secret.txt",
    ],
)
def test_nothing_else_is_served(port: int, path: str) -> None:
    status, answer = ask(port, path)
    assert status in (0, 400, 404, 405, 414, 431), answer[:200]
    assert b"SECRET" not in answer
    assert b"root:" not in answer
    assert b"note.txt" not in answer


def test_what_is_there_is_served(port: int) -> None:
    assert ask(port, "/")[0] == 200
    assert b"NOTE" in ask(port, "/bare/note.txt")[1]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "0.0.0.0"]
)
def test_a_rebound_name_is_refused(port: int, host: str) -> None:
    assert ask(port, "/", host)[0] == 421


def test_no_other_machine_is_answered(port: int) -> None:
    name = socket.gethostbyname(socket.gethostname())
    if name.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((name, port), timeout=2)
