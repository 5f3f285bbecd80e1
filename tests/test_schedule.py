from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from digestbot.schedule import (
    Job,
    crontab,
    github_workflow,
    plan,
    systemd_service,
    systemd_timer,
)

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
ODD = Path('/srv/it\'s "100%" $mine/digest.toml')


def job(**given: Any) -> Job:
    config = given.get("config", Path("/srv/news/digest.toml"))
    values: dict[str, Any] = {
        "python": "/opt/venv/bin/python",
        "config": config,
        "posts": config.parent / "posts",
        "state": config.parent / ".digestbot",
        "at": time(8, 0),
        "timezone": "Asia/Shanghai",
    }
    return Job(**values | given)


def cron_fields(text: str) -> list[str]:
    return text.splitlines()[-1].split(" ", 5)


@pytest.mark.parametrize(
    ("local", "minute", "hour"),
    [
        (UTC, "0", "0"),
        (ZoneInfo("Asia/Shanghai"), "0", "8"),
        (ZoneInfo("America/New_York"), "0", "20"),
        (timezone(timedelta(hours=5, minutes=30)), "30", "5"),
    ],
)
def test_cron_gets_the_hour_on_the_machines_own_clock(local: Any, minute: str, hour: str) -> None:
    assert cron_fields(crontab(job(), now=NOW, local=local))[:2] == [minute, hour]


def test_a_zone_with_summer_time_is_noted() -> None:
    text = crontab(job(timezone="Europe/Berlin"), now=NOW, local=UTC)

    assert cron_fields(text)[:2] == ["0", "6"]
    assert "08:00 in Europe/Berlin is 06:00 on the clock of this machine today" in text
    assert "summer time" in text
    assert "summer time" not in crontab(job(), now=NOW, local=UTC)


def test_the_crontab_line_keeps_odd_paths_in_one_word_and_its_percent_signs() -> None:
    command = cron_fields(crontab(job(config=ODD), now=NOW, local=UTC))[5]

    assert "%" not in command.replace(r"\%", "")
    words = shlex.split(command.replace(r"\%", "%"))
    assert words[:5] == ["/opt/venv/bin/python", "-m", "digestbot", "run", str(ODD)]
    assert words[5:] == [">>", str(ODD.with_suffix(".log")), "2>&1"]


def test_the_timer_keeps_the_editions_zone_and_makes_up_for_missed_runs() -> None:
    timer = systemd_timer(job(at=time(7, 30)))

    assert "OnCalendar=*-*-* 07:30:00 Asia/Shanghai\n" in timer
    assert "Persistent=true\n" in timer


def test_the_service_runs_this_interpreter_and_takes_a_quiet_day_for_a_success() -> None:
    service = systemd_service(job())

    assert (
        'ExecStart="/opt/venv/bin/python" "-m" "digestbot" "run" "/srv/news/digest.toml"\n'
        in service
    )
    assert "SuccessExitStatus=3\n" in service
    assert "EnvironmentFile=-/srv/news/digestbot.env\n" in service


def test_the_service_escapes_what_systemd_would_expand() -> None:
    start = next(
        line
        for line in systemd_service(job(config=ODD)).splitlines()
        if line.startswith("ExecStart=")
    )

    assert start.endswith(r'"/srv/it' + "'" + r's \"100%%\" $$mine/digest.toml"')


def test_the_workflow_is_yaml_in_utc_for_the_repository_of_the_config(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "日报 x"
    folder.mkdir()

    text = github_workflow(job(config=folder / "digest.toml"), now=NOW)
    workflow = YAML(typ="safe").load(text)

    assert workflow["on"]["schedule"] == [{"cron": "0 0 * * *"}]
    steps = {
        step.get("name", step.get("uses", "")): step for step in workflow["jobs"]["post"]["steps"]
    }
    assert steps["actions/cache@v4"]["with"]["path"] == "日报 x/.digestbot"
    make = next(step for name, step in steps.items() if name.startswith("Make the post"))
    assert make["run"] == "digestbot run '日报 x/digest.toml' || [ $? -eq 3 ]\n"
    assert make["env"] == {"OPENAI_API_KEY": "${{ secrets.OPENAI_API_KEY }}"}
    assert "git add -- '日报 x/posts'\n" in steps["Commit it"]["run"]


def test_a_config_outside_of_a_repository_stands_at_the_top_of_its_own(tmp_path: Path) -> None:
    text = github_workflow(
        job(config=tmp_path / "digest.toml", state=Path("/var/lib/digestbot")), now=NOW
    )

    assert "digestbot run digest.toml ||" in text
    assert 'path: "/var/lib/digestbot"' in text


def test_the_plan_holds_all_three_ways_under_their_names() -> None:
    text = plan(job(key_variable="DEEPSEEK_API_KEY"), now=NOW, local=UTC)

    titles = [line for line in text.splitlines() if line.startswith("# --- ")]
    assert [title.split()[2] for title in titles] == [
        "crontab:",
        "~/.config/systemd/user/digestbot-digest.service",
        "~/.config/systemd/user/digestbot-digest.timer,",
        ".github/workflows/digestbot-digest.yml",
    ]
    assert text.count("DEEPSEEK_API_KEY") == 4
    assert "OPENAI" not in text


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_itself_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    here = job(config=ODD, python=sys.executable)
    service, timer = tmp_path / f"{here.name}.service", tmp_path / f"{here.name}.timer"
    service.write_text(systemd_service(here))
    timer.write_text(systemd_timer(here))

    done = subprocess.run(
        ["systemd-analyze", "verify", str(service), str(timer)], capture_output=True, text=True
    )

    assert [line for line in done.stderr.splitlines() if here.name in line] == []
    assert done.returncode == 0
