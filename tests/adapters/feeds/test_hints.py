"""What a feed asks of its visitors is heeded, where it is not nonsense."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digestbot.adapters.feeds.hints import HOURS_A_WEEK, MAX_REST, hints
from digestbot.adapters.feeds.parse import parse

HOUR = timedelta(hours=1)
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"

RESTS = [
    ("<ttl>60</ttl>", HOUR),
    ("<ttl> 60 </ttl>", HOUR),
    ("<ttl><![CDATA[60]]></ttl>", HOUR),
    ("<ttl>0</ttl>", timedelta()),
    ("<ttl>-60</ttl>", timedelta()),
    ("<ttl>soon</ttl>", timedelta()),
    ("<ttl>99999999</ttl>", timedelta()),
    ("<ttl>" + "9" * 5_000 + "</ttl>", timedelta()),
    ("<ttl>40000</ttl>", MAX_REST),
    ("<sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
    ("<sy:updatePeriod>\n hourly\n</sy:updatePeriod>", HOUR),
    (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
        6 * HOUR,
    ),
    (
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        24 * HOUR,
    ),
    ("<sy:updatePeriod>yearly</sy:updatePeriod>", MAX_REST),
    ("<sy:updatePeriod>sometimes</sy:updatePeriod>", timedelta()),
    ("<sy:updateFrequency>2</sy:updateFrequency>", timedelta()),
    ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", HOUR),
    ("", timedelta()),
]

QUIET = [
    ("<skipHours><hour>0</hour><hour>5</hour></skipHours>", {0, 5, 24, 29, 162 - 18, 149}),
    ("<skipHours><hour>24</hour></skipHours>", {0, 24, 48, 72, 96, 120, 144}),
    ("<skipDays><day>Monday</day></skipDays>", set(range(24))),
    ("<skipDays><day>sunday</day></skipDays>", set(range(144, 168))),
    ("<skipDays><day>Someday</day></skipDays>", set()),
    ("<skipHours><hour>25</hour><hour>-1</hour><hour>x</hour></skipHours>", set()),
]


def feed(head: str) -> bytes:
    return (
        f'<rss version="2.0" xmlns:sy="{SYNDICATION}"><channel><title>N</title>{head}'
        "<item><title>T</title><ttl>7</ttl></item></channel></rss>"
    ).encode()


@pytest.mark.parametrize(("head", "rest"), RESTS)
def test_a_feed_may_ask_for_a_rest(head: str, rest: timedelta) -> None:
    assert parse(feed(head), url="https://e.test/").rest == rest
    assert parse(feed(head + "<br>"), url="https://e.test/").rest == rest


@pytest.mark.parametrize(("head", "hours"), QUIET)
def test_a_feed_may_name_quiet_hours(head: str, hours: set[int]) -> None:
    well, ill = (parse(feed(head + end), url="https://e.test/") for end in ("", "<br>"))

    assert well.quiet_hours == ill.quiet_hours
    assert hours <= set(well.quiet_hours)
    assert bool(hours) == bool(well.quiet_hours)


def test_days_and_hours_add_up() -> None:
    found = hints(
        "<skipHours><hour>1</hour></skipHours><skipDays><day>Tuesday</day></skipDays>"
    ).quiet_hours

    assert found == (1, *range(24, 48), *range(49, HOURS_A_WEEK, 24))


def test_who_is_quiet_always_is_not_heeded() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))

    assert hints(f"<skipHours>{hours}</skipHours>").quiet_hours == ()


def test_the_prefix_of_the_namespace_may_be_any() -> None:
    body = feed("<x:updatePeriod>hourly</x:updatePeriod>").replace(b"xmlns:sy", b"xmlns:x")

    assert parse(body, url="https://e.test/").rest == HOUR


def test_a_long_head_costs_no_time() -> None:
    assert hints("<ttl " * 1_000_000).rest == timedelta()
    assert hints("<ttl>" + " " * 5_000_000).rest == timedelta()
