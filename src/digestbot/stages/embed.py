"""embed: what entries mean as rows of numbers, where the user named a model for it.

Rows only help the words, and nothing waits for them: where one is missing or
no good, words decide alone.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence

from digestbot.errors import ModelError
from digestbot.model import Entry, Notice, Remark
from digestbot.ports import Embedder, Executor, Row, Store
from digestbot.text.identity.words import LEAD_LENGTH

BATCH = 256
"""Texts in one call: what endpoints take at least."""

MOST_TEXTS = 5_000
"""Texts that are embedded, the newest entries first: a day has a thousand."""


def embed(
    entries: Sequence[Entry], *, embedder: Embedder, store: Store, executor: Executor
) -> tuple[dict[str, Row], list[Remark]]:
    """Return a row for each text of *entries* that has a usable one, by ``meaning_text``.

    Rows are kept in *store* and never asked for twice. A call that fails, or
    a row that is missing, not finite or of another size than most, leaves
    texts without one; a notice says so.
    """
    newest = sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True)
    texts = list(dict.fromkeys(map(meaning_text, newest)))[:MOST_TEXTS]
    keys = {text: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() for text in texts}
    known = store.vectors(embedder.name, list(keys.values()))
    missing = [text for text in texts if keys[text] not in known]
    batches = [missing[place : place + BATCH] for place in range(0, len(missing), BATCH)]
    answers = executor.map(lambda batch: _asked(embedder, batch), batches)
    errors = [answer for answer in answers if isinstance(answer, ModelError)]
    found = {
        keys[text]: row
        for batch, answer in zip(batches, answers, strict=True)
        if not isinstance(answer, ModelError)
        for text, row in zip(batch, answer, strict=False)
        if row is not None
    }
    usable = _usable({**known, **found})
    store.save_vectors(embedder.name, {key: usable[key] for key in found if key in usable})
    rows = {text: usable[key] for text, key in keys.items() if key in usable}
    return rows, _remarks(len(texts) - len(rows), of=len(texts), errors=errors, name=embedder.name)


def meaning_text(entry: Entry) -> str:
    """Return what of *entry* is embedded: the title and how the text begins."""
    return f"{entry.title}\n{entry.text[:LEAD_LENGTH]}".strip()


def _asked(embedder: Embedder, texts: Sequence[str]) -> Sequence[Row | None] | ModelError:
    try:
        return embedder.embed(texts)
    except ModelError as error:
        return error


def _usable(rows: Mapping[str, Row]) -> dict[str, Row]:
    sizes = Counter(map(len, rows.values()))
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0)
    return {
        key: row
        for key, row in rows.items()
        if len(row) == usual and all(map(math.isfinite, row)) and any(row)
    }


def _remarks(lost: int, *, of: int, errors: Sequence[ModelError], name: str) -> list[Remark]:
    if not lost:
        return []
    why = f": {errors[0].reason}" if errors else ""
    reason = f"{lost} of {of} entries are compared by their words alone, without embeddings{why}"
    return [Notice(stage="embed", subject=name, reason=reason)]
