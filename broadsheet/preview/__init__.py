"""Preview: convert, build and serve as files are saved, and reload the open pages."""

from __future__ import annotations

import threading
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from broadsheet import config
from broadsheet.preview.refresh import Refresher
from broadsheet.preview.server import Server, listen
from broadsheet.preview.watch import Watch
from broadsheet.problems import Problem, Problems
from broadsheet.progress import Stage, silent


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    sub_path: bool = False,
    open_browser: bool = False,
    say: Callable[[str], None] = print,
    progress: Stage = silent,
) -> None:
    """Serve the archive in `root` until Ctrl-C; `port` 0 takes the next free one.

    With `sub_path` the site stands under the path of `base_url`, as GitHub Pages will show it.
    A problem in the archive is shown, here and in the browser, and does not end the preview.
    Raises Problems when the port is taken, or `base_url` is asked for and has no path.
    """
    server = _listen(root, host, port, _prefix(root) if sub_path else "/")
    stopped = threading.Event()
    refresher = Refresher(root, say, stopped, progress)
    started = time.monotonic()
    watching = None
    try:
        watch = Watch(root)
        refresher.refresh(None, server)
        say(f"Ready in {time.monotonic() - started:.1f} s. Open {server.url} (Ctrl-C stops).")
        if host not in ("127.0.0.1", "localhost", "::1"):
            say(f"Warning: {host} lets other machines read this preview.")
        if open_browser:
            webbrowser.open(server.url)
        watching = threading.Thread(target=_keep_up, args=(watch, refresher, server, stopped))
        watching.start()
        server.run()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        stopped.set()
        if watching:
            watching.join()


def _keep_up(watch: Watch, refresher: Refresher, server: Server, stopped: threading.Event) -> None:
    for changed in watch.changes(stopped):
        refresher.refresh(changed, server)


def _listen(root: Path, host: str, port: int, prefix: str) -> Server:
    try:
        return listen(root, host, port, prefix)
    except OSError as error:
        hint = "take another one with --port, or the next free one with --port 0"
        found = f"cannot listen on {host}:{port}: {error.strerror}"
        raise Problems([Problem("serve", 0, found, hint)]) from None


def _prefix(root: Path) -> str:
    """The path of `base_url` with a slash at both ends: https://x.org/paper -> /paper/."""
    base_url = config.load(root).base_url
    if not base_url:
        found = "base_url: is not set, so there is no sub-path to serve under"
        hint = "set it to where the site will be published, https://NAME.github.io/REPO/"
        raise Problems([Problem(config.FILE, 0, found, hint)])
    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")
