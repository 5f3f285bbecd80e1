"""Near-copies among very many headlines: what is found, how fast, in how much memory.

    python benchmarks/copies.py ../shared/data/stories [--count 100000]

The headlines are real ones (for more than there are, halves of two are put
together); 14% are copies of others with a typo, a source's name at the end, the
end cut off, two words exchanged, a label before them, or other punctuation. A
pair counts as wrong if it is neither planted nor alike by Jaccard 0.5, as
natural copies are. Each way runs in a process of its own. `datasketch` and
`rensa` stand beside ours where they are installed:

    pip install datasketch rensa
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from digestbot.text.identity.copies import copy_groups
from digestbot.text.similarity import jaccard, shingles
from digestbot.text.titles import title_key

Pair = tuple[int, int]

SHARE = 0.14
NATURAL = 0.5
SEED = 11


def headlines(folder: Path) -> list[str]:
    """Return the distinct titles of the labelled sets."""
    found: set[str] = set()
    for path in sorted((*folder.glob("*.jsonl"), *folder.glob("picks/2*.jsonl"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.update(row[key] for key in ("title", "a", "b", "zh", "en") if row.get(key))
    keys: dict[str, str] = {}
    for title in sorted(found):
        keys.setdefault(title_key(title), title.strip())
    return [title for key, title in sorted(keys.items()) if len(key) >= 12]


def typo(title: str, lots: random.Random) -> str:
    """One letter left out, doubled, or exchanged with the next; never a digit."""
    places = [n for n in range(1, len(title) - 2) if title[n : n + 2].isalpha()]
    if not places:
        return title + "!"
    at = lots.choice(places)
    return lots.choice(
        [
            title[:at] + title[at + 1 :],
            title[:at] + title[at] + title[at:],
            title[:at] + title[at + 1] + title[at] + title[at + 2 :],
        ]
    )


def exchanged(title: str, lots: random.Random) -> str:
    """Two neighbouring words, or Han pieces, the other way round."""
    words = title.split(" ")
    if len(words) < 4:
        middle = len(title) // 2
        return title[middle:] + title[:middle]
    at = lots.randrange(len(words) - 1)
    words[at : at + 2] = words[at + 1], words[at]
    return " ".join(words)


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "typo": typo,
    "source": lambda title, lots: title + lots.choice([" - Reuters", "_新浪科技", " | TechCrunch"]),
    "cut off": lambda title, _: title[: int(len(title) * 0.8)] + "…",
    "words exchanged": exchanged,
    "label": lambda title, lots: lots.choice(["【快讯】", "[Update] ", "突发："]) + title,
    "punctuation": lambda title, _: title.replace(" ", "  ").replace("，", ", ").upper(),
}


def planted(titles: list[str], count: int) -> tuple[list[str], dict[Pair, str]]:
    """Return *count* titles, and the kind of each planted pair."""
    lots = random.Random(SEED)
    base = lots.sample(titles, min(len(titles), int(count * (1 - SHARE))))
    while len(base) < int(count * (1 - SHARE)):
        one, other = lots.choice(titles), lots.choice(titles)
        base.append(one[: len(one) // 2] + other[len(other) // 2 :])
    made = list(base)
    pairs = {}
    for number, place in enumerate(lots.sample(range(len(base)), count - len(base))):
        kind = list(KINDS)[number % len(KINDS)]
        pairs[place, len(made)] = kind
        made.append(KINDS[kind](base[place], lots))
    return made, pairs


# --- the ways -------------------------------------------------------------------


def ours(titles: list[str]) -> set[Pair]:
    return {pair for group in copy_groups(titles) for pair in combinations(group, 2)}


def with_datasketch(titles: list[str]) -> set[Pair]:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    index = MinHashLSH(num_perm=64, params=(16, 4))
    sets = [shingles(title_key(title)) for title in titles]
    found: set[Pair] = set()
    for place, own in enumerate(sets):
        minimum = MinHash(num_perm=64)
        minimum.update_batch([each.encode() for each in own])
        found |= {(other, place) for other in index.query(minimum)}
        index.insert(place, minimum)
    return _checked(found, sets)


def with_rensa(titles: list[str]) -> set[Pair]:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]

    index = RMinHashLSH(threshold=0.5, num_perm=64, num_bands=16)
    sets = [shingles(title_key(title)) for title in titles]
    found: set[Pair] = set()
    for place, own in enumerate(sets):
        minimum = RMinHash(num_perm=64, seed=1)
        minimum.update(sorted(own))
        found |= {(other, place) for other in index.query(minimum)}
        index.insert(place, minimum)
    return _checked(found, sets)


def _checked(pairs: Iterable[Pair], sets: list[frozenset[str]]) -> set[Pair]:
    return {(a, b) for a, b in pairs if jaccard(sets[a], sets[b]) >= NATURAL}


WAYS: dict[str, Callable[[list[str]], set[Pair]]] = {
    "ours": ours,
    "rensa": with_rensa,
    "datasketch": with_datasketch,
}


def measured(way: str, titles: list[str], answer: multiprocessing.SimpleQueue[object]) -> None:
    """Run one way in this process and say what came of it."""
    try:
        before = _peak()
        began, worked = time.perf_counter(), time.process_time()
        found = WAYS[way](titles)
        wall, cpu = time.perf_counter() - began, time.process_time() - worked
    except ImportError:
        answer.put(None)
        return
    answer.put((found, wall, cpu, _peak() - before))


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def natural(titles: list[str], pair: Pair) -> bool:
    """Whether two titles are copies though nobody planted them."""
    one, other = (shingles(title_key(titles[place])) for place in pair)
    return jaccard(one, other) >= NATURAL


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--only", choices=list(WAYS), help="run one way alone")
    arguments = parser.parse_args()
    titles, pairs = planted(headlines(arguments.folder), arguments.count)
    fork = multiprocessing.get_context("fork")
    for way in [arguments.only] if arguments.only else WAYS:
        answer = fork.SimpleQueue()
        process = fork.Process(target=measured, args=(way, titles, answer))
        process.start()
        result = answer.get()
        process.join()
        if result is None:
            print(f"{way:11} is not installed")
            continue
        found, wall, cpu, peak = result
        wrong = [pair for pair in found - set(pairs) if not natural(titles, pair)]
        by_kind: defaultdict[str, list[bool]] = defaultdict(list)
        for pair, kind in pairs.items():
            by_kind[kind].append(pair in found)
        kinds = "  ".join(f"{kind} {sum(hit) / len(hit):.3f}" for kind, hit in by_kind.items())
        recall = sum(pair in found for pair in pairs) / len(pairs)
        precision = 1 - len(wrong) / max(1, len(found))
        print(
            f"{way:11} {len(titles):,} titles: {wall:6.1f} s, {cpu:6.1f} s of CPU,"
            f" {peak:6.0f} MB more, recall {recall:.3f}, precision {precision:.3f}\n{'':12}{kinds}",
            flush=True,
        )


if __name__ == "__main__":
    main()
