from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digestbot.config import (
    EditionSettings,
    FetchSettings,
    MemorySettings,
    ModelSettings,
    Settings,
    StorySettings,
    default,
    load,
    override,
    values,
)
from digestbot.errors import ConfigError
from digestbot.model import Feed, Topic

WHOLE = """\
sources = ["list.opml", "folder/", "https://n.test/feed.xml", "list.opml"]

[edition]
name = "evening"
language = "en"
timezone = "Europe/Berlin"
window = "36h"
limit = 8
per_source = 2
min_stories = 3
format = "daily"

[topic]
include = ["AI"]
exclude = ["晚报"]
description = "Artificial intelligence."

[model]
provider = "deepseek"
name = "deepseek-chat"
base_url = "https://api.n.test/v1"
api_key_env = "DEEPSEEK_API_KEY"
timeout = 30
concurrency = 4
temperature = 0.3
max_tokens = 900
on_failure = "fail"
input_price = 0.27
output_price = 1

[fetch]
timeout = 5.5
concurrency = 20
allow_private = ["localhost"]
contact = "https://us.test/about"
full_text = true
max_failed = 0.3

[memory]
days = 14

[stories]
embeddings = "local:small"

[aliases]
"月之暗面" = ["Moonshot AI", " Moonshot ", "Moonshot AI"]
limit = ["Limit Labs"]

[output]
dir = "site/posts"
state = "/var/lib/digestbot"

[[feeds]]
url = "https://a.test/rss"
name = "A"
weight = 2
category = "labs"
full_text = false
headers = { X-Api-Key = "$A_KEY", Accept-Language = "en" }
login_env = "A_LOGIN"
verify_tls = false

[[feeds]]
url = "https://c.test/rss"

[[feeds]]
url = "local/b.xml"
"""


def write(folder: Path, text: str, name: str = "digest.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str, **env: str) -> Settings:
    return load(write(folder, text), env=env)


def refusal(folder: Path, text: str, **env: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text, **env)
    return caught.value


def test_every_key_of_the_file_has_its_place_in_the_settings(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)

    assert settings.edition == EditionSettings(
        name="evening",
        language="en",
        timezone="Europe/Berlin",
        window=timedelta(hours=36),
        limit=8,
        per_source=2,
        min_stories=3,
    )
    assert settings.topic == Topic(
        include=("AI",), exclude=("晚报",), description="Artificial intelligence."
    )
    assert settings.model == ModelSettings(
        provider="deepseek",
        name="deepseek-chat",
        base_url="https://api.n.test/v1",
        api_key_env="DEEPSEEK_API_KEY",
        timeout=30.0,
        concurrency=4,
        temperature=0.3,
        max_tokens=900,
        on_failure="fail",
        input_price=0.27,
        output_price=1.0,
    )
    assert settings.memory == MemorySettings(days=14)
    assert settings.stories == StorySettings(embeddings="local:small")
    assert settings.aliases == {
        "月之暗面": ("Moonshot AI", "Moonshot"),
        "limit": ("Limit Labs",),
    }
    assert settings.fetch == FetchSettings(
        timeout=5.5,
        concurrency=20,
        allow_private=("localhost",),
        contact="https://us.test/about",
        full_text=True,
        max_failed=0.3,
    )
    assert settings.feeds == (
        Feed(
            url="https://a.test/rss",
            name="A",
            weight=2.0,
            category="labs",
            headers=(("X-Api-Key", "$A_KEY"), ("Accept-Language", "en")),
            login_env="A_LOGIN",
            verify_tls=False,
        ),
        Feed(url="https://c.test/rss", full_text=True),
        Feed(url=str(tmp_path / "local/b.xml")),
    )
    assert settings.file == tmp_path / "digest.toml"


def test_paths_are_relative_to_the_folder_of_the_config_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, WHOLE)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    settings = load("../digest.toml", env={})

    sources = [Path(source).resolve() for source in settings.sources[:2]]
    assert sources == [tmp_path / "list.opml", tmp_path / "folder"]
    assert settings.sources[2:] == ("https://n.test/feed.xml",)
    assert settings.output.dir.resolve() == tmp_path / "site/posts"
    assert settings.output.state == Path("/var/lib/digestbot")


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")

    assert settings == replace(default(env={}, folder=tmp_path), file=tmp_path / "digest.toml")
    assert settings.output.dir == tmp_path / "posts"
    assert settings.output.state == tmp_path / ".digestbot"


