"""The article of a page, what the page says of itself, and why it is of no use."""

from __future__ import annotations

import asyncio
import builtins
import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest

from builders import SHARED
from digestbot.adapters.pages.extract import NOT_HTML, TOO_DEEP, TOO_LONG, answer
from digestbot.adapters.pages.obstacles import CHECK, EMPTY, LOGIN, PAYWALL, SCRIPTS
from digestbot.adapters.pages.tree import MAX_LENGTH
from digestbot.adapters.workers import WorkerError, Workers
from digestbot.model import Page

ARTICLES = SHARED / "data" / "articles"
URL = "https://n.test/2026/06/story.html?id=7"
SENTENCE = "The company said on Monday that it would open three new offices in the north. "
PARAGRAPHS = "".join(
    f"<p>{SENTENCE * 3}This is paragraph {n}, and it says more.</p>" for n in range(8)
)
CHINESE = "<p>这家公司周一表示，将在北方新开三个办事处，并计划在明年招聘一千名工程师。</p>" * 8


def page(body: str, head: str = "<title>Three offices</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def article(body: str = PARAGRAPHS, head: str = "") -> str:
    return page(f"<article><h1>Three offices</h1>{body}</article>", head)


# --- the text ------------------------------------------------------------------------


def test_the_article_comes_as_lines_of_plain_text() -> None:
    menu = "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li></ul></nav>"
    html = page(f"{menu}<article>{PARAGRAPHS}</article><footer>All rights reserved</footer>")

    found = answer(html, URL)

    assert found["reason"] == ""
    lines = found["text"].split("\n")
    assert len(lines) == 8
    assert lines[7] == f"{SENTENCE * 3}This is paragraph 7, and it says more."


def test_its_keys_are_those_of_a_page_and_it_can_be_sent_as_json() -> None:
    found = answer(article(), URL)

    assert Page(url=URL, **json.loads(json.dumps(found)))


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">SECRET words</div>',
        '<div style="color:red;DISPLAY:none !important">SECRET words</div>',
        '<p style="visibility:hidden">SECRET words</p>',
        "<p hidden>SECRET words</p>",
        '<p aria-hidden="true">SECRET words</p>',
        '<span style="font-size:0">SECRET words</span>',
        '<span style="font-size: 0px; color: red">SECRET words</span>',
        '<p style="position:absolute;left:-9999px">SECRET words</p>',
        '<p style="text-indent:-1000em">SECRET words</p>',
        '<p class="sr-only">SECRET words</p>',
        "<!-- SECRET words -->",
        "<template><p>SECRET words</p></template>",
        "<script>SECRET words</script><style>SECRET words</style>",
        "<noscript><p>SECRET words</p></noscript>",
        "<dialog><p>SECRET words</p></dialog>",
        "<p hidden>x<b>SECRET</b> words<i>!</i></p>",
    ],
)
def test_38_what_no_reader_sees_is_not_in_the_text(hidden: str) -> None:
    found = answer(
        article(PARAGRAPHS + hidden + "<p>And the last sentence of it is here.</p>"), URL
    )

    assert "SECRET" not in found["text"]
    assert "words" not in found["text"]
    assert found["text"].endswith("And the last sentence of it is here.")


@pytest.mark.parametrize(
    "style", ["font-size:0.9em", "left:-3px", "text-indent:-2em", "max-height:0.5em", "opacity:0"]
)
def test_a_style_that_hides_nothing_hides_nothing(style: str) -> None:
    found = answer(article(f'<div style="{style}">{PARAGRAPHS}</div>'), URL)

    assert "paragraph 7" in found["text"]


def test_a_site_that_shows_its_article_by_a_script_is_read_all_the_same() -> None:
    html = f'<div id="js_content" style="visibility: hidden; opacity: 0;">{CHINESE}</div>'

    assert "将在北方新开三个办事处" in answer(page(html), URL)["text"]


def test_no_control_zero_width_or_bidirectional_characters_come_through() -> None:
    odd = "\x00\x07\u200b\u202e\u2066\ufeff\ue000\U000e0041"
    found = answer(article(PARAGRAPHS.replace("Monday", f"Mon{odd}day")), URL)

    assert "on Monday that" in found["text"]
    assert not set(odd) & set(found["text"])


