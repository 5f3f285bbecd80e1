"""``digestbot check POST --sources ...``: real files, our own feeds, posts with faults put in."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digestbot.cli import main
from feed_server import FeedServer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the examples, with the post that they make."""
    folder = tmp_path_factory.mktemp("check") / "examples"
    keep_out = shutil.ignore_patterns("posts", ".digestbot")
    shutil.copytree(ROOT / "examples", folder, ignore=keep_out)
    arguments = ["run", str(folder / "daily.toml"), "--now", "2026-06-01T12:00+08:00"]
    result = CliRunner().invoke(main, [*arguments, "--model", "none"], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return folder


def check(*arguments: str | Path, text: str | bytes | None = None) -> Result:
    command = ["check", *(str(argument) for argument in arguments)]
    return CliRunner().invoke(main, command, input=text, catch_exceptions=False)


def post_of(example: Path) -> str:
    return (example / "posts" / "20260601.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("sources", [["daily.toml"], ["feeds"], ["."], ["feeds", "daily.toml"]])
def test_our_own_post_rests_on_its_feeds(example: Path, sources: list[str]) -> None:
    named = [part for source in sources for part in ("--sources", example / source)]
    post = example / "posts" / "20260601.md"

    result = check(post, *named)

    assert (result.exit_code, result.stdout) == (0, "")
    line = f"{post}: 10 of 10 items matched, \\d{{2,}} facts checked: 0 hard, 0 suspect\n"
    assert re.fullmatch(line, result.stderr)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "3.6亿元B轮融资，由松烟",
            "6.3亿元B轮融资，由松烟",
            "hard amount: `6.3亿元` is not in the source; it has",
        ),
        ("61.4%", "**64.1%**", "hard percentage: `64.1%` is not in the source; it has"),
        ("2027年10月", "2027年12月", "hard date: `2027年12月` is not in the source"),
        ("闻人雪", "Ada Lovelace", "hard name: `Ada` is not in the source"),
        ("BD200的单卡", "BD900的单卡", "`BD900` is not in the source"),
        ("代码与训练日志已经公开", "“代码永远不会对任何人公开”", "hard quote: "),
        ("共收录10条", "共收录12条", "hard number: `12条` is not in the source"),
    ],
    ids=["amount", "percentage", "date", "name", "version", "quote", "lead"],
)
def test_what_was_changed_in_a_post_is_found_where_it_stands(
    example: Path, before: str, after: str, told: str
) -> None:
    post = post_of(example)
    assert post.count(before) == 1
    changed = post.replace(before, after)

    result = check("-", "--sources", example / "feeds", text=changed)

    assert result.exit_code == 1
    (first, *_) = result.stdout.splitlines()
    path, line, column, reason = first.split(":", 3)
    assert path == "-"
    assert told in reason
    there = changed.splitlines()[int(line) - 1][int(column) - 1 :]
    assert there.startswith(re.findall("`([^`]*)`", reason)[0])


def test_a_foreign_link_is_found_and_what_its_item_says_is_held_against_the_likeliest(
    example: Path,
) -> None:
    post = post_of(example).replace("https://shuguang.test/2026/t4.html", "https://evil.test/t4")
    post = post.replace("270家", "720家")

    result = check("-", "--sources", example / "feeds", text=post)

    assert result.exit_code == 1
    link, number = result.stdout.splitlines()
    assert "hard link: `https://evil.test/t4` is in no source" in link
    assert "hard number: `720家` is not in the source" in number
    assert number.endswith("(its link is in no source: held against the 5 entries most like it)")
    assert result.stderr.startswith("-: 9 of 10 items matched")


def test_findings_are_given_as_json_with_their_places(example: Path) -> None:
    post = post_of(example).replace("38%", "83%", 1)

    result = check("-", "--sources", example / "feeds", "--json", text=post)

    (row,) = json.loads(result.stdout)
    assert post[row["start"] : row["end"]] == row["text"] == "83%"
    assert {name: row[name] for name in ("path", "line", "part", "kind", "severity")} == {
        "path": "-",
        "line": 7,
        "part": "lead",
        "kind": "percentage",
        "severity": "hard",
    }


