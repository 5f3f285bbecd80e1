"""Words with gaps: templates for readers (Jinja2), prompts for models (LangChain).

Text from feeds is only ever a value, never a template; an unknown or missing
variable is an error in both. The libraries are loaded when first needed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digestbot.errors import FormatError, PromptError
from digestbot.model import Message

if TYPE_CHECKING:
    from jinja2 import Template
    from langchain_core.prompts import ChatPromptTemplate

ROLES = {"system": "system", "human": "user"}
"""LangChain's names of the roles, and ours."""

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML 1.1 or 1.2 would not have, or would fold, inside double quotes; JSON lets it pass."""


def render_template(template: str, *, name: str, **values: object) -> str:
    """Return *template* with its gaps filled, byte for byte as it stands.

    One newline at the end of the template is not printed. Raises
    ``FormatError`` with the template's *name* and line.
    """
    import jinja2

    try:
        return _compiled(template).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise FormatError(f"{name}:{error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, TypeError, ValueError) as error:
        raise FormatError(f"{name}:{_line(error)}: {error}") from error


def quoted(text: str) -> str:
    """Return *text* as a double-quoted scalar: JSON, and YAML 1.1 and 1.2 alike."""
    escaped = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Words for the model: a system and a user message with named gaps, ``{like this}``."""

    name: str
    language: str
    system: str
    user: str

    def messages(self, **values: str) -> tuple[Message, ...]:
        """Return the messages with their gaps filled.

        Raises ``PromptError`` if a gap stays open or a value has no gap.
        """
        chat = self._chat()
        self._check(set(chat.input_variables), set(values))
        return tuple(
            Message(role=ROLES[message.type], text=str(message.content))
            for message in chat.format_messages(**values)
        )

    def _chat(self) -> ChatPromptTemplate:
        from langchain_core.prompts import ChatPromptTemplate

        try:
            return ChatPromptTemplate.from_messages([("system", self.system), ("human", self.user)])
        except ValueError as error:
            raise PromptError(f"prompt {self._place}: {error}") from error

    def _check(self, wanted: set[str], given: set[str]) -> None:
        if missing := sorted(wanted - given):
            raise PromptError(f"prompt {self._place}: no value for {', '.join(missing)}")
        if unknown := sorted(given - wanted):
            raise PromptError(f"prompt {self._place} has no place for {', '.join(unknown)}")

    @property
    def _place(self) -> str:
        return f"{self.name}/{self.language}"


@lru_cache(maxsize=16)
def _compiled(template: str) -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Markdown, not HTML: escaping is the renderer's, done before a value comes here.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["quoted"] = quoted
    return environment.from_string(template)


def _line(error: Exception) -> int:
    """The template's line in which *error* was raised: Jinja2 rewrites its frame's number."""
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
