"""Models that lie, over real days: what of their lies is in the posts.

    python benchmarks/liars.py ../shared/data/days

A line for each liar and language: of how many posts, how many items they have,
how many of them a model's, how many lies and hard doubts are in them (the
target of both is none).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from digestbot.config import load, override
from digestbot.config.values import window as hours
from digestbot.results import Result
from digestbot.wiring import open_bot
from fault_server import FaultServer
from liars import LIARS, LIES

DAYS = {
    "2021-06-17-wechat": ("2021-06-17T15:30:00+08:00", "24h"),
    "2026-02-17-world": ("2026-02-18T10:30:00+08:00", "24h"),
    "2026-06-01-ai": ("2026-06-01T12:00:00+08:00", "24h"),
    "2026-08-16-ai": ("2026-08-17T07:40:00+08:00", "24h"),
    "2026-08-17-ai": ("2026-08-18T07:40:00+08:00", "24h"),
    "2026-08-18-ai": ("2026-08-19T07:40:00+08:00", "24h"),
    "2026-08-19-ai": ("2026-08-20T07:40:00+08:00", "24h"),
    "2026-08-22-labs": ("2026-08-22T20:00:00+08:00", "7d"),
}
"""The days, when their feeds were fetched, and how far back they reach."""


def made(feeds: Path, liar: str, language: str, now: str, window: str) -> Result:
    """Return the post that *liar* writes of one day."""
    with tempfile.TemporaryDirectory() as folder, FaultServer(LIARS[liar]) as server:
        config = Path(folder) / "digest.toml"
        config.write_text(f'[model]\nname = "m"\nbase_url = "{server.base_url}"\n')
        settings = override(
            load(config, env={}), sources=[str(feeds)], language=language, window=hours(window)
        )
        with open_bot(settings, env={"OPENAI_API_KEY": "k"}) as bot:
            return bot.run(now=now)


def lies_in(result: Result, liar: str) -> list[str]:
    """Return what of the liar's inventions is in the post, and in none of its sources."""
    text = result.post.text if result.post else ""
    said = re.sub(r"\]\(https?://[^)]*\)", "]", text)
    known = "".join(
        f"{entry.title}{entry.text}"
        for summary in result.summaries
        for entry in summary.story.cluster.entries
    )
    return [lie for lie in LIES.get(liar, ()) if lie in said and lie not in known]


def hard_doubts(result: Result) -> list[str]:
    """Return the reasons of what no source has, as the post's own evidence tells."""
    evidence = result.evidence
    return [
        doubt.reason
        for section in ((*evidence.items, evidence.editorial) if evidence else ())
        for passage in section.passages
        for sentence in passage.sentences
        for doubt in sentence.doubts
        if doubt.severity == "hard"
    ]


def main() -> None:
    """Print the table, and each lie that got through."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--liars", nargs="+", default=sorted(LIARS), choices=sorted(LIARS))
    options = parser.parse_args()
    print(f"{'liar':12} lang  posts  items  by the model  lies  hard doubts")
    for liar in options.liars:
        for language in ("zh", "en"):
            results = [
                made(options.folder / day / "feeds", liar, language, *when)
                for day, when in DAYS.items()
            ]
            lies = [lie for each in results for lie in lies_in(each, liar)]
            doubts = [reason for each in results for reason in hard_doubts(each)]
            print(
                f"{liar:12} {language}  {sum(each.post is not None for each in results):7}"
                f"{sum(len(each.summaries) for each in results):7}"
                f"{sum(each.report.by_model for each in results):14}"
                f"{len(lies):6}{len(doubts):13}",
                *sorted({*lies, *doubts}),
                flush=True,
            )


if __name__ == "__main__":
    main()
