"""Words with gaps: templates for readers (Jinja2), prompts for models (``str.format``).

Text from feeds is only ever a value, never a template; an unknown or missing
variable is an error in both. Jinja2 is loaded when first needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from digestbot.errors import FormatError, PromptError
from digestbot.model import Message

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context

MAX_FACTOR = 10_000
"""The largest number, and the longest text, that a template may multiply."""

PADDING = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})
"""Methods and filters that make a text of any length."""

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
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, MemoryError) as error:
        raise FormatError(f"{name}:{_line(error)}: {error}") from error


def check_template(template: str, *, name: str, known: Collection[str]) -> None:
    """Raise ``FormatError`` for a template that cannot work with the values *known* by name."""
    import jinja2
    from jinja2 import meta, nodes

    try:
        parsed = _environment().parse(template)
    except jinja2.TemplateSyntaxError as error:
        raise FormatError(f"{name}:{error.lineno}: {error.message}") from error
    unknown = meta.find_undeclared_variables(parsed) - set(known)
    for used in parsed.find_all(nodes.Name):
        if used.name in unknown:
            raise FormatError(f"{name}:{used.lineno}: {used.name!r} is not known")


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
        self._check(self._gaps(self.system) | self._gaps(self.user), set(values))
        return (
            Message(role="system", text=self.system.format(**values)),
            Message(role="user", text=self.user.format(**values)),
        )

    def _gaps(self, words: str) -> set[str]:
        """The names of the gaps in *words*; only names: no attributes, no formats."""
        try:
            parts = list(Formatter().parse(words))
        except ValueError as error:
            raise PromptError(f"prompt {self._place}: {error}; write {{{{ for a brace") from error
        gaps = {name for _, name, _, _ in parts if name is not None}
        odd = [name for name in sorted(gaps) if not name.isidentifier()]
        odd += [f"{name}:{form}" for _, name, form, kind in parts if form or kind]
        if odd:
            raise PromptError(f"prompt {self._place}: no name for a gap: {odd[0]!r}")
        return gaps

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
    return _environment().from_string(template)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Without what would fill all memory at one slip: ``'a' * 1000000000``, padding."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002 - Jinja2 would allow it
            return None

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return attr not in PADDING and super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            sizes = [each if isinstance(each, int) else len(str(each)) for each in (left, right)]
            padding = operator == "%" and not isinstance(left, int)
            if operator == "**" or padding or (operator == "*" and max(sizes) > MAX_FACTOR):
                raise SecurityError(f"{operator} is not allowed here")
            return super().call_binop(context, operator, left, right)

    # Markdown, not HTML: escaping is the renderer's, done before a value comes here.
    environment = Sandbox(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    for name in PADDING & environment.filters.keys():
        del environment.filters[name]
    environment.filters["quoted"] = quoted
    return environment


def _line(error: Exception) -> int:
    """The template's line in which *error* was raised: Jinja2 rewrites its frame's number."""
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
