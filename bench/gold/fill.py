"""Stand-off gold for times and quantities: only offsets and values are kept here; the texts stay where the bench is.

``times`` and ``quantities`` give what a scorer of the bench wants (documents, gold), filled from ``$NEWSLEDGER_BENCH``.
``python -m bench.gold.fill times|more-times|quantities FOLDER [even|odd]`` writes them as docs.jsonl and gold.jsonl;
``python -m bench.gold.fill check`` draws again and compares. How the gold was made: README.md beside this file.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench import corpus
from bench.quality import HALVES

Row = dict[str, Any]
HERE = Path(__file__).resolve().parent
TIMES_DRAWN = {"quotes/dev": 4, "quotes/train": 4, "stories": 11, "places": 13}
"""Articles of each half drawn from a set for times."""

MORE_TIMES_DRAWN = {"quotes/train": 6, "stories": 6, "places": 6}
"""Articles of the even half drawn from a set for the second set for times, which is for tuning only."""

QUANTITIES_DRAWN = {"numbers": 60, "others": 16}
"""Sentences of each half and each set drawn for quantities: with a digit or number word, and without."""

LONGEST = 3_000
"""An article longer than this is cut: after its last line end before, or its last sentence end if that leaves under half."""

NUMBERS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty-\w+|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mb]illions?|trillions?|dozens?|half|couple|twice|triple|quarters?"
    r"|first|second|thirds?|fourth|fifth|sixth|seventh|eighth|ninth|tenth|per ?cent|percentage)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bM[rs]\.)(?<!\b(?:Mrs|Sen|Rep|Gov)\.)(?<!\b(?:Dr|St|No|Jr)\.)"
    r"[\"”'’)\]]*\s+(?=[\"“'‘(\[]*[A-Z0-9$€£])"
)


@cache
def texts(name: str) -> dict[str, Row]:
    """The documents of a bench set by their id."""
    lines = (corpus.bench_data() / name / "docs.jsonl").read_text("utf-8").split("\n")
    return {row["id"]: row for row in map(json.loads, filter(None, lines))}


def stored(kind: str, name: str) -> list[Row]:
    """The lines of a gold file."""
    return [json.loads(line) for line in (HERE / kind / name).read_text("utf-8").splitlines()]


def times(halves: Iterable[str] = ("even", "odd"), *, more: bool = False) -> tuple[list[Row], list[Row]]:
    """Articles (id, text up to the cut, date or None) and gold TIMEX3 for score_times.py. SystemExit if a text changed.

    ``more`` gives the second set in place of the first: other articles of the even half, for tuning only.
    """
    docs, suffix = [], "_more" if more else ""
    for row in _of(halves, stored("times", f"docs{suffix}.jsonl")):
        text = texts(row["set"])[row["doc"]]["text"][: row["cut"]]
        if fingerprint(text) != row["sha256"]:
            raise SystemExit(
                f"{row['doc']}: not the text that was labelled; use the bench that bench/gold/README.md names"
            )
        docs.append({"id": row["doc"], "text": text, "date": row["anchor"]})
    return docs, list(_of(halves, stored("times", f"gold{suffix}.jsonl")))


def quantities(halves: Iterable[str] = ("even", "odd"), *, ordinals: bool = False) -> tuple[list[Row], list[Row]]:
    """Sentences and gold for score_quantities.py; a document is one sentence, "article:offset", offsets within it.

    A count's unit is read from the text (``unit_start``, ``unit_end``). Ordinals only when asked: the scorer has none.
    """
    docs, gold = [], []
    for row in _of(halves, stored("quantities", "sentences.jsonl")):
        text = texts(row["set"])[row["doc"]]["text"][row["start"] : row["end"]]
        if fingerprint(text) != row["sha256"]:
            raise SystemExit(
                f"{row['doc']}: not the text that was labelled; use the bench that bench/gold/README.md names"
            )
        docs.append({"id": f"{row['doc']}:{row['start']}", "text": text})
    for row in _of(halves, stored("quantities", "gold.jsonl")):
        if row["kind"] == "ordinal" and not ordinals:
            continue
        text, unit = texts(row["set"])[row["doc"]]["text"], row["unit"]
        if unit is None:
            unit = " ".join(text[row["unit_start"] : row["unit_end"]].lower().split())
        start, end = row["start"] - row["sentence"], row["end"] - row["sentence"]
        name = f"{row['doc']}:{row['sentence']}"
        gold.append({**row, "doc": name, "start": start, "end": end, "unit": unit, "concept": []})
    return docs, gold


def _of(halves: Iterable[str], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows whose document belongs to one of the halves."""
    wanted = [HALVES[half] for half in halves]
    return (row for row in rows if any(half(row["doc"]) for half in wanted))


