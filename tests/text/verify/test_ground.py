"""Facts of a text are found where a source has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from digestbot.model import Place, Source
from digestbot.text.verify.ground import Ground, Originals

DAY = date(2026, 6, 1)
FIRST = Source(
    publisher="Acme News",
    url="https://n.test/a",
    published=datetime(2026, 6, 1, tzinfo=UTC),
    sentences=(
        "Acme raises money",
        "Acme raised $1.5 billion on May 14.",
        "Nvidia leads the round; “we are glad,” Maria Keller said.",
    ),
)
SECOND = Source(
    publisher="B",
    url="https://n.test/b",
    published=None,
    sentences=("Acme", "It employs 1,500 people, 12% more than in 2025."),
)


def ground(*sources: Source) -> Ground:
    used = sources or (FIRST, SECOND)
    return Ground(used, days=[DAY, None][: len(used)], day=DAY)


def places(text: str, language: str = "zh", **given: object) -> dict[str, str | None]:
    """Each fact of *text*, and the words of the source that it is matched with."""
    on = ground()
    found = {}
    for match in on.matches(text, language=language, **given):  # type: ignore[arg-type]
        found[match.text] = None if match.place is None else _words(on, match.place)
        assert text[match.start : match.end] == match.text
    return found


def _words(on: Ground, place: Place) -> str:
    return on.sources[place.source].sentences[place.sentence][place.start : place.end]


def test_numbers_and_dates_are_matched_across_languages() -> None:
    assert places("融资15亿美元，时间是5月14日，员工1500人") == {
        "15亿美元": "$1.5 billion",
        "5月14日": "May 14",
        "1500人": "1,500 people",
    }


def test_names_are_matched_by_alias_and_original() -> None:
    given = Originals(names={"玛丽亚·凯勒": "Maria Keller"})

    assert places("英伟达与玛丽亚·凯勒", originals=given) == {
        "英伟达": "Nvidia",
        "玛丽亚·凯勒": "Maria Keller",
    }


def test_what_no_source_has_has_no_place() -> None:
    assert places("融资16亿美元") == {"16亿美元": None}


def test_the_cited_sentences_come_first() -> None:
    (first,) = ground().matches("Acme增长", language="zh")
    (cited,) = ground().matches("Acme增长", language="zh", cited=[(1, 0)])

    assert first.place == Place(source=0, sentence=0, start=0, end=4)
    assert cited.place == Place(source=1, sentence=0, start=0, end=4)


def test_a_fact_that_stands_elsewhere_than_it_says_is_suspect() -> None:
    (finding,) = ground().elsewhere("融资15亿美元，员工1500人", [(0, 1)])

    assert (finding.text, finding.severity) == ("1500人", "suspect")
    assert "not in the sentences it rests on" in finding.reason
    assert ground().elsewhere("融资15亿美元，员工1500人", []) == []
    assert ground().elsewhere("融资16亿美元", [(0, 1)]) == []


def test_each_source_has_its_own_day() -> None:
    old = Source(
        publisher="C",
        url="https://n.test/c",
        published=datetime(2026, 5, 20, tzinfo=UTC),
        sentences=("C", "It happened yesterday."),
    )
    on = Ground([old], days=[date(2026, 5, 20)], day=DAY)

    said = {
        text: [each.text for each in on.findings(text, language="zh", originals=Originals())]
        for text in ("此事发生在5月19日", "此事发生在5月18日")
    }

    assert said == {"此事发生在5月19日": [], "此事发生在5月18日": ["5月18日"]}


def test_who_tells_it_may_be_told_and_a_publisher_without_a_name_says_none() -> None:
    def names(text: str, publisher: str) -> list[str]:
        on = ground(*(replace(each, publisher=publisher) for each in (FIRST, SECOND)))
        found = on.findings(text, language="zh", originals=Originals())
        return [each.text for each in found if each.kind == "name"]

    text = "据Evening Post报道，Acme融资15亿美元。"
    assert names(text, "The Evening Post") == []
    assert names(text, "https://evening.post.test/Evening/Post") == ["Evening", "Post"]


def test_findings_are_those_of_facts_names_and_quotations_in_order() -> None:
    text = "Acme融资16亿美元，微软领投，她说：“我们会赢得一切”。"

    found = ground().findings(text, language="zh", originals=Originals())

    assert [each.kind for each in found] == ["amount", "name", "quote"]
