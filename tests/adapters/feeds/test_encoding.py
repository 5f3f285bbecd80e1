"""The text of a feed is found, whatever its bytes say of themselves."""

from __future__ import annotations

import pytest

from digestbot.adapters.feeds.encoding import to_text

CHINESE = "<rss><title>人工智能公司发布新模型，性能大幅提升</title></rss>"


def declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (CHINESE.encode(), ""),
        (CHINESE.encode("utf-8-sig"), ""),
        (CHINESE.encode("utf-16"), ""),
        (CHINESE.encode("utf-16-be"), ""),
        (CHINESE.encode("utf-16-le"), ""),
        (CHINESE.encode("utf-32"), ""),
        ((declared("gb2312") + CHINESE).encode("gb18030"), ""),
        ((declared("big5") + CHINESE).encode("gb18030"), ""),
        ((declared("utf-8") + CHINESE).encode("gb18030"), ""),
        ((declared("iso-8859-1") + CHINESE).encode(), ""),
        ((declared("utf-16") + CHINESE).encode(), ""),
        ((declared("no-such-thing") + CHINESE).encode(), "latin-1"),
        (CHINESE.encode("gb18030"), ""),
        (CHINESE.encode("gb18030"), "GBK"),
        (CHINESE.encode("utf-8").replace(b"<rss>", b"<r\x00ss\x07>"), ""),
    ],
)
def test_chinese_survives_every_label(body: bytes, charset: str) -> None:
    assert to_text(body, charset) == CHINESE


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf8() -> None:
    assert to_text((declared("iso-8859-1") + "<a>“é”</a>").encode("cp1252")) == "<a>“é”</a>"
    assert to_text((declared("koi8-r") + "<a>да</a>").encode("koi8-r")) == "<a>да</a>"


def test_a_seven_bit_encoding_is_not_taken_for_ascii() -> None:
    assert to_text((declared("iso-2022-jp") + "<a>日本</a>").encode("iso2022-jp")) == "<a>日本</a>"


def test_the_servers_charset_counts_where_the_document_is_silent() -> None:
    assert to_text("<a>да</a>".encode("koi8-r"), "koi8-r") == "<a>да</a>"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("<a>ゲーム三昧な正月を過ごしました</a>", "euc_jp"),
        ("<a>記事の投稿が反映されない…</a>", "cp932"),
        ("<a>한글 이름을 표시하는 방법</a>", "cp949"),
        ("<a>Как пережить новогоднюю ночь</a>", "koi8-r"),
        ("<a>Как пережить новогоднюю ночь</a>", "cp1251"),
        ("<a>“Déjà vu”, dit-elle à l’été</a>", "cp1252"),
        ("<a>Über die Größe der Straße</a>", "latin-1"),
    ],
)
def test_a_silent_document_is_read_by_the_language_that_it_gives(text: str, encoding: str) -> None:
    assert to_text(text.encode(encoding)) == text


def test_bytes_of_no_encoding_are_read_with_replacements() -> None:
    assert to_text(b"<a>\x81caf\xe9</a>", "utf-8\x00") == "<a>\ufffdcafé</a>"
    assert to_text(b"\xff\xfe<\x00a") == "<\ufffd"


@pytest.mark.parametrize(
    ("charset", "declared", "read_as"),
    [
        ("big5", "gb2312", "big5"),
        ("iso-8859-1", "big5", "big5"),
        ("us-ascii", "big5", "big5"),
        ("", "big5", "big5"),
        ("no-such-thing", "big5", "big5"),
    ],
)
def test_the_server_is_believed_before_the_document_unless_it_says_that_of_everything(
    charset: str, declared: str, read_as: str
) -> None:
    words = "新型晶片今日量產"
    body = f'<?xml version="1.0" encoding="{declared}"?><rss>{words}</rss>'.encode(read_as)

    assert words in to_text(body, charset)