def test_readability_is_asked_where_trafilatura_finds_much_less() -> None:
    buttons = '<div class="social-share"><p>Share</p></div>'
    html = page(
        f'<div id="comments-share-post"><div class="entry">{buttons}{PARAGRAPHS}</div></div>'
    )

    assert "paragraph 7" in answer(html, URL)["text"]


def test_a_table_leaves_no_bars_around_its_cells() -> None:
    rows = "".join(f"<tr><td>{SENTENCE}</td></tr>" for _ in range(8))

    lines = answer(page(f"<table>{rows}</table>"), URL)["text"].split("\n")

    assert lines
    assert not [line for line in lines if line.startswith("|") or line.endswith("|")]


# --- what the page says of itself -----------------------------------------------------


def test_the_head_of_a_page_is_read() -> None:
    head = """
    <title>Three offices - The News</title>
    <meta property="og:title" content="Three &amp; more offices">
    <meta property="og:image" content="//img.n.test/a.jpg">
    <meta property="og:site_name" content=" The News ">
    <link rel="Canonical" href="/2026/06/story.html">
    """
    html = article(head=head).replace("<html>", '<html lang="en_GB">')

    found = answer(html, URL)

    assert found["title"] == "Three & more offices"
    assert found["image"] == "https://img.n.test/a.jpg"
    assert found["site"] == "The News"
    assert found["canonical"] == "https://n.test/2026/06/story.html"
    assert found["language"] == "en-GB"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Three offices - The News</title>", "Three offices"),
        ("<title>Something else</title>", "Something else"),
        ("", "Three offices"),
        ('<meta name="twitter:title" content="In short">', "In short"),
        ("<title>a\u202eb <b>c</b></title>", "ab c"),
    ],
)
def test_a_title_is_found_without_the_name_of_the_site(head: str, title: str) -> None:
    assert answer(article(head=head), URL)["title"] == title


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("story.html", "https://n.test/2026/06/story.html"),
        ("https://other.test/a?utm_source=x", "https://other.test/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("", ""),
        ("https://n.test/", ""),
    ],
)
def test_a_canonical_address_is_absolute_and_of_the_web(link: str, canonical: str) -> None:
    head = f'<link rel="canonical" href="{link}">'

    assert answer(article(head=head), URL)["canonical"] == canonical


def test_addresses_are_relative_to_the_base_that_the_page_names() -> None:
    head = '<base href="/deep/er/"><meta property="og:image" content="a.jpg">'

    assert answer(article(head=head), URL)["image"] == "https://n.test/deep/er/a.jpg"


@pytest.mark.parametrize("image", ["data:image/png;base64,AAAA", "file:///etc/passwd", "ftp://n/a"])
def test_an_image_that_is_not_of_the_web_is_none(image: str) -> None:
    head = f'<meta property="og:image" content="{image}">'

    assert answer(article(head=head), URL)["image"] == ""


@pytest.mark.parametrize("lang", ["", "und", "<script>", "x" * 40])
def test_a_language_that_is_none_is_left_out(lang: str) -> None:
    assert answer(f'<html lang="{lang}"><body>{PARAGRAPHS}</body></html>', URL)["language"] == ""


# --- why a page is of no use ------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"@type": "NewsArticle", "isAccessibleForFree": False},
        {"@type": "NewsArticle", "isAccessibleForFree": "False"},
        {"@graph": [{"@type": "WebPage"}, {"@type": "Article", "isAccessibleForFree": False}]},
        [{"@type": "NewsArticle", "hasPart": {"isAccessibleForFree": False}}],
    ],
)
def test_38_a_page_that_says_it_is_not_free_is_behind_a_paywall(facts: Any) -> None:
    head = f'<script type="application/ld+json">{json.dumps(facts)}</script>'

    found = answer(article(head=head), URL)

    assert found["reason"] == PAYWALL
    assert "paragraph 7" in found["text"]


@pytest.mark.parametrize("tier", ["locked", "metered", "Locked"])
def test_a_locked_tier_is_a_paywall_and_a_free_one_is_none(tier: str) -> None:
    meta = '<meta property="article:content_tier" content="{}">'

    assert answer(article(head=meta.format(tier)), URL)["reason"] == PAYWALL
    assert answer(article(head=meta.format("free")), URL)["reason"] == ""