def test_a_config_brings_what_its_state_has_kept_pages_too(
    server: FeedServer, tmp_path: Path
) -> None:
    text = "".join(
        f"<p>Lantern Labs pays {n} people in its new plant in Oslo.</p>" for n in (7, 77)
    )
    page = server.answers(
        "/a", f"<html><article>{text * 5}</article>".encode(), content_type="text/html"
    )
    feed = (
        "<rss version='2.0'><channel><title>N</title><item><title>Lantern Labs opens a plant"
        f"</title><link>{page}</link><pubDate>Mon, 01 Jun 2026 03:00:00 GMT</pubDate></item>"
        "</channel></rss>"
    )
    config = tmp_path / "digest.toml"
    config.write_text(
        f'sources = ["{server.answers("/feed", feed.encode())}"]\n'
        '[fetch]\nfull_text = true\nallow_private = ["127.0.0.1"]\n[edition]\nlanguage = "en"\n'
    )
    post = f"- [Lantern pays 77 people]({page})\n"

    before = check("-", "--sources", config, text=post)
    assert not (tmp_path / ".digestbot").exists()
    made = CliRunner().invoke(
        main, ["run", str(config), "--now", "2026-06-01T12:00+08:00", "--model", "none"]
    )
    assert made.exit_code == 0, made.stderr
    server.answers("/feed", b"<rss version='2.0'><channel><title>N</title></channel></rss>")
    after = check("-", "--sources", config, text=post)
    ours = check(made.stdout.strip(), "--sources", config)

    assert "hard number: `77 people`" in before.stdout
    assert (after.exit_code, after.stdout) == (0, "")
    assert ours.exit_code == 0
    assert ours.stderr.startswith(f"{made.stdout.strip()}: 1 of 1 items matched")


LETTER = """\
# Letter of 2026-06-01

Two things, 180 watts in all.

## A chip in production

Beidu ships the [BD200](https://shuguang.test/2026/t2.html): 16 cards, 768 MB of cache{chip}.

## Elsewhere

- [玄岩](https://xinpianji.test/post/601): 90亿元{memory}
- [寒川](https://xinpianji.test/post/603): 600兆瓦, 85%
"""


def test_a_post_of_another_make_is_checked_too(example: Path) -> None:
    folder = example / "feeds"

    clean = check("-", "--sources", folder, "--hard", text=LETTER.format(chip="", memory=""))
    wrong = check(
        "-", "--sources", folder, "--hard", text=LETTER.format(chip=", 190 watts", memory="、91亿")
    )

    assert [line for line in clean.stdout.splitlines() if " name: " not in line] == []
    assert clean.stderr.startswith("-: 3 of 3 items matched")
    told = [line for line in wrong.stdout.splitlines() if " name: " not in line]
    assert [line.split(":", 3)[1] for line in told] == ["7", "11"]
    assert "`190 watts` is not in the source; it has `180 watts`" in told[0]
    assert "`91亿` is not in the source; it has `90亿元`" in told[1]


