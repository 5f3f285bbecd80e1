"""What a model wrote, read like a stranger's letter: JSON found and mended, prose checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import json_repair

from digestbot.errors import BadReplyError
from digestbot.text.languages import language_of

LANGUAGE_NAMES = {"zh": "simplified Chinese", "en": "English"}

LONGEST_REPLY = 20_000
"""Characters, thoughts not counted: several times the longest reply that is asked for."""

TRADITIONAL_SHARE = 0.05
"""Of the Han characters: a name may keep its own writing, a text may not."""

_DECODER = json.JSONDecoder(strict=False)

_THOUGHT = re.compile(r"(?is)<(think|thinking|reasoning)>.*?(?:</\1>|\Z)")
_THOUGHT_END = re.compile(r"(?is)\A.*</(?:think|thinking|reasoning)>")
_HAN = re.compile("[\u4e00-\u9fff]")
_TRADITIONAL = frozenset(
    "個們這說國會來時對發現開關電實體經資訊網業際點長應與為區億萬東車馬門問間見學覺"
    "認該請讓護變過還進運達遠選邊處專將導層營產據數無熱獨環盡續線結給統絕總"
)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_CLOSED = re.compile(r"[。！？!?.…][”’」』）)\"'*]*$")
_STRUCTURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a heading", re.compile(r"(?m)^\s*#{1,6}\s")),
    ("a list", re.compile(r"(?m)^\s*(?:[-*+•]|\d{1,2}[.)、])\s+\S")),
    ("a code fence", re.compile(r"```|~~~")),
    ("a block quote", re.compile(r"(?m)^\s*>\s")),
    ("a table", re.compile(r"(?m)^\s*\|.*\|")),
    ("a rule", re.compile(r"(?m)^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")),
    ("an image or a link", re.compile(r"!?\[[^\]\n]*\]\s*\([^)\n]*\)")),
    ("an HTML tag", re.compile(r"</?[A-Za-z][^<>\n]*>|<!--")),
    ("italics", re.compile(r"(?<![*A-Za-z0-9])\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![*A-Za-z0-9])")),
)
_AFTER_TITLE = frozenset({"", "：", ":", "\n"})
_URL = re.compile(r"(?i)(?<![a-z0-9])(?:https?://|www\.[a-z0-9])")
_ASIDE = re.compile(r"[（(][^()（）]*[)）]")
_PAIRS = (("“", "”"), ("「", "」"), ("《", "》"), ("（", "）"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What a piece of prose must keep to. Lengths count visible characters.

    ``shortest`` and ``longest`` are where a length becomes absurd, not the
    house's taste; ``refusals`` are phrases, matched without regard to case.
    """

    name: str
    language: str
    shortest: int = 1
    longest: int = 1_000
    refusals: Sequence[str] = ()


def read_object(text: str) -> dict[str, Any]:
    """Return the JSON object in a reply, though fenced, prefixed, thought about or broken.

    Raises ``BadReplyError`` where there is none.
    """
    said = without_thoughts(text).strip()
    if not said:
        raise BadReplyError("The reply is empty; it must be one JSON object.")
    if len(said) > LONGEST_REPLY:
        raise BadReplyError("The reply is far too long; it must be one JSON object.")
    if "{" not in said:
        raise BadReplyError("The reply holds no JSON; it must be one JSON object, nothing else.")
    found = _sound(said) or _mended(said[said.index("{") :])
    if not found:
        raise BadReplyError("The reply is not one JSON object.")
    return found


def without_thoughts(text: str) -> str:
    """Return *text* without what a model thought aloud, closed or not."""
    return _THOUGHT_END.sub("", _THOUGHT.sub("", text))


def flaws(text: str, demands: Demands) -> list[str]:
    """Return what is wrong with a paragraph of prose, each as a sentence a model can act on."""
    return [f"{demands.name}: {flaw}" for flaw in _flaws(text, demands)]