def test_a_byte_order_mark_is_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_bytes(b"\xef\xbb\xbf[edition]\r\nlimit = 4\r\n")

    assert load(path, env={}).edition.limit == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[edition]\n\nlimt = 5\n", 3, 'edition.limt: unknown key, did you mean "limit"?'),
        ("[editoin]\nlimit = 5\n", 1, 'editoin: unknown key, did you mean "edition"?'),
        ("[edition]\nsources = []\n", 2, "write sources above the first [table]"),
        ("[edition]\non_failure = 'fail'\n", 2, "it belongs under [model]"),
        ("[edition]\nallow_privat = []\n", 2, 'did you mean "allow_private"?'),
        ("[edition]\nxyzzy = 1\n", 2, "edition.xyzzy: unknown key"),
        ("[memory]\nday = 5\n", 2, 'memory.day: unknown key, did you mean "days"?'),
        ("[memory]\ndays = 0\n", 2, "memory.days: 0 is out of range: from 1 to 366"),
        ("[edition]\nlimit = '5'\n", 2, "must be a whole number, not text"),
        ("[edition]\nlimit = true\n", 2, "must be a whole number, not true or false"),
        ("[edition]\nname = 2026-01-01\n", 2, "must be text, not a date or time"),
        ("[edition]\nlimit = 0\n", 2, "edition.limit: 0 is out of range: from 1 to 100"),
        ("[edition]\nlimit = 2\nmin_stories = 3\n", 3, "more than edition.limit (2)"),
        ("[edition]\nwindow = '24 hours'\n", 2, "not a span of time such as 24h"),
        ("[edition]\nwindow = '90d'\n", 2, "out of range: a window lasts from 1m to 31d"),
        ("[edition]\ntimezone = 'asia/shangai'\n", 2, 'did you mean "Asia/Shanghai"?'),
        ("[edition]\ntimezone = '#'\n", 2, "they look like Asia/Shanghai"),
        ("[edition]\nlanguage = 'zn'\n", 2, "'zn' is not known (it is one of: zh, en)"),
        ("[edition]\nname = 'a/b'\n", 2, "must be letters, digits"),
        ("[edition]\nname = ' '\n", 2, "is empty"),
        ("edition = 3\n", 1, "edition: must be a [table], not a whole number"),
        ("[topic]\ninclude = ['a', 3]\n", 2, "must be a list of texts"),
        ("[topic]\ninclude = 'AI'\n", 2, "must be a list, not text"),
        ("aliases = ['a']\n", 1, "aliases: must be a [table], not a list"),
        ("[aliass]\n'阿里' = ['Alibaba']\n", 1, 'did you mean "aliases"?'),
        ("[aliases]\n\n'月之暗面' = 'Kimi'\n", 3, "aliases.月之暗面: must be a list, not text"),
        ("[aliases]\n'英伟达' = ['Nvidia', 3]\n", 2, "aliases.英伟达: must be a list of texts"),
        ("[aliases]\n'英伟达' = []\n", 2, 'by name, such as "A" = ["B", "C"]'),
        ("[aliases]\n' ' = ['Nvidia']\n", 2, "must be a list of texts by name"),
        ("[aliases]\nlimt = ['a']\n[edition]\nlimt = 5\n", 4, 'did you mean "limit"?'),
        ("[model]\non_failure = 'exerpt'\n", 2, 'did you mean "excerpt"?'),
        ("[model]\nbase_url = 'api.test'\n", 2, "must start with http:// or https://"),
        ("[model]\ntimeout = nan\n", 2, "out of range"),
        ("[fetch]\ntimeout = 0\n", 2, "out of range"),
        ("sources = ['ftp://a.test/x']\n", 1, "neither an http(s) address nor a path"),
        ("[[feeds]]\nurl = 'a'\n[[feeds]]\nname = 'b'\n", 3, "feeds.url: is missing"),
        ("[[feeds]]\nurl = 'a'\n\n[[feeds]]\nurl = 'b'\nwieght = 2\n", 6, '"weight"'),
        ("feeds = [{url = 'a', nam = 'b'}]\n", 1, 'feeds.nam: unknown key, did you mean "name"'),
        ("feeds = ['https://a.test']\n", 1, "must be written as [[feeds]] tables"),
        ("edition.limt = 5\n", 1, 'did you mean "limit"?'),
        ('[topic]\ndescription = """\nlimt = 1\n"""\n[edition]\nlimt = 5\n', 6, "edition.limt"),
        ("[edition\n", 1, "not valid TOML"),
        ("[edition]\nlimit = 5\nlimit = 6\n", 3, "not valid TOML"),
        ("[edition]\nname = [\n", 3, "not valid TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_way_out(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    error = refusal(tmp_path, text)

    assert words in str(error)
    assert str(error).startswith(f"{tmp_path / 'digest.toml'}:{line}: ")


@pytest.mark.parametrize("key", ["api_key", "key", "token", "apikey"])
def test_a_literal_key_is_refused_and_never_repeated(tmp_path: Path, key: str) -> None:
    error = refusal(tmp_path, f"[model]\n{key} = 'sk-very-secret'\n")

    assert "put the key into the environment (OPENAI_API_KEY)" in str(error)
    assert "model.api_key_env" in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    "line", ["api_key_env = 'sk-very-secret'", "base_url = 'https://me:sk-very-secret@a.test/v1'"]
)
def test_a_key_in_another_place_is_refused_and_never_repeated(tmp_path: Path, line: str) -> None:
    error = refusal(tmp_path, f"[model]\n{line}\n")

    assert "put the key into the environment" in str(error)
    assert "secret" not in str(error)


