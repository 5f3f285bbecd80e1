"""The wiring: which model, which feeds, from settings and environment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel

from digestbot.config import ModelSettings, Settings, default
from digestbot.errors import ConfigError, FormatError, ModelUnavailableError
from digestbot.model import Feed
from digestbot.testing import ScriptedModel
from digestbot.wiring import open_bot, settings_for

RSS = '<rss version="2.0"><channel><title>A</title></channel></rss>'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "a.xml").write_text(RSS, encoding="utf-8")
    return replace(default(env={}, folder=tmp_path), sources=(str(tmp_path / "a.xml"),))


def test_without_key_address_or_provider_there_is_no_model(settings: Settings) -> None:
    with open_bot(settings, env={}) as bot:
        assert bot.check_model() == ""


def test_a_key_alone_is_enough_for_the_default_provider(settings: Settings) -> None:
    given = replace(settings, model=ModelSettings(base_url="http://127.0.0.1:9/v1", timeout=1))

    with open_bot(given, env={"OPENAI_API_KEY": "k"}) as bot, pytest.raises(ModelUnavailableError):
        bot.check_model()


def test_a_provider_that_needs_a_key_says_which_variable_is_missing(settings: Settings) -> None:
    given = replace(settings, model=ModelSettings(provider="deepseek"))

    with pytest.raises(ConfigError, match="no key in DEEPSEEK_API_KEY"):
        open_bot(given, env={"OPENAI_API_KEY": "another's"})


def test_an_unknown_provider_is_named_with_a_suggestion(settings: Settings) -> None:
    given = replace(settings, model=ModelSettings(provider="deepsek"))

    with pytest.raises(ConfigError, match="did you mean 'deepseek'"):
        open_bot(given, env={})


def test_a_provider_without_a_default_model_asks_for_its_name(settings: Settings) -> None:
    given = replace(settings, model=ModelSettings(provider="vllm"))

    with pytest.raises(ConfigError, match=r"model\.name"):
        open_bot(given, env={})


def test_an_unknown_format_or_language_is_said_before_any_work(settings: Settings) -> None:
    edition = replace(settings.edition, format="nope")
    with pytest.raises(FormatError, match="nope"):
        open_bot(replace(settings, edition=edition), env={})


@pytest.mark.parametrize(
    "model",
    [ScriptedModel("pong"), FakeListChatModel(responses=["pong"])],
    ids=["ours", "langchain"],
)
def test_a_model_can_be_passed_in(model: Any, settings: Settings) -> None:
    with open_bot(settings, model=model, env={}) as bot:
        assert bot.check_model() in ("scripted", "FakeListChatModel")


def test_something_else_passed_in_as_a_model_is_refused(settings: Settings) -> None:
    with (
        open_bot(settings, model=42, env={}) as bot,
        pytest.raises(ConfigError, match="int is neither"),
    ):
        bot.check_model()


def test_an_endpoint_that_answers_with_nothing_is_no_working_model(settings: Settings) -> None:
    with (
        open_bot(settings, model=ScriptedModel(" "), env={}) as bot,
        pytest.raises(ModelUnavailableError, match="answered with nothing"),
    ):
        bot.check_model()


def test_a_feed_listed_twice_is_visited_once_as_its_own_table_says(
    settings: Settings, tmp_path: Path
) -> None:
    named = Feed(url=str(tmp_path / "a.xml"), name="Named", weight=2.0)

    with open_bot(replace(settings, feeds=(named,)), env={}) as bot:
        assert bot.feeds == (named,)


def test_the_aliases_of_the_settings_are_added_to_those_that_are_shipped(
    settings: Settings,
) -> None:
    aliases = {"潮汐智能": ("Tidal AI", "Tidal")}

    with open_bot(replace(settings, aliases=aliases), env={}) as bot:
        known = bot._tools.aliases

    assert known.of_han("潮汐智能") == ("Tidal AI", "Tidal")
    assert "英伟达" in known.of_latin("Nvidia")


def test_settings_come_from_the_named_file_from_digest_toml_or_from_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings_for().file is None

    (tmp_path / "digest.toml").write_text('[edition]\nname = "here"\n', encoding="utf-8")
    assert settings_for().edition.name == "here"

    (tmp_path / "other.toml").write_text('[edition]\nname = "other"\n', encoding="utf-8")
    assert settings_for("other.toml").edition.name == "other"
