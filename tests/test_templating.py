"""Templates and prompts: values are only ever values, and gaps are errors."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from digestbot.errors import FormatError, PromptError
from digestbot.model import Message
from digestbot.templating import Prompt, quoted, render_template


def prompt(system: str = "You are {who}.", user: str = "Tell {what}.") -> Prompt:
    return Prompt(name="summarize", language="en", system=system, user=user)


def test_a_template_is_printed_byte_for_byte_but_for_its_last_line_break() -> None:
    assert render_template("a\n{{ b }}\n\n", name="t", b="x") == "a\nx\n"


def test_what_a_value_holds_is_never_a_template() -> None:
    hostile = "{{ 7 * 7 }}{% raw %}<b>&amp;"

    assert render_template("{{ value }}", name="t", value=hostile) == hostile


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{{ missing }}", "t:2: 'missing' is undefined"),
        ("one\ntwo\n{% if %}", "t:3: "),
        ("{{ value.append(1) }}", "t:1: "),
        ("\n\n{{ value + 1 }}", "t:3: "),
        ("{{ ''.__class__.__mro__ }}", "t:1: "),
    ],
)
def test_a_broken_template_is_named_with_its_line(template: str, said: str) -> None:
    with pytest.raises(FormatError) as raised:
        render_template(template, name="t", value=[])

    assert str(raised.value).startswith(said)


@given(st.text() | st.text(alphabet="\"\\\n\t\x7f\x85\u2028\ufeff:#{}[],&*'", max_size=12))
def test_a_quoted_text_is_the_same_text_in_yaml_of_both_versions_and_in_json(text: str) -> None:
    written = quoted(text)

    for version in ((1, 1), (1, 2)):
        yaml = YAML(typ="safe", pure=True)
        yaml.version = version
        assert yaml.load(f"title: {written}\n")["title"] == text
    assert json.loads(written) == text
    assert "\n" not in written


def test_a_prompt_becomes_a_system_and_a_user_message() -> None:
    messages = prompt(user="JSON is {{}}; tell {what}.").messages(who="an editor", what="{who}")

    assert messages == (
        Message(role="system", text="You are an editor."),
        Message(role="user", text="JSON is {}; tell {who}."),
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"who": "x"}, "prompt summarize/en: no value for what"),
        ({"who": "x", "what": "y", "when": "z"}, "prompt summarize/en has no place for when"),
    ],
)
def test_missing_and_unknown_values_are_errors(values: dict[str, str], said: str) -> None:
    with pytest.raises(PromptError) as raised:
        prompt().messages(**values)

    assert str(raised.value) == said


@pytest.mark.parametrize("system", ["{", "{a.b}", "{0}"])
def test_a_prompt_that_is_no_template_is_an_error(system: str) -> None:
    with pytest.raises(PromptError, match="prompt summarize/en: "):
        prompt(system=system).messages(what="x")
