"""Pages of any encoding, labelled rightly, wrongly or not at all, become their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SHARED
from digestbot.adapters.pages.charset import html_text

ARTICLES = SHARED / "data" / "articles"

CHINESE = "<p>中国人民银行今天发布了新的报告，其中说经济正在恢复。</p>"
TRADITIONAL = "<p>台灣的半導體公司今天公布了新的財報，營收比去年成長許多。</p>"
JAPANESE = "<p>日本銀行は今日、新しい報告書を発表しました。経済は回復しています。</p>"
KOREAN = "<p>한국은행은 오늘 새로운 보고서를 발표했다. 경제가 회복되고 있다.</p>"
FRENCH = "<p>L'été dernier, le café a été fermé à cause de la chaleur.</p>"
RUSSIAN = "<p>Банк России сегодня опубликовал новый отчёт об экономике.</p>"


def page(text: str, label: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>x</title></head><body>{text}</body></html>"


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_settles_it(bom: str) -> None:
    body = page(CHINESE, "big5").encode(bom)

    assert html_text(body, "iso-8859-1") == page(CHINESE, "big5")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
    ],
)
@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "no-such-thing", "hex"])
def test_an_east_asian_page_is_known_by_its_bytes(text: str, encoding: str, charset: str) -> None:
    assert html_text(page(text).encode(encoding), charset) == page(text)


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        (CHINESE, "gb2312", "gb18030"),
        (CHINESE, "x-gbk", "gb18030"),
        (CHINESE, "hz", "hz"),
        (TRADITIONAL, "Big5-HKSCS", "big5hkscs"),
        (JAPANESE, "x-sjis", "cp932"),
        (JAPANESE, "iso-2022-jp", "iso2022_jp"),
        (FRENCH, "iso-8859-1", "cp1252"),
        (FRENCH, "us-ascii", "cp1252"),
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8_r"),
        (FRENCH, "utf-16", "utf-8"),
    ],
)
def test_the_server_and_the_page_are_believed(text: str, label: str, codec: str) -> None:
    assert html_text(page(text).encode(codec), label) == page(text)
    assert html_text(page(text, label).encode(codec)) == page(text, label)


def test_an_old_fashioned_meta_element_counts_even_far_down() -> None:
    head = f'<!-- charset=big5 -->{" " * 3000}<meta http-equiv="Content-Type" content="text/html; '
    html = head + f'charset=windows-1251">{RUSSIAN}'

    assert html_text(html.encode("cp1251")) == html


def test_a_servers_default_gives_way_to_the_pages_own_word() -> None:
    html = page(RUSSIAN, "windows-1251")

    assert html_text(html.encode("cp1251"), "ISO-8859-1") == html


def test_the_server_is_believed_before_the_page() -> None:
    html = page(RUSSIAN, "koi8-r")

    assert html_text(html.encode("cp1251"), "windows-1251") == html


@pytest.mark.parametrize("label", ["gb2312", "big5"])
def test_a_wrong_label_does_not_garble_a_page_in_utf_8(label: str) -> None:
    html = page(CHINESE, label)

    assert html_text(html.encode(), label) == html


def test_a_wrong_east_asian_label_is_doubted() -> None:
    html = page(TRADITIONAL * 3, "gb2312")

    assert html_text(html.encode("big5"), "") == html


@pytest.mark.parametrize(("encoding", "label"), [("utf-8", ""), ("gb18030", "gbk")])
def test_a_character_cut_in_half_costs_only_itself(encoding: str, label: str) -> None:
    whole = page(CHINESE * 20)
    body = whole.encode(encoding)
    start = body.index("经".encode(encoding))

    text = html_text(body[: start + 1] + body[start + len("经".encode(encoding)) :], label)

    assert text.count("中国人民银行今天") == 20
    assert text.count("经济正在恢复") == 19


@given(body=st.binary(max_size=300), charset=st.text(max_size=20))
def test_it_never_raises(body: bytes, charset: str) -> None:
    html_text(body, charset)
    html_text(b"<meta charset=" + body, charset)


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not here")
def test_real_pages_keep_their_text_through_the_encodings_of_their_countries() -> None:
    for path in sorted((ARTICLES / "chinese-unlabelled").glob("*/*.html")):
        html = path.read_bytes().decode("utf-8")
        unlabelled = html.replace("charset", "nothing")
        assert html_text(html.encode()) == html.removeprefix("\ufeff")
        assert html_text(unlabelled.encode("gb18030")) == unlabelled.removeprefix("\ufeff")
