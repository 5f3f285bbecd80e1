"""Lines 24 to 33 and 37 of the acceptance list: documents that are odd, broken or hostile."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import feed as feed_of
from digestbot.adapters.feeds.parse import parse, quick
from digestbot.adapters.feeds.parsed import MAX_RECORDS, MAX_TEXT, MAX_TITLE
from digestbot.errors import FetchError
from digestbot.model import Fetched, FetchStatus, Record
from digestbot.stages.dedupe import dedupe
from digestbot.testing import MemoryStore
from fault_doors import NOW, collected, item, post_of, report_of, rss, run_cli, visit, visit_one
from feed_server import FeedServer


def test_fault_24_no_entity_opens_a_file_or_an_address(server: FeedServer, tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY-IN-A-FILE")
    bodies = [
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'.encode(),
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{server.url("/leak")}">]>'.encode(),
        f'<!DOCTYPE rss SYSTEM "{server.url("/leak.dtd")}">'.encode(),
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{server.url("/leak")}"> %p;]>'.encode(),
    ]
    urls = [
        server.answers(f"/{n}", head + rss(item(), item("2", title="&x;")))
        for n, head in enumerate(bodies)
    ]

    answers = visit(*urls)

    assert not any("leak" in request.path for request in server.requests)
    assert "CANARY" not in str(answers)
    for answer in answers.values():
        assert answer.records or answer.status is FetchStatus.FAILED


def laughs(levels: int) -> bytes:
    """A feed whose title is the tenth power of *levels* of laughs."""
    entities = (b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, levels + 1))
    head = b'<!DOCTYPE r [<!ENTITY a0 "ha">' + b"".join(entities) + b"]>"
    return head + rss(item(title=f"&a{levels};"), title=f"&a{levels};")


VISIT = """
import resource, sys
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed
fetcher = AiohttpFetcher(allow_private=["127.0.0.1"])
(answer,) = fetcher.fetch([Feed(url=sys.argv[1])], states={})
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
print(child, max((len(r.title) for r in answer.records), default=0), answer.reason)
"""


@pytest.mark.parametrize("levels", [4, 9], ids=["20 kB, under the parser's own limit", "2 GB"])
def test_fault_25_a_billion_laughs_cost_no_memory(server: FeedServer, levels: int) -> None:
    url = server.answers("/feed", laughs(levels))

    done = subprocess.run(
        [sys.executable, "-c", VISIT, url], capture_output=True, text=True, check=True, timeout=60
    )

    megabytes, longest = map(float, done.stdout.split()[:2])
    assert megabytes < 100
    assert longest < 100


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<!--" * 262_144,
        b"<rss><channel>" + b"<a>" * 2_400_000,
        b"<rss><channel>" + b"<" * 300_000,
        b"<rss><channel><item>" + b"<b x='" * 1_000_000,
        b"<rss>" + b"<item><title>&</title></item>" * 200_000 + b"</rss>",
    ],
    ids=["1 MB of <!--", "7 MB of nested tags", "300 kB of <", "open quotes", "200,000 records"],
)
def test_fault_26_what_takes_too_long_is_killed_and_the_run_goes_on(
    server: FeedServer, body: bytes
) -> None:
    hostile, good = server.answers("/hostile", body), server.answers("/good", rss(item()))

    answers = visit(hostile, good, timeout=30)

    assert answers[good].status is FetchStatus.FETCHED
    assert answers[hostile].status is FetchStatus.FAILED or not answers[hostile].records


def test_fault_27_of_too_many_records_the_newest_are_kept_and_fields_are_cut() -> None:
    dates = (
        f"<item><title>t{n}</title><link>https://n.test/{n}</link>"
        f"<pubDate>{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n):%a, %d %b %Y %H:%M:%S}"
        " +0000</pubDate></item>"
        for n in range(100_000)
    )
    many = parse(b"<rss><channel>" + "".join(dates).encode() + b"</channel></rss>", url="http://n")
    large = parse(rss(item(title="t" * 5_000_000, text="x" * 1_000_000)), url="http://n")

    assert (len(many.records), many.left_out) == (MAX_RECORDS, 100_000 - MAX_RECORDS)
    assert {record.title for record in many.records} == {f"t{n}" for n in range(95_000, 100_000)}
    assert len(large.records[0].title) == MAX_TITLE
    assert len(large.records[0].excerpt_html) == MAX_TEXT


def test_fault_27_that_a_feed_was_cut_is_told() -> None:
    answer = Fetched(
        feed=feed_of("a"),
        status=FetchStatus.FETCHED,
        records=(Record(url="https://n.test/1", title="题", published=NOW),),
        left_out=95_000,
    )

    (remark,) = collected(answer).remarks

    assert remark.reason == "95,000 of its records were not read: too many; the newest were"


JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items":'
    b' [{"id": "1", "url": "https://n.test/1", "title": "t", "content_text": "x"}]}'
)


@pytest.mark.parametrize(
    ("body", "records", "reason"),
    [
        (b"", 0, "not a feed: the answer is empty"),
        (b" \n\t ", 0, "not a feed: the answer is empty"),
        (rss(item("1"), item("2"))[:-120], 1, ""),
        (b"<!doctype html><title>Hello</title><p>x", 0, "not a feed but a web page"),
        (JSON_FEED, 1, ""),
        (JSON_FEED[:-9], 0, "not a feed"),
        (b'{"error": "no"}', 0, "not a feed"),
        (bytes(range(256)) * 40, 0, "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), 0, "not a feed"),
    ],
    ids=["empty", "blank", "cut", "page", "json", "cut json", "other json", "binary", "picture"],
)
def test_fault_28_good_records_are_kept_and_the_rest_is_called_by_its_name(
    server: FeedServer, body: bytes, records: int, reason: str
) -> None:
    answer = visit_one(server.answers("/feed", body))

    assert len(answer.records) >= records
    assert answer.reason.startswith(reason)
    assert bool(answer.reason) is bool(reason)


TITLE = "新型芯片今日量产发布"
KANA = "東京でカンファレンスが開かれた"


@pytest.mark.parametrize(
    ("encoding", "declared", "label", "title"),
    [
        ("gb18030", "", "", TITLE),
        ("gb18030", "utf-8", "utf-8", TITLE),
        ("gbk", "gb2312", "", TITLE),
        ("gbk", "", "gb2312", TITLE),
        ("big5", "big5", "", "新型晶片今日量產"),
        ("big5", "", "big5", "新型晶片今日量產"),
        ("shift_jis", "shift_jis", "", KANA),
        ("shift_jis", "", "shift_jis", KANA),
        ("utf-16", "utf-16", "", TITLE),
        ("utf-16-le", "", "", TITLE),
        ("utf-8-sig", "", "gbk", TITLE),
        ("utf-8", "gbk", "iso-8859-1", TITLE),
        ("cp1252", "", "", "Café “naïve”"),
    ],
)
def test_fault_29_text_is_right_whatever_the_labels_say(
    server: FeedServer, encoding: str, declared: str, label: str, title: str
) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    body = (head + rss(item(title=title, text=title * 5)).decode()).encode(encoding)
    kind = f"text/xml; charset={label}" if label else "text/xml"

    answer = visit_one(server.answers("/feed", body, headers={"Content-Type": kind}))

    assert [record.title for record in answer.records] == [title]


def test_fault_29_a_blank_line_before_the_declaration_is_forgiven(server: FeedServer) -> None:
    body = b'\n\n<?xml version="1.0" encoding="utf-8"?>' + rss(item(title=TITLE))

    assert visit_one(server.answers("/feed", body)).records[0].title == TITLE


BAD = (
    "\x00\x01\x08\x0b\x1b\x7f\x85\ud800\u2028\u2029\u202a\u202e\u2066\u2069\u200b\u200d\ufeff\u00ad"
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from(BAD + "新闻a b<&>"), max_size=40))
def test_fault_30_nothing_unseen_reaches_the_store(words: str) -> None:
    title, text = f"新模型{words}发布", f"<p>公司{words}今天发布了新的模型。</p>"
    record = Record(guid="1", url="https://n.test/1", title=title, excerpt_html=text, published=NOW)

    for entry in collected([record]).entries:
        assert not set(entry.title + entry.text) & (set(BAD) - {"\x85"})
        (entry.title + entry.text).encode()


def test_fault_30_nothing_unseen_reaches_the_post(tmp_path: Path) -> None:
    hostile = "新\u202e模\u200b型\u2066今天\ufeff发布"

    post = post_of(tmp_path, rss(item(title=hostile, text=hostile * 4)))

    assert "新模型今天发布" in post
    assert not set(post) & set("\u202e\u200b\u2066\ufeff")


def test_fault_31_a_record_without_a_name_is_the_same_one_tomorrow() -> None:
    store = MemoryStore()
    plain = Record(url="https://n.test/1", title="甲公司发布新模型", published=NOW)
    renamed = [
        Record(guid=f"random-{n}", url="https://n.test/2", title="乙公司收购丙公司", published=NOW)
        for n in range(2)
    ]
    twins = [
        Record(guid="same", url=f"https://n.test/{n}", title=f"丁公司第{n}条", published=NOW)
        for n in (3, 4)
    ]

    first = collected([plain, renamed[0], *twins], store=store)
    second = collected([plain, renamed[1], *twins], store=store)

    assert {entry.url for entry in first.entries} == {f"https://n.test/{n}" for n in (1, 2, 3, 4)}
    assert [plain.url, *(twin.url for twin in twins)] == [
        url for url in sorted(each.url for each in second.entries) if not url.endswith("/2")
    ]
    # a guid that changes makes a second entry, but never a second story
    clusters = dedupe(second.entries)
    assert len(clusters) == 4


def test_fault_31_a_guid_and_a_date_that_change_at_each_visit_tell_nothing_twice(
    tmp_path: Path,
) -> None:
    told = []
    for day in range(3):
        same = item("same", hours=1 - 24 * day) + f"<guid>random-{day}</guid>"
        fresh = item(f"{day}", title=CITIES[day], text=CITIES[day] * 3, hours=1 - 24 * day)
        (tmp_path / "a.xml").write_bytes(rss(same, fresh))
        now = NOW + timedelta(days=day)
        done = run_cli(tmp_path, "--feeds", "a.xml", "--now", now.isoformat(), "--json")
        told += [each["url"] for each in report_of(done)["stories"]]

    assert sorted(told) == [f"https://n.test/{name}" for name in ("0", "1", "2", "same")]


CITIES = ("奥斯陆新港口今天通航", "里斯本电车线路延长", "京都图书馆重新开放")


def test_fault_31_without_title_or_link_there_is_no_entry_but_a_word() -> None:
    records = [
        Record(guid="a", url="", title="无链接", published=NOW),
        Record(guid="b", url="https://n.test/1", title="", published=NOW),
    ]

    kept = collected(records)

    assert kept.entries == ()
    assert [remark.reason for remark in kept.remarks] == ["no link", "no title"]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/news/1", "https://site.test/news/1"),
        ("//cdn.test/1", "https://cdn.test/1"),
        (" https://n.test/1 ", "https://n.test/1"),
        ("https://n.test/a b", "https://n.test/a%20b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ftp://n.test/1", ""),
    ],
)
def test_fault_32_a_link_is_an_address_of_the_web_or_none(link: str, url: str) -> None:
    when = f"{NOW:%a, %d %b %Y %H:%M:%S} +0000"
    body = (
        "<rss><channel><title>F</title><link>https://site.test/</link><item><title>t 标题</title>"
        f"<link>{link}</link><pubDate>{when}</pubDate></item></channel></rss>"
    ).encode()
    feed = parse(body, url="https://site.test/feed")

    entries = collected(feed.records).entries

    assert [entry.url for entry in entries] == ([url] if url else [])


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 01 Jun 2026 03:00:00 GMT", "2026-06-01T03:00"),
        ("2026年6月1日 11:00", "2026-06-01T03:00"),
        ("2026-06-01T11:00:00+08:00", "2026-06-01T03:00"),
        ("2026-06-01 03:00:00", "2026-06-01T03:00"),
        ("Mon, 01 Jun 2026 11:00:00 CST", "2026-06-01T03:00"),
        ("1 June 2026", "2026-06-01T00:00"),
        ("", ""),
        ("soon", ""),
        ("Sun, 30 Feb 2026 10:00:00 GMT", ""),
        ("Fri, 01 Jan 10000 00:00:00 GMT", ""),
        ("Thu, 01 Jan 1970 00:00:00 GMT", ""),
    ],
)
def test_fault_33_a_date_is_read_right_or_not_at_all(written: str, moment: str) -> None:
    body = (
        "<rss><channel><title>中文新闻</title><language>zh-CN</language><item><title>题</title>"
        f"<link>https://n.test/1</link><pubDate>{written}</pubDate></item></channel></rss>"
    ).encode()

    (record,) = parse(body, url="https://n.test/feed").records

    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
    assert record.published == expected


def test_fault_33_a_date_to_come_is_now_and_no_date_is_when_it_was_first_seen() -> None:
    store = MemoryStore()
    late = Record(guid="a", url="https://n.test/1", title="未来", published=NOW.replace(year=2999))
    collected([], store=store)
    undated = Record(guid="b", url="https://n.test/2", title="无日期")

    kept = collected([late, undated], store=store, hours=1)

    assert {entry.url: entry.published for entry in kept.entries} == {
        "https://n.test/1": NOW + timedelta(hours=1),
        "https://n.test/2": NOW + timedelta(hours=1),
    }
    assert any("in the future" in remark.reason for remark in kept.remarks)


ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>'
    f'<entry><id>urn:1</id><title type="html">&lt;b&gt;{TITLE}</title><link href="/1"/>'
    "<updated>2026-06-01T03:00:00Z</updated><content>x</content></entry></feed>"
).encode()
SEEDS = [rss(item("1"), item("2", text="<![CDATA[<b>x</b>]]>")), ATOM, JSON_FEED]

PIECES = b'null [ {} 1e999 <![CDATA[ &#x110000; <!ENTITY > " \\ud800'.split()
JUNK = st.one_of(st.binary(max_size=12), st.sampled_from(PIECES))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_fault_37_no_bytes_raise_past_the_parser(data: st.DataObject) -> None:
    body = seed = data.draw(st.sampled_from(SEEDS))
    cuts = st.lists(st.tuples(st.integers(0, len(seed)), JUNK), max_size=6)
    for place, junk in data.draw(cuts):
        body = body[:place] + junk + body[place + len(junk) // 2 :]

    try:
        found = quick(body, url="https://n.test/feed")
        parsed = parse(body, url="https://n.test/feed")
    except FetchError:
        return
    assert found
    collected(Fetched(feed=feed_of("a"), status=FetchStatus.FETCHED, records=parsed.records))


def test_fault_37_a_run_over_garbage_ends_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_bytes(rss(item()))
    (tmp_path / "bad.xml").write_bytes(bytes(range(256)) * 99)

    report = report_of(run_cli(tmp_path, "--feeds", ".", "--json"))

    assert report["status"] == "published"
    assert [each["status"] for each in report["feeds"]] == ["failed", "fetched"]