def title_flaws(text: str, demands: Demands) -> list[str]:
    """Return what is wrong with a headline: as prose, but it needs no full stop."""
    found = [*_size(text, demands), *_language(text, demands), *_structure(text)]
    return [f"{demands.name}: {flaw}" for flaw in found]


def echo_flaws(text: str, headline: str) -> list[str]:
    """Say so if *text* begins with the headline as a title of its own, or is nothing but it."""
    body, title = visible(text).strip(), visible(headline).strip()
    if title and body.startswith(title) and body[len(title) :][:1] in _AFTER_TITLE:
        return ["text: It repeats the headline; tell more than the headline does."]
    return []


def visible(text: str) -> str:
    """Return *text* as readers see it, without the marks of bold."""
    return text.replace("**", "")


def one_line(text: str, language: str) -> str:
    """Return *text* on one line; where Chinese lines meet no space comes between."""
    joint = "" if language == "zh" else " "
    return joint.join(line.strip() for line in text.splitlines() if line.strip())


def keep_bold(text: str, *, most: int, wanted: Callable[[str], bool] | None = None) -> str:
    """Return *text* with the first *most* bold spans (that are *wanted*), the others unmarked."""
    kept = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal kept
        if kept >= most or (wanted and not wanted(match[1])):
            return match[1]
        kept += 1
        return match[0]

    return _BOLD.sub(mark, text)


def _sound(text: str) -> dict[str, Any] | None:
    """The first object in *text* that is JSON as it stands."""
    for brace in re.finditer(r"\{", text):
        try:
            found, _ = _DECODER.raw_decode(text, brace.start())
        except (ValueError, RecursionError):
            continue
        if found:
            return dict(found)
    return None


def _mended(text: str) -> dict[str, Any] | None:
    """The object that a broken one was meant to be."""
    try:
        found = json_repair.loads(text)
    except (ValueError, RecursionError):
        return None
    parts = found if isinstance(found, list) else [found]
    return next((part for part in parts if isinstance(part, dict) and part), None)


def _flaws(text: str, demands: Demands) -> Iterator[str]:
    yield from _size(text, demands)
    if not text.strip():
        return
    yield from _language(text, demands)
    yield from _structure(text)
    lowered = text.lower()
    refusal = next((phrase for phrase in demands.refusals if phrase.lower() in lowered), "")
    if refusal:
        yield f"It refuses or apologizes (“{refusal}”); write about the news itself."
    if not _CLOSED.search(text.strip()):
        yield "It stops in the middle of a sentence; finish it, with its full stop."
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing):
            yield f"The marks {opening} and {closing} do not pair up."


def _size(text: str, demands: Demands) -> Iterator[str]:
    size = len(visible(text).strip())
    if not size:
        yield "It is empty."
    elif size < demands.shortest:
        yield f"It has {size} characters, far too few; write at least {demands.shortest}."
    elif size > demands.longest:
        yield f"It has {size} characters, far too many; write at most {demands.longest}."


def _language(text: str, demands: Demands) -> Iterator[str]:
    wanted = LANGUAGE_NAMES.get(demands.language)
    if wanted is None or not text.strip():
        return
    if language_of(_ASIDE.sub("", visible(text))) not in {demands.language, "und", ""}:
        yield f"It is not in {wanted}; translate it, leaving only names as they are."
    elif demands.language == "zh" and _is_traditional(text):
        yield f"It is in traditional characters; write {wanted}."


def _is_traditional(text: str) -> bool:
    han = _HAN.findall(text)
    found = sum(character in _TRADITIONAL for character in han)
    return found > max(1, TRADITIONAL_SHARE * len(han))


def _structure(text: str) -> Iterator[str]:
    plain = _BOLD.sub(r"\1", text)
    for name, pattern in _STRUCTURE:
        if pattern.search(plain):
            yield f"It holds {name}; write plain sentences, with no Markdown but **bold**."
    if _URL.search(text):
        yield "It holds an address; take it out, links are set by the software."
    if "\\n" in text:
        yield "It holds a literal \\n; write one running text."
    if "**" in plain:
        yield "It holds ** without a partner; mark bold as **words**, or not at all."
