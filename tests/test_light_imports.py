from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "aiohttp",
    "fastfeedparser",
    "feedparser",
    "jinja2",
    "langchain_core",
    "listparser",
    "lxml",
    "markdown_it",
    "openai",
    "pydantic",
    "rich",
    "selectolax",
    "sqlalchemy",
    "tenacity",
}

PROBE = """
import sys
sys.argv[1:] = {arguments!r}
try:
    from digestbot.cli import main
    main()
except SystemExit:
    pass
print("loaded:", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_imports_none_of_the_heavy_libraries(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stdout.rpartition("loaded:")[2].split())
    assert "digestbot" in loaded
    assert loaded & HEAVY == set()


def test_importing_digestbot_imports_none_of_them_either() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, digestbot; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert {name.partition(".")[0] for name in done.stdout.split()} & HEAVY == set()