@pytest.mark.parametrize(
    "facts",
    [
        '{"@type": "NewsArticle", "isAccessibleForFree": true}',
        '{"@type": "NewsArticle", "isAccessibleForFree": "True"}',
        '{"@type": "ItemList", "itemListElement": [{"isAccessibleForFree": false}]}',
        "{ broken",
        "[" * 5_000,
        "",
    ],
)
def test_what_json_says_of_others_or_not_at_all_is_no_paywall(facts: str) -> None:
    head = f'<script type="application/ld+json">{facts}</script>'

    assert answer(article(head=head), URL)["reason"] == ""


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading",
        "Sign in to read the full story.",
        "This article is for subscribers only.",
        "Already a subscriber? Log in",
        "You’ve reached your limit of free articles",
        "订阅后阅读全文",
        "登录后查看全文",
        "付费阅读",
        "本文为会员专享内容",
        "剩余 68% 未读，付费后继续阅读全文",
        "この記事は会員限定です。電子版に登録すると続きをお読みいただけます。",
    ],
)
def test_38_a_teaser_before_a_demand_is_behind_a_paywall(line: str) -> None:
    teaser = f"<p>{SENTENCE}</p><p>{SENTENCE}</p>"

    assert answer(article(f"{teaser}<p>{line}</p>"), URL)["reason"] == PAYWALL
    assert answer(article(f"{PARAGRAPHS}<p>{line}</p>"), URL)["reason"] == PAYWALL


@pytest.mark.parametrize(
    "line",
    [
        "Readers may subscribe to our newsletter, and they often do so for years.",
        "The paywall asks people to subscribe to continue reading, he said, and adds " * 4,
        "The minister had to sign in before the meeting, which began at noon.",
    ],
)
def test_an_article_about_paywalls_is_not_behind_one(line: str) -> None:
    assert answer(article(f"<p>{line}</p>{PARAGRAPHS}"), URL)["reason"] == ""


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("404 Not Found", "nginx", "an error page (404 Not Found)"),
        ("Error 503", "Service unavailable", "an error page (Error 503)"),
        ("Access Denied", "You don't have permission to access this.", "an error page"),
        ("页面不存在", "您访问的页面不存在", "an error page (页面不存在)"),
        ("微信公众平台", "该内容已被发布者删除", "an error page (微信公众平台)"),
        ("Oops", "Something went wrong here.", "an error page (Oops)"),
        ("Just a moment...", "Checking your browser before you go on.", CHECK),
        ("Attention Required! | Cloudflare", "Please complete it.", CHECK),
        ("n.test", "请完成安全验证", CHECK),
        ("验证", "当前环境异常，完成验证后即可继续访问。", CHECK),
        ("Before you continue to the site", "We use cookies.", CHECK),
        ("Sign in - The News", "E-mail Password", LOGIN),
        ("用户登录", "请输入密码", LOGIN),
        ("论坛", "您需要登录后才可以继续本操作", LOGIN),
        ("App", "You need to enable JavaScript to run this app.", SCRIPTS),
        ("App", "<noscript>Please enable JavaScript</noscript>", SCRIPTS),
        ("Hello", "<p>Nothing here.</p>", EMPTY),
        ("", "", EMPTY),
    ],
)
def test_38_a_page_that_is_no_article_says_what_it_is(title: str, body: str, reason: str) -> None:
    found = answer(page(f"<div><p>{body}</p></div>", f"<title>{title}</title>"), URL)

    assert found["reason"].startswith(reason)


@pytest.mark.parametrize(
    "title",
    [
        "404 million people voted",
        "Access denied: how banks refuse the poor",
        "Just a moment: an essay",
        "Error in the figures costs a bank millions",
        "Log in, burn out: an essay",
    ],
)
def test_an_article_about_such_pages_is_an_article(title: str) -> None:
    assert answer(article(head=f"<title>{title}</title>"), URL)["reason"] == ""


