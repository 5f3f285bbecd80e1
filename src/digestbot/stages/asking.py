"""Asks a model for JSON, reads the reply like a stranger's, and lets it be mended once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Message, Reply
from digestbot.ports import Model
from digestbot.templating import Prompt
from digestbot.text.replies import read_object

T = TypeVar("T")
Read = Callable[[dict[str, Any]], T]
"""Makes a noun of a reply; raises ``BadReplyError`` with what is wrong, a sentence a line."""

SHOWN_REPLY = 4_000
"""Characters of a bad reply that are shown again to be mended."""

BLANK = "{}"
"""What stands for a reply without a word: endpoints turn empty messages down."""


def ask(
    messages: Sequence[Message],
    *,
    model: Model,
    repair: Prompt,
    schema: Mapping[str, Any],
    read: Read[T],
    doubts: Callable[[T], Sequence[str]] = lambda _: (),
) -> T:
    """Return what *read* makes of the model's reply, or of its one attempt to mend it.

    A reply that can be read but has *doubts*, sentences that say what is wrong
    with it, is sent back, too; of the two the one with fewer is returned.
    Raises a ``ModelError`` if none can be read, ``BadReplyError`` if the mended
    reply is no good either.
    """
    reply = model.complete(messages, schema=schema)
    try:
        first = _read(reply, read)
    except BadReplyError as error:
        again = _mending(messages, reply, repair=repair, flaws=error.reason)
        return _read(model.complete(again, schema=schema), read)
    found = doubts(first)
    if not found:
        return first
    again = _mending(messages, reply, repair=repair, flaws="\n".join(found))
    try:
        second = _read(model.complete(again, schema=schema), read)
    except ModelError:
        return first
    return min((second, first), key=lambda each: len(doubts(each)))


def ask_once(
    messages: Sequence[Message], *, model: Model, schema: Mapping[str, Any], read: Read[T]
) -> T:
    """Return what *read* makes of the model's only reply."""
    return _read(model.complete(messages, schema=schema), read)


def insist(flaws: Iterable[str]) -> None:
    """Raise ``BadReplyError`` if there are any *flaws*, with all of them."""
    found = list(dict.fromkeys(flaws))
    if found:
        raise BadReplyError("\n".join(found))


def object_schema(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of an object with exactly these properties, all required."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def string_in(reply: Mapping[str, Any], name: str) -> str:
    """Return the text under *name*; sentences given one by one are joined, all else is empty."""
    value = reply.get(name)
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    return value.strip() if isinstance(value, str) else ""


def numbers_in(reply: Mapping[str, Any], name: str) -> list[int]:
    """Return the whole numbers under *name*, also nested or written as text, each once."""
    return list(dict.fromkeys(_numbers(reply.get(name))))


def _numbers(value: Any) -> Iterable[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, str) and value.strip("[] ").isdecimal():
        yield int(value.strip("[] "))
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(part)


def _read(reply: Reply, read: Read[T]) -> T:
    if reply.finish == "length":
        raise BadReplyError("The reply was cut off because it is too long; write it shorter.")
    return read(read_object(reply.text))


def _mending(
    messages: Sequence[Message], reply: Reply, *, repair: Prompt, flaws: str
) -> tuple[Message, ...]:
    """The conversation so far, its rules extended, the bad reply, and what is wrong with it."""
    rules, request = repair.messages(flaws="\n".join(f"- {flaw}" for flaw in flaws.splitlines()))
    first, *others = messages
    return (
        Message(role=first.role, text=f"{first.text}\n\n{rules.text}"),
        *others,
        Message(role="assistant", text=reply.text.strip()[:SHOWN_REPLY] or BLANK),
        request,
    )
