"""What a post rests on goes into a file and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import edition
from digestbot.errors import FormatError
from digestbot.model import Dossier, Doubt, Match, Origin, Passage, Place, Section, Sentence, Source
from digestbot.text.dossiers import from_json, to_json

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
counts = st.integers(0, 99)
places = st.builds(Place, source=counts, sentence=counts, start=counts, end=counts)
matches = st.builds(
    Match, kind=texts, text=texts, start=counts, end=counts, place=st.none() | places
)
doubts = st.builds(
    Doubt, kind=texts, severity=texts, text=texts, start=counts, end=counts, reason=texts
)
sentences = st.builds(
    Sentence,
    text=texts,
    evidence=st.lists(st.tuples(counts, counts), max_size=2).map(tuple),
    matches=st.lists(matches, max_size=2).map(tuple),
    doubts=st.lists(doubts, max_size=2).map(tuple),
)
sources = st.builds(
    Source,
    publisher=st.just("Acme News"),
    url=texts,
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
    sentences=st.lists(texts, max_size=2).map(tuple),
)
passages = st.builds(
    Passage,
    name=texts,
    origin=st.sampled_from(Origin),
    sentences=st.lists(sentences, max_size=2).map(tuple),
)
sections = st.builds(
    Section,
    title=texts,
    url=texts,
    passages=st.lists(passages, max_size=2).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    repairs=st.lists(texts, max_size=2).map(tuple),
)
dossiers = st.builds(
    Dossier,
    edition=st.just(edition()),
    post=texts,
    sha256=texts,
    model=texts,
    prompts=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    items=st.lists(sections, max_size=2).map(tuple),
    editorial=sections,
)
EMPTY = Dossier(
    edition=edition(),
    post="p.md",
    sha256="0",
    model="",
    prompts=(),
    items=(),
    editorial=Section(passages=(), sources=()),
)


@given(dossiers)
def test_all_of_it_comes_back(dossier: Dossier) -> None:
    assert from_json(to_json(dossier)) == dossier


def test_a_feed_without_a_name_gives_away_no_secret() -> None:
    source = Source(
        publisher="https://n.test/feed?token=s3cret-s3cret",
        url="https://n.test/a",
        published=datetime(2026, 6, 1, tzinfo=UTC),
        sentences=("a",),
    )
    section = Section(passages=(), sources=(source,))

    assert "s3cret" not in to_json(replace(EMPTY, editorial=section))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1}',
        '{"version": 1, "edition": 3}',
    ],
)
def test_what_is_none_is_a_clear_error(text: str) -> None:
    with pytest.raises(FormatError, match="evidence"):
        from_json(text)
