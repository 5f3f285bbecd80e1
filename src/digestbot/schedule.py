"""How to run one config every day: a crontab line, a systemd timer, a GitHub Actions workflow.

Clocks differ: cron keeps the machine's time, GitHub keeps UTC, systemd takes the
edition's own zone. The hour is converted for the date on which this is printed;
a note says so where summer time will shift it.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

HALF_A_YEAR = timedelta(days=182)
"""If the offset is the same this much later, a zone has no summer time."""

TOO_LITTLE_NEWS = 3
"""The exit code of a quiet day: no failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be run, when, and on whose clock."""

    python: str
    """The interpreter that has digestbot, as an absolute path."""
    config: Path
    """The config file, as an absolute path; so are the folders."""
    posts: Path
    state: Path
    at: time
    timezone: str
    key_variable: str = "OPENAI_API_KEY"

    @property
    def command(self) -> tuple[str, ...]:
        """The command, in parts."""
        return (self.python, "-m", "digestbot", "run", str(self.config))

    @property
    def name(self) -> str:
        """A name for units and files: the config's."""
        return f"digestbot-{self.config.stem}"


def plan(job: Job, *, now: datetime, local: tzinfo) -> str:
    """Return all three ways of running *job*, on a machine whose clock is in *local*."""
    parts = [
        _titled("crontab: add with `crontab -e`", crontab(job, now=now, local=local)),
        _titled(f"~/.config/systemd/user/{job.name}.service", systemd_service(job)),
        _titled(
            f"~/.config/systemd/user/{job.name}.timer, then:\n"
            f"#   systemctl --user enable --now {job.name}.timer\n"
            "#   loginctl enable-linger   (runs while nobody is logged in)",
            systemd_timer(job),
        ),
        _titled(
            f".github/workflows/{job.name}.yml in the config's repository",
            github_workflow(job, now=now),
        ),
    ]
    return "\n".join(parts)


def crontab(job: Job, *, now: datetime, local: tzinfo) -> str:
    """Return the crontab line: cron keeps the machine's time and knows no shell profile."""
    at = _converted(job, now=now, zone=local)
    log = job.config.with_suffix(".log")
    command = f"{shlex.join(job.command)} >> {shlex.quote(str(log))} 2>&1"
    escaped = command.replace("%", r"\%")  # cron reads a bare % as the end of the line
    return (
        f"# {_note(job, at, now=now, zone=local, clock='this machine')}\n"
        f"# cron does not read your profile: the key stands here, in your own crontab.\n"
        f"# {job.key_variable}=...\n"
        f"{at.minute} {at.hour} * * * {escaped}\n"
    )


def systemd_service(job: Job) -> str:
    """Return the service unit; a quiet day is a success."""
    command = " ".join(_systemd_quoted(part) for part in job.command)
    environment = str(job.config.with_name("digestbot.env")).replace("%", "%%")
    return (
        "[Unit]\n"
        "Description=digestbot: the post of the day\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"# {job.key_variable}=... stands in this file; the minus: it may be absent.\n"
        f"EnvironmentFile=-{environment}\n"
        f"ExecStart={command}\n"
        f"SuccessExitStatus={TOO_LITTLE_NEWS}\n"
    )


def systemd_timer(job: Job) -> str:
    """Return the timer unit, in the edition's zone; a run that was missed is made up for."""
    return (
        "[Unit]\n"
        "Description=digestbot: every day\n\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {job.at:%H:%M}:00 {job.timezone}\n"
        "Persistent=true\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def github_workflow(job: Job, *, now: datetime) -> str:
    """Return the workflow: GitHub keeps UTC. The post is committed, the state cached."""
    at = _converted(job, now=now, zone=UTC)
    repository = _repository(job.config)
    config, posts, state = (
        _within(path, repository) for path in (job.config, job.posts, job.state)
    )
    run = shlex.join(["digestbot", "run", config])
    key = job.key_variable
    return f"""\
name: {json.dumps(job.name)}
on:
  schedule:
    # {_note(job, at, now=now, zone=UTC, clock="GitHub")}
    - cron: "{at.minute} {at.hour} * * *"
  workflow_dispatch:
permissions:
  contents: write
concurrency: {json.dumps(job.name)}
jobs:
  post:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4
        with:
          path: {json.dumps(state, ensure_ascii=False)}
          key: {job.name}-${{{{ github.run_id }}}}
          restore-keys: {job.name}-
      - run: pip install digestbot
      - name: Make the post (exit code {TOO_LITTLE_NEWS}, too little news, is no failure)
        env:
          {key}: ${{{{ secrets.{key} }}}}
        run: |
          {run} || [ $? -eq {TOO_LITTLE_NEWS} ]
      - name: Commit it
        run: |
          git config user.name digestbot
          git config user.email digestbot@users.noreply.github.com
          git add -- {shlex.quote(posts)}
          git diff --cached --quiet || {{ git commit -m "The post of the day" && git push; }}
"""


def _titled(title: str, text: str) -> str:
    return f"# --- {title}\n{text}"


def _converted(job: Job, *, now: datetime, zone: tzinfo) -> time:
    """The job's hour on *zone*'s clock, as of *now*."""
    moment = datetime.combine(now, job.at, tzinfo=ZoneInfo(job.timezone))
    return moment.astimezone(zone).time()


def _note(job: Job, at: time, *, now: datetime, zone: tzinfo, clock: str) -> str:
    note = f"{job.at:%H:%M} in {job.timezone} is {at:%H:%M} on the clock of {clock}"
    if _converted(job, now=now + HALF_A_YEAR, zone=zone) != at:
        return f"{note} today; summer time shifts it by an hour"
    return note


def _systemd_quoted(part: str) -> str:
    """*part* as one word of a unit's command line: its %, $, quotes and backslashes are its own."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _within(path: Path, repository: Path) -> str:
    """*path* as the repository's runner knows it; one outside of it stays as it is."""
    inside = path.is_relative_to(repository)
    return (path.relative_to(repository) if inside else path).as_posix()


def _repository(config: Path) -> Path:
    """The nearest folder above *config* that is a git repository, or its own folder."""
    folders = [folder for folder in config.parents if (folder / ".git").exists()]
    return folders[0] if folders else config.parent
