"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import pytest

from digestbot.adapters.pages.robots import MAX_DELAY, MAX_LENGTH, robots_url, rules

URL = "https://n.test/news/1.html"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<html><body>Not Found</body></html>", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\r\nDisallow: /news/\r\n", False),
        ("User-agent: *\nDisallow: /News/", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: DigestBot\nDisallow: /admin", True),
        ("User-agent: digestbot\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: otherbot\nUser-agent: digestbot\nDisallow: /news", False),
        ("User-agent: digest\nDisallow: /\n\nUser-agent: digestbot\nAllow: /", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/1", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /*.htm$", True),
        ("# a word\nUser-agent: * # everybody\nDisallow: /news # these", False),
        ("User-agent: digestbot\nDisallow: /a\n\nUser-agent: digestbot\nDisallow: /news", False),
    ],
)
def test_23_the_rules_of_a_host_are_kept(text: str, allowed: bool) -> None:
    assert rules(200, text).allows(URL) is allowed


def test_a_rule_and_an_address_meet_however_they_are_encoded() -> None:
    chinese = rules(200, "User-agent: *\nDisallow: /新闻/")

    assert not chinese.allows("https://n.test/%E6%96%B0%E9%97%BB/1")
    assert not chinese.allows("https://n.test/新闻/1")


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 410, 451])
def test_a_file_that_is_not_there_forbids_nothing(status: int) -> None:
    assert rules(status, "User-agent: *\nDisallow: /").allows(URL)


@pytest.mark.parametrize("status", [0, 429, 500, 502, 503, 599])
def test_a_host_in_trouble_is_left_alone(status: int) -> None:
    assert not rules(status, "").allows(URL)


def test_only_the_first_500_kib_count() -> None:
    padding = "#" * (MAX_LENGTH // 2) + "\n"
    text = "User-agent: *\nDisallow: /news\n" + padding * 2 + "Allow: /news/1\n"

    assert not rules(200, text).allows(URL)


def test_a_line_cut_in_half_is_no_rule() -> None:
    head = "User-agent: *\n"
    cut = "Disallow: /admin"
    text = head + "#" * (MAX_LENGTH - len(head) - len("\nDisallow: /")) + "\n" + cut

    assert rules(200, text).allows(URL)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Crawl-delay: soon", 0.0),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: nan", 0.0),
        ("Crawl-delay: 86400", MAX_DELAY),
        ("", 0.0),
    ],
)
def test_the_pause_that_a_host_wants_is_told(line: str, seconds: float) -> None:
    assert rules(200, f"User-agent: *\n{line}").delay == seconds
    assert rules(404, "").delay == 0.0


@pytest.mark.parametrize(
    ("url", "where"),
    [
        (URL, "https://n.test/robots.txt"),
        ("http://n.test:8080?a=/b/c", "http://n.test:8080/robots.txt"),
        ("https://user:word@n.test/a/b#c", "https://n.test/robots.txt"),
    ],
)
def test_the_rules_stand_at_the_root_of_the_same_host(url: str, where: str) -> None:
    assert robots_url(url) == where
