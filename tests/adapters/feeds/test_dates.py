"""What a feed's date says is read; what it does not say is not guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.adapters.feeds.dates import MAX_DATE, NEWEST, OLDEST, read_date

EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T08:00:00Z", EIGHT),
        ("2026-11-22T16:00:00.123456789+08:00", EIGHT),
        ("2026-11-22T08:00", EIGHT),
        ("2026-11-22 08:00:00", EIGHT),
        ("2026-11-22 16:00:00 +0800", EIGHT),
        ("2026/11/22 08:00", EIGHT),
        ("20261122T080000Z", EIGHT),
        ("2026-11-22", MIDNIGHT),
        ("Sun, 22 Nov 2026 08:00:00 GMT", EIGHT),
        ("Sunday, 22 November 2026 08:00:00 UTC", EIGHT),
        ("22 Nov 26 08:00 Z", EIGHT),
        ("Sun, 22 Nov 2026 16:00:00 +08:00", EIGHT),
        ("Sun, 22 Nov 2026 16:00:00 GMT+0800 (China Standard Time)", EIGHT),
        ("Sun, 22 Nov 2026 03:00:00 EST", EIGHT),
        ("Sun, 22 Nov 2026 02:00:00 CST", EIGHT),
        ("Sun, 22 Nov 2026 08:00:00 XYZ", EIGHT),
        ("Sun, 22 Nov 2026 13:30:00 IST", EIGHT),
        ("Sun, 22 Nov 2026 24:00:00 +1600", EIGHT),
        ("November 22, 2026 8:00 am", EIGHT),
        ("Nov 22, 2026 12:00 AM", MIDNIGHT),
        ("Sun Nov 22 08:00:00 2026", EIGHT),
        ("Sun Nov 22 08:00:00 UTC 2026", EIGHT),
        ("  Sun,\n 22 Nov 2026  08:00:00 -0000 ", EIGHT),
        ("2026年11月22日 16:00", EIGHT),
        ("2026 年 11 月 22 日（星期日）下午4时00分", EIGHT),
        ("2026年11月22日 16:00:00", EIGHT),
        ("2026年11月22日", datetime(2026, 11, 21, 16, tzinfo=UTC)),
        ("Sun, 22 Nov 1998 08:00:00 GMT", EIGHT.replace(year=1998)),
        ("22 Nov 98 08:00:00 GMT", EIGHT.replace(year=1998)),
        ("Thu, 04 Jul 1776 08:00:00 GMT", datetime(1776, 7, 4, 8, tzinfo=UTC)),
        ("2026-11-22T08:00:00+00:0", EIGHT),
        ("2026-11-22T09:00:00.25+01:00", EIGHT),
        ("20261122T09:00:00.25+01:00", EIGHT),
        ("2026-11-22T090000+01:00", EIGHT),
        ("2026-11-22T08Z", EIGHT),
        ("20261122", MIDNIGHT),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-11-21T24:00:00Z", MIDNIGHT),
        ("Sun, 22 Nov 2026 08:00 GMT", EIGHT),
        ("sun, 22 nov 2026 08:00:00 gmt", EIGHT),
        ("Sun,22 Nov 2026 08:00:00 GMT", EIGHT),
        ("Sun, 22 NOVEMBER 2026 08:00:00 GMT", EIGHT),
        ("Sun, 22 Nov 2026", MIDNIGHT),
        ("22-Nov-2026 08:00:00", EIGHT),
        ("Sun, 22 Nov 26 08:00:00 EST", EIGHT.replace(hour=13)),
        ("Sun, 22 Nov 2026 08:00:00 Etc/GMT", EIGHT),
        ("Sun, Nov 22 2026 08:00:00 PM", EIGHT.replace(hour=20)),
        ("Sun, 22 Nov 2026 8:00 a.m. UTC", EIGHT),
        ("November 22nd, 2026", MIDNIGHT),
        ("Sun, 2026/11/22 03:00:00 EST", EIGHT),
        ("dim., 22 nov. 2026 08:00:00 GMT", EIGHT),
        ("22 février 2026 08:00", EIGHT.replace(month=2)),
        ("5 août 2026", datetime(2026, 8, 5, tzinfo=UTC)),
        ("22 de noviembre de 2026", MIDNIGHT),
        ("22 ene 2026 08:00:00 +0000", EIGHT.replace(month=1)),
        ("So, 22. Dezember 2026 09:00:00 MEZ", EIGHT.replace(month=12)),
        ("22 März 2026", datetime(2026, 3, 22, tzinfo=UTC)),
        ("Вс, 22 ноября 2026 11:00:00 +0300", EIGHT),
        ("Κυρ, 22 Νοέ 2026 10:00:00 EET", EIGHT),
        ("2026-november-22T9:00+01:00", EIGHT),
        ("2026년 11월 22일 17:00:00", EIGHT),
        ("2026-11-22 오후 5:00:00", EIGHT),
        ("2026年11月22日(日) 17時00分", EIGHT.replace(hour=9)),
        ("2026年11月22日 午後5時00分", EIGHT),
    ],
)
def test_the_forms_that_feeds_use_are_read(text: str, moment: datetime) -> None:
    assert read_date(text) == moment


@pytest.mark.parametrize("letter", "ABCDEFGHIKLMNOPQRSTUVWXYZ")
def test_the_zones_of_the_military_are_greenwich_as_nobody_agrees_on_them(letter: str) -> None:
    assert read_date(f"Sun, 22 Nov 2026 08:00:00 {letter}") == EIGHT


def test_cst_is_chinas_clock_in_a_chinese_feed() -> None:
    assert read_date("Sun, 22 Nov 2026 16:00:00 CST", chinese=True) == EIGHT
    assert read_date("Sun, 22 Nov 2026 03:00:00 EST", chinese=True) == EIGHT


@pytest.mark.parametrize(
    "text",
    [
        *("", "garbage", "yesterday", "12", "0226", "2026-13-01T00:00:00Z", "2026-02-30"),
        *("10000-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z"),
        *("Mon, 01 Jan 0001 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000"),
        *("Fri, 30 Feb 2026 00:00:00 GMT", "Sun, 22 Nov 2026 25:00:00 GMT"),
        *("Sun, 22 Nov 2026 08:61:00 GMT", "Sun, 22 Nov 2026 08:00:00 +9900"),
        *("Sun, 22 Foo 2026 08:00:00 GMT", "2026年13月1日", "2026-11-22T25:00:00"),
        "2026-11-22" + " " * MAX_DATE + "x" * MAX_DATE,
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(9998, 1, 1)))
def test_a_written_moment_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)

    assert read_date(moment.isoformat()) == moment
    assert read_date(f"{moment:%d} {moment:%b} {moment.year} {moment:%H:%M:%S} GMT") == moment


@given(st.text(alphabet="0123456789-:/T +ZamCSTJan年月日上午,.", max_size=40))
def test_no_text_raises_or_leaves_the_bounds(text: str) -> None:
    moment = read_date(text)

    assert moment is None or OLDEST <= moment <= NEWEST