@pytest.mark.parametrize(
    "text",
    [
        "just words",
        "%PDF-1.7 << /Type /Page >> stream",
        '{"html": 1}',
        "\x89PNG\r\n\x1a\n<a>" + "\x00\x01\x9f" * 99,
    ],
)
def test_what_is_no_web_page_says_so(text: str) -> None:
    assert answer(text, URL)["reason"] == NOT_HTML


# --- hostile pages -----------------------------------------------------------------------


@pytest.mark.parametrize("depth", [300, 1_000])
def test_38_deep_pages_lose_nothing(depth: int) -> None:
    html = page("<div>" * depth + PARAGRAPHS + "</div>" * depth + f"<p>{SENTENCE}The end.</p>")

    found = answer(html, URL)

    assert found["reason"] == ""
    assert "paragraph 7" in found["text"]


def test_38_pages_too_deep_for_the_parser_say_so() -> None:
    whole = article(head="<title>Three offices</title>")

    found = answer(whole + "<div>" * 20_000 + PARAGRAPHS, URL)

    assert found["reason"] == TOO_DEEP
    assert "text" not in found
    assert found["title"] == "Three offices"


def test_38_a_page_of_12_mb_in_one_node_says_so() -> None:
    assert answer(page("<p>" + "word " * 2_400_000 + "</p>"), URL)["reason"] == TOO_LONG


def test_a_long_page_within_the_limit_is_read() -> None:
    padding = "<!--" + "x" * (MAX_LENGTH - 50_000) + "-->"

    assert "paragraph 7" in answer(article(padding + PARAGRAPHS), URL)["text"]


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n",
        "\ufeff",
        "\x00" * 1_000,
        "<" * 100_000,
        "<!--" * 100_000,
        page(PARAGRAPHS + "<!--" * 100_000),
        "<p>" * 20_000,
        "<b id=1><p>" * 5_000,
        "<table><tr><td>" * 3_000,
        "<div hidden>" * 5_000,
        "<i hidden>b</i>tail " * 5_000,
        page(f"<p>{SENTENCE}", '<meta charset="utf-16">'),
        '<?xml version="1.0" encoding="gbk"?><html><body><p>x</p></body></html>',
        "<html><frameset><frame src=a></frameset></html>",
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body>&x;</body></html>",
        bytes(range(256)).decode("latin-1") * 100,
        "<p>\ud800</p>" + PARAGRAPHS,
        '<p style="' + "left:" * 50_000 + '">x',
    ],
    ids=range(19),
)
def test_26_hostile_pages_bring_an_answer(html: str) -> None:
    found = answer(html, URL)

    assert found["reason"] or found["text"]
    assert "root:" not in found.get("text", "")
    json.dumps(found).encode()


def test_no_file_is_opened_no_socket_made_and_nothing_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer(article(), URL)  # what is loaded once is loaded now
    caplog.set_level(logging.DEBUG)

    def forbidden(*args: object, **options: object) -> None:
        raise AssertionError(args)

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(builtins, "open", forbidden)
    monkeypatch.setattr(Path, "open", forbidden)

    for body in (PARAGRAPHS, "", "<div><ul><li><a href=x>y</a></ul></div>"):
        answer(article(body), URL)
    answer("", URL)

    assert caplog.records == []


async def _in_a_child(html: str, seconds: float) -> Any:
    async with Workers(1, seconds=seconds) as workers:
        return await workers.run("digestbot.adapters.pages.extract_child", html.encode(), url=URL)


def test_it_works_in_a_child_process() -> None:
    assert asyncio.run(_in_a_child(article(), 30)) == answer(article(), URL)


def test_38_a_page_that_takes_for_ever_is_given_up() -> None:
    endless = "<a " + " ".join(f"x{n}=1" for n in range(200_000)) + ">hi"

    with pytest.raises(WorkerError, match="it takes more than"):
        asyncio.run(_in_a_child(endless, 0.5))


# --- real pages ---------------------------------------------------------------------------


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not here")
@pytest.mark.parametrize(
    "path", sorted((ARTICLES / "chinese-unlabelled").glob("*/*.html")), ids=str
)
def test_real_chinese_pages_have_a_title_and_an_article(path: Path) -> None:
    found = answer(path.read_text(encoding="utf-8"), URL)

    assert found["reason"] == ""
    assert len(found["text"]) >= 100
    assert found["title"]
    assert "责任编辑" not in found["text"]
