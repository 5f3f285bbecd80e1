"""Our extraction of articles against trafilatura alone and readability-lxml alone.

    .venv/bin/python benchmarks/pages.py [FOLDER]

Without a folder: the pages of ``../shared/data/articles`` whose article people
have taken out by hand. Words (characters of scripts without spaces) are
counted with their number; a page's precision, recall and F1 are averaged.
Pages without an expected text are only counted: how many give an article.
Times are of one pass in one process, as ratios to trafilatura's.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from readability import Document
from trafilatura import bare_extraction

from digestbot.adapters.pages.charset import html_text
from digestbot.adapters.pages.extract import answer
from digestbot.text.html import plain_text

SHARED = Path(__file__).parents[2] / "shared"
ARTICLES = SHARED / "data" / "articles"
URL = "https://articles.example.org/2026/06/story.html"

WORD = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u1000-\u109f]"
    "|[^\\W\u2e80-\u9fff\uf900-\ufaff\u0e00-\u0e7f\u1000-\u109f]+"
)
"""Han, kana, Thai and Burmese are written without spaces."""


def main(folder: Path) -> None:
    logging.disable(logging.CRITICAL)
    pages = list(expected(folder))
    for extract in WAYS.values():
        extract(pages[0][1])  # what is loaded at the first call is nobody's time
    rows = {name: measure(extract, pages) for name, extract in WAYS.items()}
    base = rows["trafilatura"]
    print(f"{len(pages)} pages with an expected text: precision, recall, F1 (and F1 by corpus)")
    print(f"{'':<16}{'prec':>8}{'recall':>8}{'F1':>8}{'F1 ratio':>10}{'worst':>8}{'time':>8}")
    for name, row in rows.items():
        print(
            f"{name:<16}{row['precision']:>8.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}"
            f"{row['f1'] / base['f1']:>10.3f}{row['worst']:>8.2f}{row['time'] / base['time']:>8.2f}"
        )
    for corpus in sorted({corpus for corpus, _, _ in pages}):
        some = [page for page in pages if page[0] == corpus]
        scores = "  ".join(
            f"{name} {measure(extract, some)['f1']:.3f}" for name, extract in WAYS.items()
        )
        print(f"  {corpus} ({len(some)}): {scores}")
    unlabelled(folder)


def expected(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each page's corpus, its HTML and the text that is expected of it."""
    for page in sorted(folder.glob("mozilla-readability/*/source.html")):
        wanted = (page.parent / "expected.html").read_text(encoding="utf-8")
        yield "mozilla-readability", html_text(page.read_bytes()), plain_text(wanted)
    for page in sorted(folder.glob("newspaper4k/html/*.html")):
        wanted_file = folder / "newspaper4k" / "txt" / f"{page.stem}.txt"
        if wanted_file.is_file():
            wanted = wanted_file.read_text(encoding="utf-8")
            yield "newspaper4k", html_text(page.read_bytes()), wanted


def unlabelled(folder: Path) -> None:
    htmls = [html_text(page.read_bytes()) for page in sorted(folder.glob("chinese-*/*/*.html"))]
    counts = {
        name: sum(len(extract(html)) >= 100 for html in htmls) for name, extract in WAYS.items()
    }
    print(f"{len(htmls)} Chinese pages without one, with an article of 100 characters: {counts}")


def measure(extract: Callable[[str], str], pages: list[tuple[str, str, str]]) -> dict[str, float]:
    started = time.perf_counter()
    found = [extract(html) for _, html, _ in pages]
    seconds = time.perf_counter() - started
    scores = [score(got, wanted) for got, (_, _, wanted) in zip(found, pages, strict=True)]
    precision, recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    worst = min(score[2] for score in scores)
    return {"precision": precision, "recall": recall, "f1": f1, "worst": worst, "time": seconds}


def score(got: str, wanted: str) -> tuple[float, float, float]:
    ours, theirs = (Counter(WORD.findall(text.lower())) for text in (got, wanted))
    common = (ours & theirs).total()
    precision, recall = common / max(ours.total(), 1), common / max(theirs.total(), 1)
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    return precision, recall, f1


def _trafilatura(html: str) -> str:
    found = bare_extraction(html, include_comments=False)
    return str(getattr(found, "text", ""))


def _readability(html: str) -> str:
    try:
        return plain_text(Document(html).summary(html_partial=True))
    except Exception:
        return ""


def _ours(html: str) -> str:
    return str(answer(html, URL).get("text", ""))


WAYS: dict[str, Callable[[str], str]] = {
    "trafilatura": _trafilatura,
    "readability": _readability,
    "ours": _ours,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
