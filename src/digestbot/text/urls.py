"""Canonical URLs, and the key by which two URLs are seen to be the same page."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit

MAX_URL_LENGTH = 4_096
"""Characters. Longer addresses are data in disguise; servers refuse them at 8 kB."""

MAX_HOST_LENGTH = 253
"""Characters of a host name (RFC 1035)."""

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "hsa_", "__hs")
"""Urchin and Google, Matomo, HubSpot."""

TRACKING_NAMES = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "mc_cid", "mc_eid",
    "yclid", "ysclid", "_openstat", "twclid", "ttclid", "igsh", "igshid", "li_fat_id", "_hsenc",
    "_hsmi", "hsctatracking", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id", "vero_conv",
    "rb_clickid", "s_cid", "wickedid", "guccounter", "guce_referrer", "guce_referrer_sig",
    "ga_source", "ga_medium", "ga_campaign", "_ga", "_gl", "spm", "spm_id_from", "vd_source",
    "share_source", "share_medium", "at_medium", "at_campaign", "at_campaign_type", "at_format",
    "at_link_id", "at_link_type", "at_link_origin", "at_ptr_name", "at_ptr_type", "at_bbc_team",
    "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "pk_campaign", "pk_kwd",
    "pk_source", "pk_medium", "pk_content",
})  # fmt: skip
"""Parameters that never choose the page, whatever their value."""

RSS_NAMES = frozenset("f from ref source src partner emc cmp rss traffic_source".split())
RSS_VALUES = frozenset({"rss", "rss2", "rssfeed", "rss_feed", "atom"})
"""``f=rss`` and its kin mark the reader's way in; ``f=2`` chooses the page."""

MEDIUM_SOURCE = "rss-"
"""Medium marks feed readers with ``source=rss-<id>------``."""

PAGE_FRAGMENTS = ("!", "/")
"""``#!`` and ``#/`` are the address of a page in one-page applications: kept."""

SAME_PAGE_PREFIXES = ("www.", "m.", "mobile.", "amp.")
SAME_PAGE_SUFFIXES = ("/amp", "/amp.html", ".amp", "/index.html", "/index.htm", "/index.php")

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IGNORED = re.compile(r"[\t\r\n]")
_AROUND = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u3000\ufeff\u200b"
_UNSAFE = re.compile(
    '[\x00-\x20\x7f-\xa0\xad"<>\\[\\]\\\\^`{|}\u061c\u1680\u180e\u2000-\u200f'
    "\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\uffff"
    "\U000e0000-\U000e0fff]+"
)
"""What no address may hold, or what would hide in it; parentheses and apostrophes may stay."""


def canonical_url(url: str, base: str = "") -> str:
    """Return *url* as it will be printed and compared, or "" if it is no http(s) address.

    Made absolute against *base*; scheme and host in lower case (an
    international host as its ASCII form); default port, credentials, fragment
    (but for the routes of one-page applications) and known tracking
    parameters removed. All else keeps its bytes and its order, but for
    characters that would break a Markdown link: these are percent-encoded.
    """
    try:
        return _canonical(_absolute(url.strip(_AROUND), base))
    except ValueError:
        return ""


def without_tracking(url: str) -> str:
    """Return *url* without known tracking parameters; every other character stays."""
    address, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = _without_tracking(query)
    return address + (f"?{kept}" if kept else "") + mark + fragment if rest else url


def same_page_key(url: str) -> str:
    """Return what is equal for two URLs of one page; never to be printed.

    Blind to http or https, a ``www.`` or mobile host, a last slash, AMP
    variants and the way in which characters are percent-encoded. Empty for
    what is no http(s) address.
    """
    canonical = canonical_url(url)
    if not canonical:
        return ""
    parts = urlsplit(canonical)
    query = "&".join(p for p in parts.query.split("&") if p.lower() not in _AMP_PARAMETERS)
    tail = f"?{query}" if query else ""
    if parts.fragment:
        tail += f"#{parts.fragment}"
    return _bare_host(parts.netloc) + unquote(_bare_path(parts.path) + tail)


def _absolute(url: str, base: str) -> str:
    url = _IGNORED.sub("", url)
    if _SCHEME.match(url) or not url:
        return url
    if url.lower().startswith("www."):
        return f"https://{url}"
    return urljoin(base, url) if base else ""


def _canonical(url: str) -> str:
    if len(url) > MAX_URL_LENGTH:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS:
        return ""
    host = _host(parts.netloc, parts.hostname or "")
    if not host:
        return ""
    port = parts.port
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    query = _without_tracking(parts.query)
    fragment = parts.fragment if parts.fragment.startswith(PAGE_FRAGMENTS) else ""
    canonical = f"{parts.scheme}://{netloc}{_encoded(_rooted(parts.path))}"
    canonical += f"?{_encoded(query)}" if query else ""
    canonical += f"#{_encoded(fragment)}" if fragment else ""
    return canonical if len(canonical) <= MAX_URL_LENGTH else ""


def _host(netloc: str, host: str) -> str:
    """*host* as it is compared, or "" where it cannot be the name of a machine."""
    if not host or len(host) > MAX_HOST_LENGTH:
        return ""
    if "[" in netloc:
        return f"[{IPv6Address(host).compressed}]"
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    name = name.lower()
    return name if _HOST.fullmatch(name) else ""


def _rooted(path: str) -> str:
    return path if path.startswith("/") or not path else f"/{path}"


def _without_tracking(query: str) -> str:
    kept = [part for part in query.split("&") if not _is_tracking(part)]
    return "&".join(kept) if any(kept) else ""


def _is_tracking(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name, value = name.lower().removeprefix("amp;"), value.lower()
    if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES):
        return True
    if name in RSS_NAMES and value in RSS_VALUES:
        return True
    return name == "source" and value.startswith(MEDIUM_SOURCE)


def _encoded(text: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="replace"), text)


_AMP_PARAMETERS = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp"})


def _bare_host(netloc: str) -> str:
    for prefix in SAME_PAGE_PREFIXES:
        if netloc.startswith(prefix) and netloc.count(".") > 1:
            return netloc[len(prefix) :]
    return netloc


def _bare_path(path: str) -> str:
    path = path.rstrip("/")
    for suffix in SAME_PAGE_SUFFIXES:
        if path.lower().endswith(suffix):
            return path[: -len(suffix)].rstrip("/")
    return path
