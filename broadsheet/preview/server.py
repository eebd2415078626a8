"""livereload's server with what a preview needs: a safe file handler, an overlay, no lost save.

Five habits of livereload 2.7 are set right here. It drops a second reload within three seconds
(DEFAULT_RELOAD_TIME). It tells who listens at the moment, so that a page which was read before a
change and listens only after it would stay old; here a page says how old it is. It looks for
changes inside the event loop, so that a long build stops every answer; here a thread looks and
builds. It answers any Host and any Origin; here only the names that the preview listens on, so
that a page elsewhere cannot read it through a rebound DNS name. It injects an inline script, which
the pages' own content security policy forbids.

What it adds to a page it adds as it answers: the files of the site are those that are published.
"""

from __future__ import annotations

import html
import json
import logging
import mimetypes
import re
import socket
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from broadsheet.preview.origin import content_file, source_file
from broadsheet.problems import Problem

_LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
_ASSETS = Path(__file__).parent


class Server:
    """A listening preview: its address, its event loop, and the pages that browsers have open.

    `show` and the two `reload` may be called from any thread.
    """

    def __init__(self, url: str, loop: IOLoop) -> None:
        self.url = url
        self.problems: list[Problem] = []
        self._loop = loop
        self._news = dict.fromkeys(_TOLD_APART, 0)

    def run(self) -> None:
        """Answer until Ctrl-C."""
        self._loop.start()

    def show(self, problems: list[Problem]) -> None:
        self._loop.add_callback(setattr, self, "problems", problems)

    def reload(self, changed: Collection[str]) -> None:
        """Reload the open pages, or their style alone when nothing else changed."""
        if changed and all(path.endswith(".css") for path in changed):
            for path in changed:
                style = {"command": "reload", "path": path, "liveCSS": True}
                self._loop.add_callback(self._send, style, "")
        else:
            self._loop.add_callback(self._send, _RELOAD, "")

    def reload_search(self) -> None:
        """Reload the pages that show what the search index holds."""
        self._loop.add_callback(self._send, _RELOAD, _SEARCH)

    def _send(self, message: dict[str, Any], name: str) -> None:
        """To every open page whose address ends with `name`."""
        self._news[name] += 1
        for page in list(LiveReloadHandler.waiters):
            if urlsplit(page.address).path.endswith(name):
                page.send_message(message)

    def age(self, path: str) -> str:
        """How often the page at `path` has been told of news; no number, which clients round."""
        counts = (count for name, count in self._news.items() if path.endswith(name))
        return "-".join(map(str, (1, *counts)))


_RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
_SEARCH = "search.html"
#: Pages are told what is new by the end of their address: all of them, and the search alone.
_TOLD_APART = ("", _SEARCH)


def listen(root: Path, host: str, port: int, prefix: str) -> Server:
    """Begin to serve `root`/site at `prefix` ("/" or "/archive/"). OSError when it cannot."""
    sockets = bind_sockets(port, address=host, family=_family(host))
    port = sockets[0].getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    server = Server(f"http://{shown}:{port}{prefix}", IOLoop.current())
    names = _LOOPBACK if host in _LOOPBACK else None
    HTTPServer(_application(root, prefix, names, server)).add_sockets(sockets)
    return server


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _application(
    root: Path, prefix: str, names: set[str] | None, server: Server
) -> web.Application:
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    site = {"root": root, "prefix": prefix, "server": server}
    handlers: list[Any] = [
        (r"/livereload", _Socket, {"server": server}),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/_preview/problems\.json", _ProblemsHandler, {"server": server}),
        (r"/_preview/(overlay\.(?:js|css))", _AssetHandler),
        (rf"{re.escape(prefix)}(.*)", _FileHandler, site),
    ]
    if prefix != "/":
        handlers.append((r"/", web.RedirectHandler, {"url": prefix, "permanent": False}))
    application = web.Application(handlers)
    application.settings["allowed_names"] = names
    return application


class _Guarded(web.RequestHandler):
    """Answers only requests that name this machine, and never lets a browser keep an answer."""

    def prepare(self) -> None:
        names = self.application.settings["allowed_names"]
        if names is not None and self.request.host_name not in names:
            raise web.HTTPError(421, reason="Misdirected Request")

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")


class _FileHandler(_Guarded):
    """The files of the site, whole: each is read in one go, so that a rebuild tears none."""

    def initialize(self, root: Path, prefix: str, server: Server) -> None:
        self._root = root
        self._site = (root / "site").resolve()
        self._prefix = prefix
        self._server = server

    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        path = path if path and not path.endswith("/") else f"{path}index.html"
        content = self._read(path)
        if content is None and self._read(f"{path}/index.html") is not None:
            self.redirect(f"{self._prefix}{path}/")
            return
        if content is None:
            self.set_status(404)
            path, content = "404.html", self._not_found()
        if path.endswith(".html"):
            content = content.replace(b"</head>", self._client(path) + b"</head>", 1)
        kind = mimetypes.guess_type(path)[0]
        text = kind is None or kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.set_header(
            "Content-Type",
            f"{kind or 'text/plain'}; charset=utf-8" if text else str(kind),
        )
        self.finish(content)

    def _client(self, path: str) -> bytes:
        """The reload client and the overlay, with the files that the page was made from."""
        file, source = content_file(self._root, path), source_file(self._root, path)
        return (
            '<link rel="stylesheet" href="/_preview/overlay.css">'
            f'<script src="/livereload.js?snipver={self._server.age(path)}" defer></script>'
            f'<script src="/_preview/overlay.js" data-file="{html.escape(file)}"'
            f' data-source="{html.escape(source)}" defer></script>'
        ).encode()

    def _not_found(self) -> bytes:
        """404.html stands at any depth: its links start here and not where it is published."""
        page = self._read("404.html") or b"<head><title>Not found</title></head><p>Not found"
        return page.replace(b"<head>", f'<head><base href="{self._prefix}">'.encode(), 1)

    def _read(self, path: str) -> bytes | None:
        """The file's content; None for what is not there, hidden, or outside the site."""
        if any(part.startswith(".") for part in Path(path).parts) or "\x00" in path:
            return None
        try:
            file = (self._site / path).resolve()
            return file.read_bytes() if file.is_relative_to(self._site) else None
        except OSError:
            return None


class _ProblemsHandler(_Guarded):
    """What is wrong at the moment, for the overlay."""

    def initialize(self, server: Server) -> None:
        self._server = server

    def get(self) -> None:
        shown = [
            {
                "where": f"{p.file}:{p.line}" if p.line else p.file,
                "message": p.message,
                "hint": p.hint,
            }
            for p in self._server.problems
        ]
        self.finish({"problems": shown})


class _AssetHandler(_Guarded):
    def get(self, name: str) -> None:
        kind = "text/css" if name.endswith("css") else "text/javascript"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish((_ASSETS / name).read_bytes())


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket for pages of this preview only."""

    def initialize(self, server: Server) -> None:
        self._server = server
        self._age: object = None
        self.address = ""

    def prepare(self) -> None:
        _Guarded.prepare(self)

    def check_origin(self, origin: str) -> bool:
        return bool(origin.split("://", 1)[-1] == self.request.host)

    def on_message(self, message: str) -> None:
        """The client says hello with the page's age, then which page it is."""
        told = json.loads(message)
        super().on_message(message)
        if told.get("command") == "hello":
            self._age = told.get("snipver")
        elif told.get("command") == "info":
            self.address = str(told.get("url", ""))
            if self._age != self._server.age(urlsplit(self.address).path):
                self.send_message(_RELOAD)
