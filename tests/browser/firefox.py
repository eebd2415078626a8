"""Firefox as Debian ships it, spoken to in WebDriver BiDi: no driver program, no patched build.

https://w3c.github.io/webdriver-bidi/. Firefox opens the WebSocket itself
(`--remote-debugging-port`), and tornado, which livereload brings, speaks it.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

_PREFERENCES = """\
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "");
"""


class Firefox:
    """A headless Firefox with one tab. `faults` are what its console and network complained of."""

    def __init__(self, program: str, profile: Path) -> None:
        (profile / "user.js").write_text(_PREFERENCES)
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(
            [*command, "--profile", str(profile), "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self._loop = asyncio.new_event_loop()  # of its own: Playwright holds this thread's
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._number = 0
        self.faults: list[str] = []
        self.requested: list[str] = []
        self._socket: WebSocketClientConnection = self._run(websocket_connect, self._address())
        self._command("session.new", capabilities={})
        self._command(
            "session.subscribe",
            events=["log.entryAdded", "network.fetchError", "network.beforeRequestSent"],
        )
        tree = self._command("browsingContext.getTree")
        self._tab: str = tree["contexts"][0]["context"]

    def _address(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            listening = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
            if listening:
                return f"{listening[1]}/session"
        raise RuntimeError("Firefox ended before it opened its WebSocket")

    def _run(self, begin: Callable[..., Awaitable[Any]], *arguments: object) -> Any:
        async def within() -> Any:
            return await asyncio.wait_for(begin(*arguments), 30)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result()

    def _command(self, method: str, **parameters: object) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._run(self._socket.write_message, json.dumps(message))
        while True:
            answer = json.loads(self._run(self._socket.read_message))
            if answer.get("id") == self._number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict[str, Any]) -> None:
        found = event.get("params", {})
        if event.get("method") == "log.entryAdded" and found["level"] in ("warn", "error"):
            self.faults.append(f"console: {found['text']}")
        elif event.get("method") == "network.fetchError" and "ABORTED" not in found["errorText"]:
            self.faults.append(f"failed: {found['request']['url']} {found['errorText']}")
        elif event.get("method") == "network.beforeRequestSent":
            self.requested.append(found["request"]["url"])

    def open(self, address: str) -> None:
        self._command("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def back(self) -> None:
        self._command("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._command("browsingContext.setViewport", context=self._tab, viewport=size)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page, by way of JSON."""
        result = self._command(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._tab},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise RuntimeError(result["exceptionDetails"]["text"])
        return json.loads(result["result"].get("value", "null"))

    def wait_for(self, condition: str, seconds: float = 5) -> None:
        """Until an expression is true in the page."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"!!({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(f"not true at {self.evaluate('location.href')}: {condition}")
            time.sleep(0.05)

    def press(self, key: str) -> None:
        strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        actions = [{"type": "key", "id": "keyboard", "actions": strokes}]
        self._command("input.performActions", context=self._tab, actions=actions)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
