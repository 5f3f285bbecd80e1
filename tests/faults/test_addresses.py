"""Lines 1 to 8 of the acceptance list: where requests may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.web.guard import Guard, Visit, is_public
from digestbot.errors import FetchError
from digestbot.model import FetchStatus
from fault_doors import Names, item, report_of, rss, run_cli, visit_one
from feed_server import FeedServer

REFUSED = "private address refused"


def test_fault_01_private_addresses_are_refused_and_the_run_goes_on(
    server: FeedServer, tmp_path: Path
) -> None:
    url = server.answers("/feed", rss(item()))
    (tmp_path / "good.xml").write_bytes(rss(item()))
    private = [url, "http://10.0.0.1/f", "http://192.168.1.1/f", "http://[::1]/f"]
    private.append(url.replace("127.0.0.1", "localhost"))
    feeds = [part for each in [*private, "good.xml"] for part in ("--feeds", each)]

    done = run_cli(tmp_path, *feeds, "--json")

    assert not server.requests
    failed = [each for each in report_of(done)["feeds"] if each["status"] == "failed"]
    assert len(failed) == 5
    assert all(REFUSED in each["reason"] for each in failed)
    assert report_of(done)["status"] == "published"
    allowed = run_cli(tmp_path, "--feeds", url, "--allow-private", "127.0.0.1", "--force")
    assert allowed.returncode == 0, allowed.stderr


def test_fault_01_pages_and_sites_are_held_to_the_same_rule(server: FeedServer) -> None:
    server.answers("/robots.txt")
    page = server.answers("/1", b"<p>News.</p>", content_type="text/html")
    fetcher = AiohttpFetcher(timeout=5, env={})

    (read,) = fetcher.read([page])
    with pytest.raises(FetchError, match=REFUSED):  # what "feeds add" does first
        fetcher.visit(page)

    assert REFUSED in read.reason
    assert not server.requests


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0", "0.0.0.0", "017700000001"],
)
def test_fault_02_other_spellings_of_loopback_are_refused(server: FeedServer, host: str) -> None:
    server.answers("/feed", rss(item()))

    answer = visit_one(f"http://{host}:{server.port}/feed", allow_private=())

    assert answer.status is FetchStatus.FAILED
    assert REFUSED in answer.reason or "not a valid address" in answer.reason
    assert not server.requests


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2002:a00:1::1", "fec0::1", "fe80::1", "fc00::1", "::1", "::",
        "100.64.0.1", "100.127.255.255", "198.18.0.1", "240.0.0.1", "224.0.0.1", "ff02::1",
        "255.255.255.255", "192.0.2.1", "2001:db8::1", "::127.0.0.1", "2001::1",
        # for local use (RFC 8215); the IPv4 address is not where NAT64's own prefix has it
        "64:ff9b:1:7f00:0:1:808:808",
    ],
)  # fmt: skip
def test_fault_03_addresses_in_addresses_and_special_ranges_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_fault_03_public_addresses_stay_so_in_the_clothes_of_ipv6(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127。0。0。1", "１２７.0.0.1", "①②⑦.⓪.⓪.①"])
def test_fault_04_wide_and_circled_digits_are_refused(server: FeedServer, host: str) -> None:
    server.answers("/feed", rss(item()))

    answer = visit_one(f"http://{host}:{server.port}/feed", allow_private=())

    assert answer.status is FetchStatus.FAILED
    assert not server.requests


@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "fd00:ec2::254"])
def test_fault_05_addresses_of_credentials_are_refused_unless_they_are_named(address: str) -> None:
    everything = Guard(["feeds.test", "0.0.0.0/0", "::/0"])

    assert everything.refuses(address, Visit(host="feeds.test", port=80))
    assert not Guard([address]).refuses(address, Visit(host=address, port=80))


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1",
        "::ffff:100.100.100.200", "fd00:ec2:0:0::254", "fd00:ec2::254%1",
    ],
)  # fmt: skip
def test_fault_05_nor_under_any_other_spelling(address: str) -> None:
    everything = Guard(["feeds.test", "0.0.0.0/0", "::/0"])

    assert everything.refuses(address, Visit(host="feeds.test", port=80))


def test_fault_06_a_public_name_that_redirects_to_a_private_address_is_refused_on_the_hop(
    server: FeedServer, other: FeedServer
) -> None:
    other.answers("/secret", rss(item()))
    server.redirects("/feed", f"http://intern.test:{other.port}/secret")
    names = Names(public=[["127.0.0.1"]], intern=[["127.0.0.1"]])

    answer = visit_one(
        f"http://public.test:{server.port}/feed", allow_private=["public.test"], resolver=names
    )

    assert REFUSED in answer.reason
    assert "intern.test" in answer.reason
    assert len(server.requests) == 1
    assert not other.requests


def test_fault_06_so_is_a_redirect_to_the_private_address_itself(
    server: FeedServer, other: FeedServer
) -> None:
    other.answers("/secret", rss(item()))
    server.redirects("/feed", other.url("/secret"))  # no name: nothing is looked up
    names = Names(public=[["127.0.0.1"]])

    answer = visit_one(
        f"http://public.test:{server.port}/feed", allow_private=["public.test"], resolver=names
    )

    assert f"{REFUSED} (127.0.0.1)" in answer.reason
    assert not other.requests


def test_fault_07_a_name_that_changes_its_address_is_connected_where_it_was_checked(
    server: FeedServer,
) -> None:
    server.answers("/feed", rss(item()))
    url = f"http://public.test:{server.port}/feed"
    rebound = Names(public=[["127.0.0.9"], ["127.0.0.1"]])

    answer = visit_one(url, allow_private=["127.0.0.9"], resolver=rebound, timeout=2)

    assert rebound.asked == ["public.test"]
    assert "cannot connect" in answer.reason  # nobody listens on the address that was checked
    assert REFUSED in visit_one(url, allow_private=["127.0.0.9"], resolver=rebound).reason
    assert not server.requests


def test_fault_08_a_name_with_one_private_address_is_refused_as_a_whole(
    server: FeedServer,
) -> None:
    server.answers("/feed", rss(item()))
    names = Names(public=[["127.0.0.1", "10.0.0.1"]])

    answer = visit_one(
        f"http://public.test:{server.port}/feed", allow_private=["127.0.0.1"], resolver=names
    )

    assert f"{REFUSED} (10.0.0.1)" in answer.reason
    assert not server.requests
