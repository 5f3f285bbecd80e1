from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from builders import NOW, edition
from digestbot.cli import main
from digestbot.cli.progress import told
from digestbot.cli.run import exit_code
from digestbot.model import FeedReport, FetchStatus, Notice, Report, Status

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>测试日报</title>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://n.test/{number}</link>
<pubDate>Mon, 01 Jun 2026 0{number}:00:00 +0800</pubDate>
<description>{text}</description></item>
"""
STORIES = [
    (
        "北渡半导体推理芯片BD200量产",
        "北渡半导体宣布推理芯片BD200开始量产，首批1.2万片将在6月底前交付给四家云服务商。",
    ),
    (
        "南溟机器人在澄江物流园上岗",
        "南溟机器人把320台人形机器人部署到澄江物流园，承担夜间的拣货与码垛，差错率为万分之三。",
    ),
    (
        "澜海市公布生成内容标识办法",
        "澜海市数据局公布办法，要求人工智能生成的图片自9月1日起带有可见标识和隐式水印。",
    ),
]
CLOCK = ("--now", "2026-06-01T12:00")
PLAIN = (*CLOCK, "--model", "none")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one feed of three stories."""
    items = "".join(
        ITEM.format(title=title, text=text, number=number)
        for number, (title, text) in enumerate(STORIES, start=1)
    )
    (tmp_path / "feed.xml").write_text(FEED.format(items=items))
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "DIGESTBOT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["run", *arguments], catch_exceptions=False)


def report(status: Status = Status.PUBLISHED, **given: Any) -> Report:
    return Report(edition=edition(), status=status, started=NOW, **given)


# --- what is printed, and where ---------------------------------------------


def test_run_prints_the_path_alone_to_stdout_and_the_rest_to_stderr(folder: Path) -> None:
    result = ran("--feeds", "feed.xml", *PLAIN)

    path = folder / "posts" / "20260601.md"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert "北渡半导体" in path.read_text()
    assert result.stderr.startswith("digestbot: collect\n")
    assert "published" in result.stderr


def test_run_takes_the_digest_toml_of_the_folder(folder: Path) -> None:
    (folder / "digest.toml").write_text("sources = ['feed.xml']\n[output]\ndir = 'site'\n")

    result = ran(*PLAIN)

    assert result.stdout == f"{folder / 'site' / '20260601.md'}\n"


def test_with_json_stdout_is_the_report_and_nothing_else(folder: Path) -> None:
    result = ran("--feeds", "feed.xml", "--json", *PLAIN)

    record = json.loads(result.stdout_bytes)
    assert record["status"] == "published"
    assert record["path"] == str(folder / "posts" / "20260601.md")


def test_a_second_run_finds_the_post_there_and_leaves_it(folder: Path) -> None:
    path = Path(ran("--feeds", "feed.xml", *PLAIN).stdout.strip())
    path.write_text("edited by hand")

    result = ran("--feeds", "feed.xml", *PLAIN)

    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert path.read_text() == "edited by hand"


def test_force_replaces_the_post(folder: Path) -> None:
    path = Path(ran("--feeds", "feed.xml", *PLAIN).stdout.strip())
    path.write_text("edited by hand")

    result = ran("--feeds", "feed.xml", "--force", *PLAIN)

    assert result.exit_code == 0
    assert "北渡半导体" in path.read_text()


def test_a_dry_run_prints_the_post_and_writes_none(folder: Path) -> None:
    result = ran("--feeds", "feed.xml", "--dry-run", *PLAIN)

    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b'---\ntitle: "2026.06.01 ')
    assert not (folder / "posts").exists()


def test_flags_choose_folders_language_length_and_window(folder: Path) -> None:
    result = ran(
        *("--feeds", "feed.xml", "--out", "o", "--state", "s", "--limit", "1"),
        *("--window", "11h", "--language", "zh", "--dry-run", "--json", *PLAIN),
    )

    record = json.loads(result.stdout_bytes)
    assert record["edition"]["since"] == "2026-05-31T17:00:00+00:00"
    assert len(record["stories"]) == 1
    assert (folder / "s").is_dir()


def test_verbose_tells_what_was_left_out(folder: Path) -> None:
    quiet = ran("--feeds", "feed.xml", "--limit", "2", "--dry-run", *PLAIN)
    result = ran("--feeds", "feed.xml", "--limit", "2", "--dry-run", "-v", *PLAIN)

    assert " left out: " in result.stderr
    assert " left out: " not in quiet.stderr


def test_a_path_that_the_locale_cannot_write_is_written_all_the_same(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "digestbot", "run", "--feeds", "feed.xml", "--out", "日报", *PLAIN],
        env=os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().strip() == str(folder / "日报" / "20260601.md")


def test_progress_is_one_live_line_on_a_terminal() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)

    with told(console) as progress:
        progress("collect")

    assert "\x1b[" in screen.getvalue()


# --- exit codes ---------------------------------------------------------------


def failed_feed() -> FeedReport:
    return FeedReport(url="https://n.test/feed", name="n", status=FetchStatus.FAILED, reason="404")


