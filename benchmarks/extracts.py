"""How near are extracts to what people wrote, beside the first sentences, LexRank and TextRank?

    python benchmarks/extracts.py ../shared/data/grounding         # the tables
    python benchmarks/extracts.py ../shared/data/grounding --fit   # weights, by coordinate search

ROUGE-1 counts the words (of Chinese: the characters) that an extract shares
with a reference, each as often as both have it; the figures are means over the
references, in percent. All get the same sentences from the same splitter and
the same room: so many sentences, or what the house format lets in. The fit
looks at `faithbench` and `uhgeval` alone, so that `writers` stays a test. The
others need

    pip install sumy

in the same environment, and are left out where it is missing.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from statistics import mean

from digestbot.library import load_format
from digestbot.stages.excerpt import READ
from digestbot.text.extract import Room, Weights, extract
from digestbot.text.sentences import sentences
from digestbot.text.telling import statements

UNIT = re.compile("[a-z0-9]+|[\u4e00-\u9fff]")
ENDLESS = 1_000_000
STEPS = (0.0, 0.5, 0.8, 1.25, 2.0)
"""What a weight is multiplied with in search of a better one."""

Writer = Callable[[str, Room], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """References with their sources, and the two rooms in which writers are compared."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    counted: Room
    house: Room


def rouge(text: str, reference: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the units that *text* shares with *reference*."""
    ours, theirs = (Counter(UNIT.findall(each.lower())) for each in (text, reference))
    shared = (ours & theirs).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / ours.total(), shared / theirs.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


# --- the writers ----------------------------------------------------------------


def lead(source: str, room: Room) -> list[str]:
    """The first sentences."""
    chosen: list[str] = []
    for sentence in sentences(source):
        if room.is_full(chosen) or (chosen and room.used([*chosen, sentence]) > room.characters):
            break
        chosen.append(sentence)
    return chosen


def ours(source: str, room: Room, weights: Weights | None = None) -> list[str]:
    chosen = extract([statements(source[:READ])], room=room, weights=weights)
    return [statement.text for statement in chosen]


def peers() -> dict[str, Writer]:
    """The summarizers of sumy, as its documentation sets them up."""
    try:
        from sumy.nlp.stemmers import Stemmer  # type: ignore[import-not-found]
        from sumy.summarizers.lex_rank import LexRankSummarizer  # type: ignore[import-not-found]
        from sumy.summarizers.text_rank import TextRankSummarizer  # type: ignore[import-not-found]
        from sumy.utils import get_stop_words  # type: ignore[import-not-found]
    except ImportError as error:
        print(f"LexRank and TextRank are left out ({error}): pip install sumy\n")
        return {}
    writers: dict[str, Writer] = {}
    for kind in (LexRankSummarizer, TextRankSummarizer):
        summarizer = kind(Stemmer("english"))
        summarizer.stop_words = get_stop_words("english")
        name = kind.__name__.removesuffix("Summarizer")
        writers[f"sumy {name}"] = partial(_ranked, summarizer)
    return writers


def _ranked(summarizer: Callable[..., Iterable[object]], source: str, room: Room) -> list[str]:
    """The best sentences by *summarizer* that there is room for, in the source's order."""
    from sumy.models.dom import (  # type: ignore[import-not-found]
        ObjectDocumentModel,
        Paragraph,
        Sentence,
    )

    split = [Sentence(sentence, _Words()) for sentence in sentences(source)]
    document = ObjectDocumentModel([Paragraph(split)])
    ranking: list[int] = []
    for count in range(1, min(len(split), 3 * room.statements) + 1):
        best = {id(sentence) for sentence in summarizer(document, count)}
        places = [place for place, sentence in enumerate(split) if id(sentence) in best]
        ranking += [place for place in places if place not in ranking]
    chosen: list[int] = []
    for place in ranking:
        texts = [str(split[each]) for each in chosen]
        if room.is_full(texts):
            break
        if not chosen or room.used([*texts, str(split[place])]) <= room.characters:
            chosen.append(place)
    return [str(split[place]) for place in sorted(chosen)]


class _Words:
    """What sumy asks of a tokenizer; its own would fetch data from the network."""

    def to_words(self, sentence: object) -> tuple[str, ...]:
        return tuple(UNIT.findall(str(sentence).lower()))


# --- the tables -------------------------------------------------------------------


def read_set(folder: Path, name: str, count: int) -> Set:
    """Return the faithful texts of a labelled set, to be compared at *count* sentences."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["label"] == "ok"]
    language = rows[0]["lang"]
    limits = load_format("daily").locale(language).limits
    gap = int(language != "zh")
    return Set(
        name=name,
        pairs=tuple((row["sources"][0], row["text"]) for row in rows),
        counted=Room(characters=ENDLESS, enough=ENDLESS, statements=count, fewest=count, gap=gap),
        house=Room(
            characters=limits.summary.max,
            enough=(limits.summary.min + limits.summary.max) // 2,
            statements=limits.summary_sentences.max,
            fewest=limits.summary_sentences.min,
            gap=gap,
        ),
    )


def figures(pairs: Sequence[tuple[str, str]], writer: Writer, room: Room) -> list[float]:
    """Return the means of precision, recall and F1, in percent."""
    scores = [rouge(" ".join(writer(source, room)), text) for source, text in pairs]
    return [100 * mean(column) for column in zip(*scores, strict=True)]


def table(each: Set, writers: dict[str, Writer]) -> None:
    rooms = {f"{each.counted.statements} sentences": each.counted, "house format": each.house}
    print(f"{each.name}, {len(each.pairs)} references: precision, recall, F1")
    for label, room in rooms.items():
        for name, writer in writers.items():
            begin = time.perf_counter()
            row = figures(each.pairs, writer, room)
            cost = 1_000 * (time.perf_counter() - begin) / len(each.pairs)
            print(
                f"  {label:<13}{name:<14}{row[0]:7.2f}{row[1]:7.2f}{row[2]:7.2f}{cost:8.1f} ms each"
            )
    print()


# --- the fit ----------------------------------------------------------------------


def fit(sets: Sequence[Set]) -> Weights:
    """Return the weights that coordinate search finds from today's."""

    def worth(weights: Weights) -> float:
        return mean(
            figures(each.pairs, lambda source, room: ours(source, room, weights), each.counted)[2]
            for each in sets
        )

    best = Weights()
    score, before = worth(best), -1.0
    while score > before:
        before = score
        for name in (field.name for field in fields(Weights)):
            tried = [replace(best, **{name: getattr(best, name) * step}) for step in STEPS]
            scores = {worth(one): one for one in tried if one.fading and one.full}
            if max(scores) > score + 0.01:
                score, best = max(scores), scores[max(scores)]
            print(f"{name:<14}{getattr(best, name):8.3f}   mean F1 {score:.2f}", flush=True)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the labelled sets")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    if options.fit:
        print(
            fit([read_set(options.folder, "faithbench", 3), read_set(options.folder, "uhgeval", 1)])
        )
        return
    writers: dict[str, Writer] = {"ours": ours, "lead": lead}
    table(read_set(options.folder, "writers", 3), writers | peers())
    table(read_set(options.folder, "faithbench", 3), writers)
    table(read_set(options.folder, "uhgeval", 1), writers)


if __name__ == "__main__":
    main()