def test_several_posts_are_told_one_after_the_other_and_hard_hides_the_rest(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source.jsonl"
    source.write_text('{"title": "A", "url": "https://n.test/a", "text": "It has 117 rooms."}\n')
    first, second = tmp_path / "1.md", tmp_path / "2.md"
    first.write_text("- [A](https://n.test/a): about 120 rooms\n")
    second.write_text("- [A](https://n.test/a): seven rooms, 118 beds\n")

    every = check(first, second, "--sources", source)
    hard = check(first, second, "--sources", source, "--hard")

    assert [line.rpartition("/")[2].split(": ")[:2] for line in every.stdout.splitlines()] == [
        ["2.md:1:26", "suspect number"],
        ["2.md:1:39", "hard number"],
    ]
    assert hard.stdout == every.stdout.splitlines(keepends=True)[1]
    assert [line.rpartition(": ")[2] for line in every.stderr.splitlines()] == [
        "0 hard, 0 suspect",
        "1 hard, 1 suspect",
    ]
    assert every.exit_code == hard.exit_code == 1
    assert check(first, "--sources", source).exit_code == 0


def test_suspects_alone_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It has 117 rooms. https://n.test/a")

    result = check("-", "--sources", tmp_path, text="- [A](https://n.test/a): seven rooms\n")

    assert result.exit_code == 0
    assert "suspect number: `seven`" in result.stdout


def test_an_address_is_visited_only_where_that_is_allowed(server: FeedServer) -> None:
    url = server.answers(
        "/feed",
        b"<rss version='2.0'><channel><title>N</title><item><title>A has 5 rooms</title>"
        b"<link>https://n.test/a</link></item></channel></rss>",
    )
    post = "- [A: 6 rooms](https://n.test/a) and https://elsewhere.test/\n"

    refused = check("-", "--sources", url, text=post)
    allowed = check("-", "--sources", url, "--allow-private", "127.0.0.1", text=post)

    assert refused.exit_code == 2
    assert "there is nothing in them" in refused.stderr
    assert "private" in refused.stderr
    assert allowed.exit_code == 1
    assert len(allowed.stdout.splitlines()) == 2
    assert len(server.requests) == 1


def test_a_source_that_cannot_be_read_is_told_and_the_others_are_used(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("no page")
    (tmp_path / "b.txt").write_text("5 rooms")

    result = check("-", "--sources", tmp_path, text="It has 5 rooms.\n")

    assert (result.exit_code, result.stdout) == (0, "")
    assert f"not read: {tmp_path / 'a.html'}: not a web page\n" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name a POST and its --sources, or --jsonl FILE."),
        (["-"], "Name a POST and its --sources, or --jsonl FILE."),
        (["-", "--jsonl", "-"], "--jsonl brings its own texts and sources."),
        (["-", "--sources", "nowhere.xml"], "nowhere.xml: no such file or folder"),
        (["-", "--sources", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["-", "--sources", ".", "--timezone", "Mars"], "'Mars' is not a time zone"),
    ],
    ids=["nothing", "no sources", "both", "no file", "no config", "no zone"],
)
def test_a_mistake_is_told_with_the_way_out(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("5")
    monkeypatch.chdir(tmp_path)

    result = check(*arguments, text="5\n")

    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe5", "-: not UTF-8 text"), (b"5" * (1 << 20) + b"5", "-: larger than 1 MiB")],
    ids=["bytes", "size"],
)
def test_what_is_no_text_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5")

    result = check("-", "--sources", tmp_path, text=content)

    assert result.exit_code == 1
    assert told in result.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf5\r\n\r5\0\n",
        b"- " * 2_000 + b"5",
        b"> " * 2_000 + b"[a](https://n.test/)",
        b"[" * 5_000 + b"](" * 5_000,
        b"**" * 10_000 + b"_" * 10_000 + b"`" * 9_999,
        b"[a](https://n.test/%%%\xed\x95\x9c)\n" * 500,
        b"---\ntitle: \n---\n1. \n2. [](<>)\n",
        "<a href=https://n.test/‮>\u200b</a>\n\n<!-- 5 -->".encode(),
        b"https://[::1/ www. http://\\ https://n.test:99999/",
    ],
    ids=["none", "ends", "lists", "quotes", "brackets", "marks", "links", "post", "html", "url"],
)
def test_whatever_is_given_has_an_answer(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("5 https://n.test/ ﻿")

    result = check("-", "--sources", tmp_path, text=content)

    assert result.exit_code in (0, 1)
    assert "items matched" in result.stderr
