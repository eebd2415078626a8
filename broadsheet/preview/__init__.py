"""Preview: convert, build and serve as files are saved, and reload the open pages."""

from __future__ import annotations

import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from broadsheet.preview.refresh import Refresher
from broadsheet.preview.server import listen, run_until_interrupted
from broadsheet.problems import Problem, Problems


def serve(
    root: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    sub_path: bool = False,
    open_browser: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the archive in `root` until Ctrl-C; `port` 0 takes the next free one.

    With `sub_path` the site stands under the path of `base_url`, as GitHub Pages will show it.
    A problem in the archive is shown, here and in the browser, and does not end the preview.
    Raises Problems when the port is taken.
    """
    refresher = Refresher(root, say)
    started = time.monotonic()
    refresher.refresh()
    try:
        server = listen(root, host, port, _prefix(refresher.base_url) if sub_path else "/")
    except OSError as error:
        hint = "take another one with --port, or the next free one with --port 0"
        found = f"cannot listen on {host}:{port}: {error.strerror}"
        raise Problems([Problem("serve", 0, found, hint)]) from None
    say(f"Ready in {time.monotonic() - started:.1f} s. Open {server.url} (Ctrl-C stops).")
    if host not in ("127.0.0.1", "localhost", "::1"):
        say(f"Warning: {host} lets other machines read this preview.")
    if open_browser:
        webbrowser.open(server.url)
    run_until_interrupted(server, refresher)
    say("Stopped.")


def _prefix(base_url: str) -> str:
    """The path of `base_url` with a slash at both ends: https://x.org/paper -> /paper/."""
    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")
