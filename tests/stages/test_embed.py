"""embed: rows for entries, kept, checked, and never waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from builders import NOW, entry
from digestbot.errors import ModelUnavailableError
from digestbot.model import Entry, Remark
from digestbot.ports import Row
from digestbot.stages.embed import BATCH, MOST_TEXTS, embed, meaning_text
from digestbot.testing import MemoryStore, SerialExecutor

NAN = float("nan")


@dataclass
class Rows:
    """Gives each text the row that is set for it, or one of its length."""

    given: dict[str, Row | None] = field(default_factory=dict)
    name: str = "rows"
    asked: list[list[str]] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> list[Row | None]:
        self.asked.append(list(texts))
        return [self.given.get(text, [1.0, float(len(text))]) for text in texts]


class Down(Rows):
    def embed(self, texts: Sequence[str]) -> list[Row | None]:
        raise ModelUnavailableError("cannot be reached", model=f"{self.name} {len(texts)}")


def titled(*titles: str) -> list[Entry]:
    return [entry(str(place), title=title) for place, title in enumerate(titles)]


def embedded(
    entries: Sequence[Entry], rows: Rows, store: MemoryStore | None = None
) -> tuple[dict[str, Row], list[Remark]]:
    return embed(entries, embedder=rows, store=store or MemoryStore(), executor=SerialExecutor())


def test_each_text_has_a_row_and_is_asked_for_once() -> None:
    rows, store = Rows(), MemoryStore()

    found, remarks = embedded(titled("a", "bb", "a"), rows, store)
    again, _ = embedded(titled("bb", "ccc"), rows, store)

    assert found == {"a": [1.0, 1.0], "bb": [1.0, 2.0]}
    assert again == {"bb": [1.0, 2.0], "ccc": [1.0, 3.0]}
    assert [sorted(texts) for texts in rows.asked] == [["a", "bb"], ["ccc"]]
    assert remarks == []


def test_another_model_has_rows_of_its_own() -> None:
    store, other = MemoryStore(), Rows(name="other")
    embedded(titled("a"), Rows(), store)

    embedded(titled("a"), other, store)

    assert other.asked == [["a"]]


def test_a_row_stands_for_the_title_and_how_the_text_begins() -> None:
    assert meaning_text(entry("1", title="Rain", content="It rains. " * 99)).startswith(
        "Rain\nIt rains."
    )
    assert meaning_text(entry("1", title="Rain")) == "Rain"


@pytest.mark.parametrize(
    "row", [None, [NAN, 1.0], [float("inf"), 1.0], [1.0], [1.0, 2.0, 3.0], [0.0, 0.0], []]
)
def test_a_row_that_is_no_good_is_not_used_or_kept_and_a_notice_says_so(row: Row | None) -> None:
    store, rows = MemoryStore(), Rows({"bad": row})

    found, (notice,) = embedded(titled("bad", "good", "fine"), rows, store)

    assert set(found) == {"good", "fine"}
    assert (notice.stage, notice.subject) == ("embed", "rows")
    assert "1 of 3 entries are compared by their words alone" in notice.reason
    embedded(titled("bad"), rows, store)
    assert rows.asked[-1] == ["bad"]


def test_a_failure_leaves_what_is_known_and_a_notice() -> None:
    store = MemoryStore()
    embedded(titled("a"), Rows(), store)

    found, (notice,) = embedded(titled("a", "b"), Down(), store)

    assert found == {"a": [1.0, 1.0]}
    assert notice.reason.endswith("without embeddings: cannot be reached")


def test_many_texts_go_in_batches_the_newest_first_and_not_without_end() -> None:
    count = MOST_TEXTS + 7
    rows = Rows()
    many = [entry(f"{n:05}", title=f"t{n}", published=NOW) for n in range(count)]

    found, _ = embedded(many, rows)

    assert len(found) == MOST_TEXTS
    assert "t0" not in found
    assert max(map(len, rows.asked)) == BATCH


def test_nothing_to_embed_asks_for_nothing() -> None:
    rows = Rows()

    assert embedded([], rows) == ({}, [])
    assert rows.asked == []
