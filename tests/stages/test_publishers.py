"""By what name a publisher is known, whatever its feed is called."""

from __future__ import annotations

import pytest

from builders import cluster, entry, feed
from digestbot.stages.learned import PUBLISHERS
from digestbot.stages.publishers import names_of, standing


@pytest.mark.parametrize(
    ("name", "url", "names"),
    [
        ("Claude(@claudeai)", "https://x.com/claudeai/status/12", ("@claudeai",)),
        ("My list", "https://twitter.com/OpenAI/status/12", ("@openai",)),
        ("Claude(@claudeai)", "https://elsewhere.test/1", ("@claudeai",)),
        ("www.Reuters.com", "https://www.reuters.com/1", ("reuters.com", "reuters.com")),
        ("IT之家 (ITHome)", "https://www.ithome.com/0", ("it之家ithome", "ithome.com")),
        ("News", "https://x.com/home", ("news", "x.com")),
        ("Local", "", ("local", "")),
    ],
)
def test_a_publisher_is_known_by_account_name_or_site(
    name: str, url: str, names: tuple[str, ...]
) -> None:
    assert names_of(entry("a", url=url, feed=feed("a", name=name))) == names


def test_one_publisher_of_several_entries_stands_once() -> None:
    aibase = feed("a", name="AIbase")

    once = standing(cluster("1", feed=aibase))
    twice = standing(cluster("1", entry("2", feed=aibase), feed=aibase))

    assert [each.value for each in once] == [each.value for each in twice] != []


def test_an_unknown_publisher_is_neutral() -> None:
    assert standing(cluster("1", feed=feed("a", name="The Harbor Wire"))) == []


def test_nobody_is_raised_whose_stories_are_picked_more_rarely_than_others() -> None:
    usual = 0.005

    assert all(picked > usual * told for worth, picked, told in PUBLISHERS.values() if worth > 0)


def test_what_was_learned_of_a_publisher_is_bounded() -> None:
    assert max(abs(worth) for worth, _, _ in PUBLISHERS.values()) <= 2
