"""Feeds are added to a config without touching anything else in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.config import load
from digestbot.config.append import append_feeds
from digestbot.errors import ConfigError
from digestbot.model import Feed

A = Feed(url="https://a.test/feed", name="A", category="labs")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_all_else_stays_as_it_is(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "digest.toml"
    text = f"# mine{ending}[edition]{ending}limit = 3   # few{ending}"
    path.write_bytes(text.encode())

    append_feeds(path, [A, Feed(url="https://b.test")])

    assert path.read_bytes().decode().startswith(text)
    assert ("\r" in path.read_bytes().decode()) is (ending == "\r\n")
    assert load(path).feeds == (A, Feed(url="https://b.test"))
    assert [each.name for each in tmp_path.iterdir()] == ["digest.toml"]


@given(name=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("config") / "digest.toml"
    path.write_text("")

    append_feeds(path, [Feed(url="https://a.test", name=name)])

    assert load(path).feeds[0].name == (name if name.strip() else "")


@pytest.mark.parametrize(
    "text", ["feeds = [{ url = 'https://x.test' }]\n", "[edition]\nlimt = 1\n"]
)
def test_a_config_that_would_not_load_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(text)

    with pytest.raises(ConfigError):
        append_feeds(path, [A])

    assert path.read_text() == text
    assert len(list(tmp_path.iterdir())) == 1