def test_a_missing_file_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read: No such file.*digestbot init"):
        load(tmp_path / "digest.toml")


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_bytes("# 新闻".encode("gbk"))

    with pytest.raises(ConfigError, match="not UTF-8 text"):
        load(path)


# --- the environment and the flags ------------------------------------------


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        "[model]\nname = 'a'\nbase_url = 'https://file.test/v1'\n",
        DIGESTBOT_MODEL="b",
        OPENAI_BASE_URL="http://localhost:8000/v1",
    )

    assert settings.model == ModelSettings(name="b", base_url="http://localhost:8000/v1")


@pytest.mark.parametrize(
    "text", ["provider = 'deepseek'", "base_url = 'https://f.test'\napi_key_env = 'F_KEY'"]
)
def test_another_providers_key_is_never_sent_to_openai_base_url(tmp_path: Path, text: str) -> None:
    settings = loaded(tmp_path, f"[model]\n{text}\n", OPENAI_BASE_URL="http://localhost/v1")

    assert settings.model is not None
    assert "localhost" not in settings.model.base_url


def test_an_address_in_the_environment_is_checked_like_one_in_the_file() -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL: must start with"):
        default(env={"OPENAI_BASE_URL": "localhost:8000"})


def test_the_model_none_is_no_model_wherever_it_is_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, "[model]\nname = 'none'\n").model is None
    assert default(env={"DIGESTBOT_MODEL": "none"}).model is None
    assert override(default(env={}), model="none").model is None


def test_a_model_named_later_switches_it_on_again(tmp_path: Path) -> None:
    by_env = loaded(tmp_path, "[model]\nname = 'none'\n", DIGESTBOT_MODEL="m")
    by_flag = override(default(env={"DIGESTBOT_MODEL": "none"}), model="m")

    assert by_env.model == by_flag.model == ModelSettings(name="m")


def test_a_flag_beats_environment_and_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(tmp_path, WHOLE, DIGESTBOT_MODEL="env")
    monkeypatch.chdir(tmp_path)

    changed = override(
        settings,
        sources=["feeds", "https://b.test/feed"],
        out=Path("out"),
        state=Path("state"),
        format="weekly",
        model="flag",
        language="zh",
        limit=2,
        window=timedelta(days=7),
        allow_private=["localhost", "127.0.0.1"],
    )

    assert changed.feeds == ()
    assert changed.sources == (str(tmp_path / "feeds"), "https://b.test/feed")
    assert changed.output.dir == tmp_path / "out"
    assert changed.output.state == tmp_path / "state"
    assert changed.model is not None
    assert changed.model.name == "flag"
    assert changed.edition == EditionSettings(
        name="evening",
        language="zh",
        timezone="Europe/Berlin",
        window=timedelta(days=7),
        limit=2,
        per_source=2,
        min_stories=2,
        format="weekly",
    )
    assert changed.fetch.allow_private == ("localhost", "127.0.0.1")


@pytest.mark.parametrize(
    ("feed", "message"),
    [
        ('headers = { Authorization = "Bearer abc" }', "Authorization holds a secret"),
        ('headers = { X-Api-Key = "abc" }', "X-Api-Key holds a secret"),
        ('headers = { "a b" = "c" }', "cannot be the name of a header"),
        ('headers = { X-Key = "$not a name" }', "not the name of an environment variable"),
        ('headers = { Accept = "a\\nb" }', "cannot be sent"),
        ("headers = { Accept = 1 }", "must be texts by name"),
        ('login_env = "me:s3cr3t"', "not the name of an environment variable"),
        ('verify_tls = "no"', "must be true or false"),
    ],
)
def test_a_feed_is_told_who_asks_but_the_file_holds_no_secret(
    tmp_path: Path, feed: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        loaded(tmp_path, f'[[feeds]]\nurl = "https://a.test"\n{feed}\n')

    assert "abc" not in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("contact", ["me", "a\\nb@c.test", "名@c.test"])
def test_a_contact_is_an_address(tmp_path: Path, contact: str) -> None:
    with pytest.raises(ConfigError, match="neither an http"):
        loaded(tmp_path, f'[fetch]\ncontact = "{contact}"\n')


def test_no_flags_change_nothing(tmp_path: Path) -> None:
    settings = loaded(tmp_path, WHOLE)

    assert override(settings) == settings


# --- single values ----------------------------------------------------------


@given(st.integers(1, 31 * 24 * 60))
def test_a_window_says_its_minutes(minutes: int) -> None:
    assert values.window(f"{minutes}m") == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "hours"), [("24h", 24), ("7d", 168), (" 36 H ", 36), ("1w", 168), ("90m", 1.5)]
)
def test_windows_are_written_in_minutes_hours_days_or_weeks(text: str, hours: float) -> None:
    assert values.window(text) == timedelta(hours=hours)


@given(st.text(max_size=8))
def test_any_other_text_is_no_window_and_says_so(text: str) -> None:
    assume(not re.fullmatch(r"\s*\d+\s*[mhdw]\s*", text.lower()))

    with pytest.raises(ValueError, match=re.escape(repr(text))):
        values.window(text)
