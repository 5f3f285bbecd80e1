"""No socket connects to a private address, but for hosts that the operator named."""

from __future__ import annotations

import socket

import pytest

from digestbot.adapters.web.guard import (
    Guard,
    PrivateAddressError,
    Visit,
    current_visit,
    is_public,
)

PRIVATE = [
    *("127.0.0.1", "127.255.0.1", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.9.9"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1"),
    *("192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1"),
    *("239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fe80::1%1"),
    *("fec0::1", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1"),
    *("64:ff9b:1::a00:1", "2002:7f00:1::1", "2002:a00:1::", "2001::1", "2001:db8::1"),
    *("100::1", "3fff::1", "5f00::1", "not an address", ""),
]

PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.32.0.1"),
    *("2606:4700::1111", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"),
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_public_internet_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


def info(address: str) -> tuple[int, int, int, str, tuple[str, int]]:
    return (socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 80))


def test_a_refusal_names_the_address_and_the_way_out() -> None:
    visit = Visit(host="feeds.test", port=80)
    current_visit.set(visit)

    with pytest.raises(PrivateAddressError):
        Guard().open_socket(info("10.0.0.1"))

    assert visit.reason == (
        "private address refused (10.0.0.1); allow it with --allow-private feeds.test"
    )


@pytest.mark.parametrize(
    ("allowed", "host", "port"),
    [
        ("feeds.test", "feeds.test", 80),
        ("FEEDS.test", "feeds.TEST", 80),
        ("feeds.test:8080", "feeds.test", 8080),
        ("[::1]", "::1", 80),
        ("::1", "::1", 80),
        ("[::1]:8080", "::1", 8080),
    ],
)
def test_a_host_that_was_named_is_allowed(allowed: str, host: str, port: int) -> None:
    current_visit.set(Visit(host=host, port=port))

    Guard([allowed]).open_socket(info("127.0.0.1")).close()


@pytest.mark.parametrize(("allowed", "port"), [("other.test", 80), ("feeds.test:81", 80)])
def test_another_host_or_port_is_not_allowed(allowed: str, port: int) -> None:
    assert Guard([allowed]).refuses("10.0.0.1", Visit(host="feeds.test", port=port))


def test_a_public_address_needs_no_leave() -> None:
    current_visit.set(Visit(host="feeds.test", port=80))

    Guard().open_socket(info("8.8.8.8")).close()


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:169.254.169.254", "::ffff:100.100.100.200", "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::", "fd00:ec2:0:0::254", "fd00:ec2::254%1", "169.254.170.23",
    ],
)  # fmt: skip
def test_no_notation_of_them_is_allowed_with_a_host_or_a_network(address: str) -> None:
    guard = Guard(["feeds.test", "::/0", "0.0.0.0/0"])

    assert guard.refuses(address, Visit(host="feeds.test", port=80))


def test_the_local_prefix_of_nat64_is_not_public_whatever_it_ends_in() -> None:
    assert not is_public("64:ff9b:1:7f00:0:1:808:808")


@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "fd00:ec2::254"])
def test_addresses_that_hand_out_credentials_are_allowed_only_by_their_own_name(
    address: str,
) -> None:
    visit = Visit(host="feeds.test", port=80)

    assert Guard(["feeds.test", "169.254.0.0/16", "100.64.0.0/10", "fd00::/8"]).refuses(
        address, visit
    )
    assert not Guard([address]).refuses(address, visit)


def test_a_network_can_be_allowed() -> None:
    guard, visit = Guard(["10.1.0.0/16"]), Visit(host="feeds.test", port=80)

    assert not guard.refuses("10.1.2.3", visit)
    assert guard.refuses("10.2.2.3", visit)
