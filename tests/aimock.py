"""Runs ``@copilotkit/aimock``, an OpenAI-compatible endpoint that nobody here wrote."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

PACKAGE = "@copilotkit/aimock"
VERSION = "1.43.0"

READY = 20.0
"""Seconds until the server must listen; it takes half a second."""


class AIMock:
    """One server on a free port; *fixtures* in its own JSON form, *latency* in seconds."""

    def __init__(
        self, program: Path, folder: Path, fixtures: list[dict[str, Any]], *, latency: float = 0.0
    ) -> None:
        folder.mkdir(exist_ok=True)
        listed = {"fixtures": fixtures}
        (folder / "fixtures.json").write_text(json.dumps(listed, ensure_ascii=False))
        self._command = ["node", str(program), "--port", "0", "--fixtures", str(folder)]
        if latency:
            self._command += ["--chaos-latency", str(round(latency * 1000))]
        self._log = folder / "log"
        self._address = ""

    @property
    def base_url(self) -> str:
        """What goes into ``model.base_url``."""
        return f"{self._address}/v1"

    def journal(self) -> list[dict[str, Any]]:
        """Every request that came in, with what was answered."""
        with urllib.request.urlopen(f"{self._address}/__aimock/journal") as response:
            journal: list[dict[str, Any]] = json.load(response)
        return journal

    def __enter__(self) -> AIMock:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        deadline = time.monotonic() + READY
        while not self._address:
            found = re.search(r"listening on (http://\S+)", self._log.read_text())
            self._address = found[1] if found else ""
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"aimock did not start: {self._log.read_text()}")
            time.sleep(0.02)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait()