def fingerprint(text: str) -> str:
    """The sha256 of a text, so that a later bench with another text is noticed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def draw_times() -> list[Row]:
    """The articles for times: of each set and half those with the lowest sha256("newsledger-times:" + id)."""
    return [row for name, count in TIMES_DRAWN.items() for half in HALVES for row in _ordered(name, half)[:count]]


def draw_more_times() -> list[Row]:
    """The articles of the second set for times: in the order of ``draw_times`` those that follow in the even half."""
    drawn = []
    for name, count in MORE_TIMES_DRAWN.items():
        first = TIMES_DRAWN[name]
        drawn += _ordered(name, "even")[first : first + count]
    return drawn


def _ordered(name: str, half: str) -> list[Row]:
    """The articles of a set's half in the order that times are drawn in, each with its cut."""
    keys = sorted(filter(HALVES[half], texts(name)), key=lambda key: fingerprint(f"newsledger-times:{key}"))
    return [{"doc": key, "set": name, "cut": _cut(texts(name)[key]["text"])} for key in keys]


def _cut(text: str) -> int:
    """Where the labelled part of an article ends."""
    if len(text) <= LONGEST:
        return len(text)
    line = text.rfind("\n", 0, LONGEST) + 1
    return line if line >= LONGEST // 2 else text.rfind(". ", 0, LONGEST) + 1


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Rough sentences for the drawing only, 25 to 400 code points: lines split after a stop before a capital or digit."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for stop in [*(m.end() for m in SENTENCE_END.finditer(line[0])), len(line[0])]:
            part = text[start : line.start() + stop]
            first = start + len(part) - len(part.lstrip())
            if 25 <= len(part.strip()) <= 400:
                yield first, first + len(part.strip())
            start = line.start() + stop


def draw_sentences() -> list[Row]:
    """The sentences for quantities: of each set, half and stratum the lowest sha256(prefix + id + sentence number)."""
    drawn: list[Row] = []
    for name in TIMES_DRAWN:
        for half in HALVES.values():
            pool = []
            for key in filter(half, texts(name)):
                text = texts(name)[key]["text"]
                for number, (start, end) in enumerate(sentences(text)):
                    stratum = "numbers" if NUMBERS.search(text[start:end]) else "others"
                    order = fingerprint(f"newsledger-quantities:{key}{number}")
                    pool.append((order, {"doc": key, "set": name, "start": start, "end": end, "stratum": stratum}))
            pool.sort(key=lambda item: item[0])
            for stratum, count in QUANTITIES_DRAWN.items():
                drawn += [row for _, row in pool if row["stratum"] == stratum][:count]
    return drawn


def check() -> None:
    """Draws again and compares with what is stored; SystemExit if they differ."""
    for kind, name, again in (
        ("times", "docs.jsonl", draw_times()),
        ("times", "docs_more.jsonl", draw_more_times()),
        ("quantities", "sentences.jsonl", draw_sentences()),
    ):
        kept = [{key: row[key] for key in fresh} for row, fresh in zip(stored(kind, name), again, strict=True)]
        if kept != again:
            raise SystemExit(f"bench/gold/{kind}/{name} is not what the drawing of bench/gold/README.md gives")


def main(argv: list[str]) -> None:
    """``times|more-times|quantities FOLDER [even|odd]`` or ``check``."""
    if argv[:1] == ["check"]:
        return check()
    if len(argv) < 2 or argv[0] not in ("times", "more-times", "quantities"):
        raise SystemExit("usage: python -m bench.gold.fill times|more-times|quantities FOLDER [even|odd], or check")
    halves = argv[2:] or list(HALVES)
    docs, gold = quantities(halves) if argv[0] == "quantities" else times(halves, more=argv[0] == "more-times")
    folder = Path(argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("docs.jsonl", docs), ("gold.jsonl", gold)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name).write_text(lines, "utf-8")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
