"""Entries with the same news become one cluster."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, entry, feed
from digestbot.model import Entry
from digestbot.stages.dedupe import dedupe, publisher_of

A, B, C = feed("a"), feed("b"), feed("c")


def grouped(*entries: Entry) -> set[frozenset[str]]:
    return {frozenset(each.id for each in cluster.entries) for cluster in dedupe(entries)}


def titled(*titles: str) -> set[frozenset[str]]:
    return grouped(*(entry(str(place), title=title) for place, title in enumerate(titles)))


def apart(*ids: str) -> set[frozenset[str]]:
    return {frozenset({each}) for each in ids}


def test_one_page_under_two_titles_is_one_story() -> None:
    one = entry("1", url="https://n.test/x", title="模型开源", feed=A)
    other = entry("2", url="http://www.n.test/x/?utm_source=b", title="The model is open", feed=B)

    assert grouped(one, other) == {frozenset({"1", "2"})}


def test_a_guid_counts_only_within_its_feed() -> None:
    same = entry("1", guid="7", feed=A, title="First words")
    again = entry("2", guid="7", feed=A, title="Other words entirely")
    elsewhere = entry("3", guid="7", feed=B, title="Something else")

    assert grouped(same, again, elsewhere) == {frozenset({"1", "2"}), frozenset({"3"})}


def test_a_guid_that_a_feed_gives_to_all_its_entries_names_no_story() -> None:
    titles = ("Rain in Oslo today", "Stripe buys a shop", "New chip made")
    entries = [entry(str(n), guid="1", feed=A, title=title) for n, title in enumerate(titles)]

    assert grouped(*entries) == apart("0", "1", "2")


def test_an_address_with_many_titles_of_one_feed_names_no_story() -> None:
    home = [
        entry(str(place), url="https://n.test/", title=title, feed=A)
        for place, title in enumerate(("Rain in Oslo today", "Stripe buys a shop", "New chip made"))
    ]

    assert grouped(*home) == apart("0", "1", "2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("260亿美元，“全华班”撑起全球AI编程公司", "260 亿美元，「全华班」撑起全球 AI 编程公司"),
        (
            "小学生画撇胡子骗过AI年龄验证，硅谷工程师沉默了",
            "小学生画了撇胡子骗过 AI 年龄验证，硅谷工程师沉默了",
        ),
        (
            "Australia won't repatriate 34 women and children from Syria",
            "Australia won't repatriate 34 women and children linked to IS from Syria",
        ),
    ],
)
def test_near_identical_titles_are_one_story(one: str, other: str) -> None:
    assert titled(one, other) == {frozenset({"0", "1"})}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "OpenAI announces the new GPT-5.5 model today",
            "OpenAI announces the new GPT-5.4 model today",
        ),
        ("This week in machine learning, issue #66", "This week in machine learning, issue #8"),
        ("苹果发布第二个 macOS 测试版", "苹果发布第四个 macOS 测试版"),
        ("Apple Seeds watchOS 27 Beta 6 to Developers", "Apple Seeds tvOS 27 Beta 6 to Developers"),
        ("小米汽车7月交付量超过3万辆", "理想汽车7月交付量超过3万辆"),
        ("Claude Watermark", "Claude Watermark Detector"),
        ("Show HN", "Show HN"),
        ("今日最佳", "今日最佳"),
        ("v2.1.239", "v2.1.239"),
    ],
)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert titled(one, other) == apart("0", "1")


def test_a_page_with_two_titles_takes_the_copies_of_both() -> None:
    url = "https://n.test/page"
    first, second = (
        "Casio brings back the iconic F-91W",
        "Forty years later: an upgrade of the watch",
    )
    entries = [
        entry("1", url=url, title=first, feed=A),
        entry("2", url=url, title=second, feed=B),
        entry("3", title=first, feed=C),
        entry("4", title=second, feed=C),
    ]

    assert grouped(*entries) == {frozenset({"1", "2", "3", "4"})}


def test_the_lead_has_a_text_then_weight_then_came_first() -> None:
    url = "https://n.test/x"
    bare = entry("bare", url=url, published=NOW - timedelta(hours=9))
    late = entry("late", url=url, excerpt="Text.", published=NOW - timedelta(hours=1))
    early = entry("early", url=url, excerpt="Text.", published=NOW - timedelta(hours=5))
    heavy = entry("heavy", url=url, excerpt="Text.", feed=feed("a", weight=2.0))

    def lead(*entries: Entry) -> str:
        return dedupe(entries)[0].lead.id

    assert lead(bare, late) == "late"
    assert lead(late, early) == "early"
    assert lead(late, early, heavy, bare) == "heavy"


def test_one_feed_twice_counts_as_one_source() -> None:
    clusters = dedupe([entry("1", url="https://n.test/x"), entry("2", url="https://n.test/x")])

    assert clusters[0].sources == ("n",)


TITLES = (
    "Stripe buys the AI gateway OpenRouter",
    "Stripe buys the AI gateway OpenRouter now",
    "Claude is down",
    "模型开源发布",
)
ENTRIES = st.lists(
    st.builds(
        lambda number, title, feed_, page: entry(
            str(number), title=title, feed=feed_, url=f"https://n.test/{page}", guid=str(page)
        ),
        st.integers(0, 50),
        st.sampled_from(TITLES),
        st.sampled_from([A, B]),
        st.integers(0, 6),
    ),
    max_size=14,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_order_changes_nothing(entries: list[Entry], random: Any) -> None:
    shuffled = random.sample(entries, len(entries))

    clusters = dedupe(entries)

    assert dedupe(shuffled) == clusters
    kept = [each for cluster in clusters for each in cluster.entries]
    assert len(kept) == len(entries)
    assert all(each in entries for each in kept)


@pytest.mark.parametrize(
    ("given", "publisher"),
    [
        ({"url": "https://www.n.test/a/b", "title": "模型开源"}, "n.test"),
        ({"url": "https://x.com/OpenAI/status/1", "title": "模型开源"}, "x.com/openai"),
        (
            {"url": "https://news.n.test/1", "title": "模型今日宣布开源并开放下载 - Reuters"},
            "reuters",
        ),
    ],
    ids=["site", "account", "title"],
)
def test_the_publisher_is_who_wrote_it_not_who_listed_it(
    given: dict[str, Any], publisher: str
) -> None:
    assert publisher_of(entry("1", feed=A, **given)) == publisher


def test_embeddings_help_the_words() -> None:
    titles = ("Meridian pulls out of merger talks", "Talks on Meridian deal called off", *NOISE)
    entries = [entry(str(n), title=title) for n, title in enumerate(titles)]
    near = {title: [float(n == place) for place in range(9)] for n, title in enumerate(titles)}
    near[titles[1]] = near[titles[0]]
    far = near | {titles[1]: [-value for value in near[titles[0]]]}

    together = frozenset({"0", "1"})

    assert together in {frozenset(e.id for e in c.entries) for c in dedupe(entries, rows=near)}
    assert together not in {frozenset(e.id for e in c.entries) for c in dedupe(entries, rows=far)}


NOISE = (
    "Rain stops the harvest in France",
    "A museum for typewriters opens in Turin",
    "Why bakers return to sourdough",
    "Orkney ferry line orders ships",
    "Lisbon trams run through the night",
    "Perth whale show is a success",
    "Boston library finds a map",
)
