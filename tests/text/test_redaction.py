from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.redaction import redacted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:s3cret@n.test/feed", "https://***@n.test/feed"),
        ("https://me@n.test/feed", "https://***@n.test/feed"),
        ("https://me:p@ss@n.test/feed", "https://***@n.test/feed"),
        ("https://n.test/feed?token=abc&page=2", "https://n.test/feed?token=***&page=2"),
        (
            "https://n.test/feed?page=2&api_key=abc#top",
            "https://n.test/feed?page=2&api_key=***#top",
        ),
        ("https://n.test/?AccessToken=abc", "https://n.test/?AccessToken=***"),
        ("https://n.test/?X-Amz-Signature=abc", "https://n.test/?X-Amz-Signature=***"),
        ("https://n.test/#access_token=abc", "https://n.test/#access_token=***"),
        ("https://n.test/?u=" + "0123456789abcdef" * 2, "https://n.test/?u=***"),
        (
            "cannot reach https://a:b@n.test/x (HTTP 401)",
            "cannot reach https://***@n.test/x (HTTP 401)",
        ),
        ('see "https://n.test/?key=abc", then go', 'see "https://n.test/?key=***", then go'),
    ],
)
def test_what_gives_access_is_hidden(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://n.test/feed",
        "https://n.test/@author/feed?page=2",
        "https://n.test/?keyword=AI&monkey=1&design=2&author=x&passage=3",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCBJycsmduvYEL83R_U4JriQ",
        "/srv/feeds/one.xml",
        "write to me@n.test",
        "",
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert redacted(text) == text


@given(st.text())
def test_any_text_can_be_redacted_and_twice_is_once(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


@given(st.text("abcXYZ019-_.~%", min_size=1), st.sampled_from(["token", "api-key", "Password"]))
def test_no_part_of_a_named_secret_is_shown(secret: str, name: str) -> None:
    assert (
        redacted(f"https://n.test/feed?x=1&{name}={secret}")
        == f"https://n.test/feed?x=1&{name}=***"
    )