@pytest.mark.parametrize(
    ("report", "strict", "code"),
    [
        (report(), True, 0),
        (report(Status.ALREADY_THERE), True, 0),
        (report(Status.DRY_RUN), False, 0),
        (report(Status.FAILED, error="why"), False, 1),
        (report(Status.TOO_LITTLE_NEWS, feeds=(failed_feed(),)), True, 3),
        (report(feeds=(failed_feed(),)), True, 4),
        (report(feeds=(failed_feed(),)), False, 0),
        (report(notices=(Notice(stage="s", subject="x", reason="y"),)), True, 4),
    ],
)
def test_the_exit_code_tells_how_the_run_ended(report: Report, strict: bool, code: int) -> None:
    assert exit_code(report, strict=strict) == code


def test_too_little_news_writes_nothing_and_has_its_own_code(folder: Path) -> None:
    result = ran("--feeds", "feed.xml", "--now", "2026-07-01T12:00", "--model", "none")

    assert (result.exit_code, result.stdout) == (3, "")
    assert not (folder / "posts").exists()


def test_a_feed_that_fails_is_a_warning_under_strict(folder: Path) -> None:
    (folder / "bad.xml").write_text("this is no feed")

    result = ran("--feeds", "feed.xml", "--feeds", "bad.xml", "--strict", *PLAIN)

    assert result.exit_code == 4
    assert (folder / "posts" / "20260601.md").exists()


def test_without_config_and_feeds_the_way_out_is_init(folder: Path) -> None:
    result = ran()

    assert result.exit_code == 2
    assert result.stderr == (
        "digestbot: there is no digest.toml here; `digestbot init` writes one, or use --feeds\n"
    )


def test_a_config_without_feeds_is_refused(folder: Path) -> None:
    (folder / "digest.toml").write_text("")

    result = ran()

    assert result.exit_code == 2
    assert result.stderr == (
        "digestbot: digest.toml: sources: no feeds are named; list some, or use --feeds\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.toml"], "missing.toml: cannot be read"),
        (["--feeds", "missing.xml"], "missing.xml"),
        (["--feeds", "feed.xml", "--format", "wekly"], "edition.format"),
        (["--feeds", "feed.xml", "--now", "noon"], "'noon' is no moment"),
        (["--feeds", "feed.xml", *CLOCK, "--date", "soon"], "'soon' is no date"),
        (["--feeds", "feed.xml", *CLOCK, "--date", "2026-06-02"], "still to come"),
        (["--feeds", "feed.xml", "--window", "soon"], "is not a span of time"),
        (["--feeds", "feed.xml", "--limit", "0"], "--limit"),
        (["--feeds", "feed.xml", "--langauge", "zh"], "--language"),
    ],
)
def test_a_mistake_in_the_call_is_told_without_a_traceback(
    folder: Path, arguments: list[str], words: str
) -> None:
    result = ran(*arguments)

    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_verbose_gives_the_traceback_of_an_error(folder: Path) -> None:
    result = ran("missing.toml", "-v")

    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("digestbot: ")


# --- clocks -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-01T12:00", "2026-06-01T04:00:00+00:00"),
        ("2026-06-01T12:00+00:00", "2026-06-01T12:00:00+00:00"),
        ("2026-06-01T12:00Z", "2026-06-01T12:00:00+00:00"),
    ],
)
def test_now_without_an_offset_is_on_the_editions_clock(folder: Path, now: str, until: str) -> None:
    result = ran("--feeds", "feed.xml", "--now", now, "--model", "none", "--dry-run", "--json")

    assert json.loads(result.stdout_bytes)["edition"]["until"] == until


def test_a_day_that_is_over_is_made_up_to_its_last_second(folder: Path) -> None:
    result = ran(
        *("--feeds", "feed.xml", "--now", "2026-06-03T12:00", "--date", "2026-06-01"),
        *("--model", "none", "--dry-run", "--json"),
    )

    record = json.loads(result.stdout_bytes)
    assert record["edition"]["date"] == str(date(2026, 6, 1))
    assert record["edition"]["until"] == "2026-06-01T15:59:59+00:00"


# --- the shell ----------------------------------------------------------------


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


def test_ctrl_c_leaves_quietly_with_130_and_no_post(
    folder: Path, silent_server: socket.socket
) -> None:
    address = f"http://127.0.0.1:{silent_server.getsockname()[1]}/feed"
    command = [sys.executable, "-m", "digestbot", "run", "--feeds", address]
    with subprocess.Popen(
        [*command, "--allow-private", "127.0.0.1", *PLAIN], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        visit, _ = silent_server.accept()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        visit.close()

    assert first == "digestbot: collect\n"
    assert process.returncode == 130
    assert rest.strip() == "digestbot: interrupted"
    assert not (folder / "posts").exists()


def test_a_reader_who_leaves_early_gets_no_complaint(folder: Path) -> None:
    end, pipe = os.pipe()
    os.close(end)

    done = subprocess.run(
        [sys.executable, "-m", "digestbot", "run", "--feeds", "feed.xml", "--dry-run", *PLAIN],
        stdout=pipe,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(pipe)

    assert "Traceback" not in done.stderr
    assert "Broken pipe" not in done.stderr
