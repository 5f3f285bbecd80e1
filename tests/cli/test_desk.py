from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from digestbot.cli import main

POST = """\
---
title: "2026.06.01 全球AI新闻速递"
date: 2026-06-01T09:36:13+08:00
categories: ["行业动态"]
---

今日要闻集中在芯片与机器人两端。北渡半导体的推理芯片开始量产，南溟机器人走进仓库。两件事都指向同一个方向：算力正在落到具体的岗位上。

---

1.  [北渡半导体推理芯片BD200量产](https://shuguang.test/2026/t2.html)

    北渡半导体宣布推理芯片BD200开始量产，首批1.2万片将在6月底前交付。单卡功耗为180瓦，吞吐量是上一代的2.4倍。

2.  [南溟机器人在澄江物流园上岗](https://qianyan.test/news/n0601)

    南溟机器人把320台人形机器人部署到澄江物流园。每台机器人平均每小时拣货410件，差错率为万分之三。

---

### 点评

芯片便宜下来，机器人才有夜班可上。

两条新闻放在一起看，才看得出先后。"""


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "20260601.md"
    path.write_bytes(POST.encode())
    return path


def test_parse_and_render_undo_each_other_byte_for_byte(post: Path, tmp_path: Path) -> None:
    parsed = CliRunner().invoke(main, ["parse", str(post)])
    digest = tmp_path / "digest.json"
    digest.write_bytes(parsed.stdout_bytes)

    rendered = CliRunner().invoke(main, ["render", str(digest)])

    assert parsed.exit_code == rendered.exit_code == 0
    assert json.loads(parsed.stdout_bytes)["items"][0]["url"].endswith("t2.html")
    assert rendered.stdout_bytes == POST.encode()


def test_parse_and_render_read_stdin(post: Path) -> None:
    parsed = CliRunner().invoke(main, ["parse", "-"], input=post.read_bytes())
    rendered = CliRunner().invoke(main, ["render", "-"], input=parsed.stdout_bytes)

    assert rendered.stdout_bytes == POST.encode()


def test_lint_says_nothing_of_errors_in_a_good_post(post: Path) -> None:
    result = CliRunner().invoke(main, ["lint", str(post)])

    assert result.exit_code == 0, result.output


def test_lint_names_the_place_of_each_error(post: Path) -> None:
    broken = POST.replace("](https://qianyan.test/news/n0601)", "](https://example.com/)")
    post.write_bytes(broken.encode())

    result = CliRunner().invoke(main, ["lint", str(post)])

    line = broken[: broken.index("example.com")].count("\n") + 1
    assert result.exit_code == 1
    assert any(text.startswith(f"{post}:{line}:") for text in result.stdout.splitlines())


def test_lint_gives_the_same_as_json(post: Path, tmp_path: Path) -> None:
    empty = tmp_path / "20260602.md"
    empty.write_bytes(b"")

    lines = CliRunner().invoke(main, ["lint", str(post), str(empty)])
    result = CliRunner().invoke(main, ["lint", "--json", str(post), str(empty)])

    rows = json.loads(result.stdout_bytes)
    assert result.exit_code == lines.exit_code == 1
    assert [row["path"] for row in rows if row["severity"] == "error"] == [str(empty)]
    assert lines.stdout.splitlines() == [
        f"{row['path']}:{row['line']}:{row['column']}: {row['code']} {row['reason']}"
        for row in rows
    ]


def test_lint_goes_on_after_a_file_that_is_not_utf_8(post: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.md"
    odd.write_bytes("---\n新闻".encode("gbk"))
    post.write_bytes(b"")

    result = CliRunner().invoke(main, ["lint", str(odd), str(post)])

    assert result.exit_code == 1
    assert {line.partition(":")[0] for line in result.stdout.splitlines()} == {str(odd), str(post)}


@pytest.mark.parametrize(
    ("command", "content"), [("parse", b"no post"), ("parse", b"\xff\xfe"), ("render", b"{")]
)
def test_what_cannot_be_read_is_told_with_its_name(
    tmp_path: Path, command: str, content: bytes
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)

    result = CliRunner().invoke(main, [command, str(path)])

    assert result.exit_code == 1
    assert result.stderr.startswith(f"digestbot: {path}: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["lint", str(tmp_path / "none.md")]).exit_code == 2


def test_an_unknown_format_is_told(post: Path) -> None:
    result = CliRunner().invoke(main, ["lint", "--format", "wekly", str(post)])

    assert result.exit_code != 0
    assert "wekly" in result.stderr


def test_findings_are_annotations_where_a_workflow_wants_them(tmp_path: Path) -> None:
    post = tmp_path / "a,b.md"
    post.write_text("no post\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["lint", str(post), "--output", "github"])

    assert result.exit_code == 1
    first, *_ = result.stdout.splitlines()
    assert first.startswith(f"::error file={tmp_path}/a%2Cb.md,line=1,col=1,title=E")
    assert "::" in first.removeprefix("::error")


def test_the_hook_for_pre_commit_is_a_command_of_ours() -> None:
    hooks = YAML(typ="safe").load(Path(__file__).parents[2] / ".pre-commit-hooks.yaml")

    (hook,) = hooks
    assert hook["entry"].split() == ["digestbot", "lint"]
    assert hook["types"] == ["markdown"]
    assert CliRunner().invoke(main, [*hook["entry"].split()[1:], "--help"]).exit_code == 0


def test_lint_mends_in_place_what_needs_no_source(post: Path) -> None:
    post.write_bytes(POST.replace("](https://", "](https://www.", 1).replace("，", ",", 1).encode())

    before = CliRunner().invoke(main, ["lint", str(post)])
    mended = CliRunner().invoke(main, ["lint", "--fix", str(post)])

    assert "W561" in before.stdout
    assert "can be mended with --fix" in before.stderr
    assert mended.stderr == f"mended {post}\n"
    assert "W561" not in mended.stdout
    assert post.read_bytes() == POST.replace("](https://", "](https://www.", 1).encode()


def test_a_good_post_is_not_written_anew(post: Path) -> None:
    was = post.stat()

    result = CliRunner().invoke(main, ["lint", "--fix", str(post)])

    assert result.stderr == ""
    assert post.stat().st_ino == was.st_ino


def test_what_is_no_text_is_left_to_lint_to_tell(tmp_path: Path) -> None:
    odd = tmp_path / "odd.md"
    odd.write_bytes("新闻".encode("gbk"))

    result = CliRunner().invoke(main, ["lint", "--fix", str(odd)])

    assert "E100" in result.stdout
    assert odd.read_bytes() == "新闻".encode("gbk")


def test_fix_needs_files_and_a_format_of_editions(post: Path) -> None:
    stream = CliRunner().invoke(main, ["lint", "--fix", "-"], input=POST)
    page = CliRunner().invoke(main, ["lint", "--fix", "--format", "feature", str(post)])

    assert (stream.exit_code, page.exit_code) == (2, 1)
    assert "needs their names" in stream.stderr
    assert post.read_bytes() == POST.encode()
