"""A headless Chromium, driven through chromedriver's own protocol: opens pages and measures them."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MISSING = next((f"there is no {tool} here" for tool in ("chromium", "chromedriver") if shutil.which(tool) is None), "")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb",
)  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """A session of a given width."""

    url: str

    def open(self, path: Path) -> None:
        _send("POST", f"{self.url}/url", {"url": path.absolute().as_uri()})

    def run(self, script: str) -> Any:
        return _send("POST", f"{self.url}/execute/sync", {"script": script, "args": []})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(_send("GET", f"{self.url}/screenshot")))


def _send(method: str, url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]


@contextmanager
def browser(width: int, height: int = 900) -> Iterator[Browser]:
    """Start a browser whose pages are ``width`` CSS pixels wide, like a phone's where that is narrow."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            base = f"http://127.0.0.1:{_port(driver)}"
            options = {
                "binary": shutil.which("chromium"),
                "args": [*_FLAGS, f"--user-data-dir={profile}"],
                "mobileEmulation": {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1, "touch": width < 700}},
            }
            capabilities = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
            session = _send("POST", f"{base}/session", capabilities)["sessionId"]
            try:
                yield Browser(f"{base}/session/{session}")
            finally:
                _send("DELETE", f"{base}/session/{session}")
        finally:
            driver.terminate()
            driver.wait(timeout=20)
            if driver.stdout:
                driver.stdout.close()


def _port(driver: subprocess.Popen[str]) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and driver.stdout:
        line = driver.stdout.readline()
        if "successfully on port" in line:
            return int(line.split("port")[-1].strip(" .\n"))
    message = "chromedriver did not start within 30 s"
    raise RuntimeError(message)
