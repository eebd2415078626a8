"""livereload's server with what a preview needs: a safe file handler, an overlay, no lost save.

Four habits of livereload 2.7 are set right here. It drops a second reload within three seconds
(DEFAULT_RELOAD_TIME). It looks for changes inside the event loop, so that a long build stops
every answer; here a thread looks and builds. It answers any Host and any Origin; here only the
names that the preview listens on, so that a page elsewhere cannot read it through a rebound DNS
name. It injects an inline script, which the pages' own content security policy forbids.
"""

from __future__ import annotations

import logging
import mimetypes
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from broadsheet.preview.refresh import Refresher

#: Seconds between two looks at the files.
PAUSE = 0.1

_LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
_ASSETS = Path(__file__).parent


class Server:
    """A listening preview: its address and its event loop."""

    def __init__(self, url: str, http: HTTPServer, loop: IOLoop) -> None:
        self.url = url
        self.http = http
        self.loop = loop
        self.problems: list[dict[str, Any]] = []


def listen(root: Path, host: str, port: int, prefix: str) -> Server:
    """Begin to serve `root`/site at `prefix` ("/" or "/archive/"). OSError when it cannot."""
    sockets = bind_sockets(port, address=host, family=_family(host))
    port = sockets[0].getsockname()[1]
    loop = IOLoop.current()
    names = _LOOPBACK if host in _LOOPBACK else None
    shown = f"[{host}]" if ":" in host else host
    server = Server(f"http://{shown}:{port}{prefix}", HTTPServer(web.Application()), loop)
    server.http = HTTPServer(_application(root / "site", prefix, names, server))
    server.http.add_sockets(sockets)
    return server


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _application(
    site: Path, prefix: str, names: set[str] | None, server: Server
) -> web.Application:
    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    handlers: list[Any] = [
        (r"/livereload", _Socket),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/_preview/problems\.json", _ProblemsHandler, {"server": server}),
        (r"/_preview/(overlay\.(?:js|css))", _AssetHandler),
        (rf"{prefix}(.*)", _FileHandler, {"site": site, "prefix": prefix}),
    ]
    if prefix != "/":
        handlers.append((r"/", web.RedirectHandler, {"url": prefix, "permanent": False}))
    application = web.Application(handlers, transforms=[_ScriptInjector])
    application.settings["allowed_names"] = names
    return application


class _ScriptInjector(LiveScriptInjector):  # type: ignore[misc]
    """Adds the reload client and the overlay to every page, as files and not inline."""

    script = (
        b'<link rel="stylesheet" href="/_preview/overlay.css">'
        b'<script src="/livereload.js?snipver=1" defer></script>'
        b'<script src="/_preview/overlay.js" defer></script>'
    )


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

    def initialize(self, site: Path, prefix: str) -> None:
        self._site = site.resolve()
        self._prefix = prefix

    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        content = self._read(path)
        if content is None:
            self.set_status(404)
            path, content = "404.html", self._not_found()
        kind = mimetypes.guess_type(path if Path(path).suffix else "index.html")[0]
        text = kind is None or kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.set_header(
            "Content-Type",
            f"{kind or 'text/plain'}; charset=utf-8" if text else str(kind),
        )
        self.finish(content)

    def _not_found(self) -> bytes:
        """404.html stands at any depth: its links start here and not where it is published."""
        page = self._read("404.html") or b"<title>Not found</title><p>Not found"
        return page.replace(b"<head>", f'<head><base href="{self._prefix}">'.encode(), 1)

    def _read(self, path: str) -> bytes | None:
        """The file's content; None for what is not there, hidden, or outside the site."""
        if any(part.startswith(".") for part in Path(path).parts) or "\x00" in path:
            return None
        try:
            file = (self._site / path).resolve()
            if not file.is_relative_to(self._site):
                return None
            if file.is_dir():
                file /= "index.html"
            return file.read_bytes()
        except OSError:
            return None


class _ProblemsHandler(_Guarded):
    """What is wrong at the moment, for the overlay."""

    def initialize(self, server: Server) -> None:
        self._server = server

    def get(self) -> None:
        self.finish({"problems": self._server.problems})


class _AssetHandler(_Guarded):
    def get(self, name: str) -> None:
        kind = "text/css" if name.endswith("css") else "text/javascript"
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish((_ASSETS / name).read_bytes())


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket for pages of this preview only."""

    def prepare(self) -> None:
        _Guarded.prepare(self)

    def check_origin(self, origin: str) -> bool:
        return bool(origin.split("://", 1)[-1] == self.request.host)


def run_until_interrupted(server: Server, refresher: Refresher) -> None:
    """Serve, look for changes and reload, until Ctrl-C."""
    stopped = threading.Event()
    server.problems = _as_data(refresher)
    watch = threading.Thread(
        target=_watch, args=(server, refresher, stopped), name="watch", daemon=True
    )
    watch.start()
    try:
        server.loop.start()
    except KeyboardInterrupt:
        pass
    finally:
        stopped.set()
        server.http.stop()
        watch.join()


def _watch(server: Server, refresher: Refresher, stopped: threading.Event) -> None:
    while not stopped.wait(PAUSE):
        changed = refresher.refresh()
        if changed is None:
            continue
        server.loop.add_callback(_announce(server, _as_data(refresher), changed))


def _announce(
    server: Server, problems: list[dict[str, Any]], changed: list[str]
) -> Callable[[], None]:
    """Tell the open pages: reload, or take the new style alone when only styles changed."""

    def tell() -> None:
        server.problems = problems
        styles = not problems and all(path.endswith(".css") for path in changed)
        path = changed[0].removeprefix("templates/") if styles else "*"
        message = {"command": "reload", "path": path, "liveCSS": styles, "liveImg": False}
        for page in list(LiveReloadHandler.waiters):
            page.send_message(message)

    return tell


def _as_data(refresher: Refresher) -> list[dict[str, Any]]:
    return [
        {"where": f"{p.file}:{p.line}" if p.line else p.file, "message": p.message, "hint": p.hint}
        for p in refresher.problems
    ]
