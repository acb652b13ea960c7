"""Kinds of blocks in 60 text dumps, line by line, against labels made by someone who had not seen the rules.

``python -m bench.score_blocks predictions.jsonl``, where a prediction is a line ``{"id", "start", "end", "kind"}``, a span of
the dump's text in code points; what no span covers is body. ``--inputs FILE`` writes the dumps, ``{"id", "text"}`` a
line. A labelled line has the kind that covers most of it. The labels and their conventions are in bench/gold/blocks;
all documents are of the half that rules may be written on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import corpus
from bench.quality import _rows
from bench.score_outlets import read

GOLD = Path(__file__).parent / "gold" / "blocks" / "gold.jsonl"
DUMPS = "pages/dump_main.jsonl.gz"
KINDS = (
    *("caption", "credit", "byline", "headline", "deck", "related", "promo", "interface", "metadata", "section"),
    *("copyright", "comment", "dateline", "crosshead", "contributors"),
)
BODY = "body"


def kind_at(spans: list[dict[str, Any]], start: int, end: int) -> str:
    """The kind that covers most characters of [start, end); body where no span does."""
    shares: Counter[str] = Counter({BODY: end - start})
    for span in spans:
        covered = min(end, span["end"]) - max(start, span["start"])
        if covered > 0 and span["kind"] != BODY:
            shares[span["kind"]] += covered
            shares[BODY] -= covered
    return max(shares, key=lambda kind: shares[kind])


def body_lines(text: str, labelled: set[int]) -> Iterator[tuple[int, int]]:
    """[start, end) of the lines that are body: every line that holds something and that no label begins at."""
    start = 0
    for line in text.split("\n"):
        if line.strip() and start not in labelled:
            yield start, start + len(line)
        start += len(line) + 1


def score(gold: list[dict[str, Any]], said: list[dict[str, Any]], texts: dict[str, str]) -> Iterator[str]:
    """Lines of figures: each kind, captions by form, the body, and what was taken for what, commonest first."""
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for span in said:
        spans[span["id"]].append(span)
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    confused: Counter[tuple[str, str]] = Counter()
    labelled: dict[str, set[int]] = defaultdict(set)
    for row in gold:
        labelled[row["id"]].add(row["start"])
        if row["kind"] is None:
            continue
        found = kind_at(spans[row["id"]], row["start"], row["end"])
        right = found == row["kind"] or found in row.get("or", ())
        names = [row["kind"], "all"]
        if row["kind"] == "caption":
            form = "sentence" if row["sentence"] else "phrase"
            names.append(f"caption, {form} {'with' if row['credited'] else 'without'} a credit")
        for name in names:
            counts = tally[name]
            counts[:] = counts[0] + 1, counts[1] + right, counts[2] + (found == BODY)
        if not right:
            confused[row["kind"], found] += 1
    for name in (*KINDS, *sorted(name for name in tally if name.startswith("caption,")), "all"):
        count, right_count, left = tally[name]
        if count:
            yield f"{name}\tn={count}\tright={right_count / count:.3f}\tleft_in_body={left / count:.3f}"
    shares = [tally[kind][1] / tally[kind][0] for kind in KINDS if tally[kind][0]]
    yield f"mean of kinds\tn={len(shares)}\tright={sum(shares) / len(shares):.3f}"
    lines = lost = characters = characters_lost = 0
    for name, text in texts.items():
        for start, end in body_lines(text, labelled[name]):
            gone = kind_at(spans[name], start, end) != BODY
            lines, lost = lines + 1, lost + gone
            characters, characters_lost = characters + end - start, characters_lost + (end - start) * gone
    if lines:
        yield f"body\tn={lines}\tlost={lost / lines:.3f}\tcharacters_lost={characters_lost / characters:.3f}"
    for (kind, found), count in confused.most_common(12):
        yield f"taken for\t{kind} as {found}\tn={count}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, or write the inputs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path, nargs="?")
    parser.add_argument("--inputs", type=Path, metavar="FILE", help="write the dumps, and score nothing")
    given = parser.parse_args(arguments)
    gold = read(GOLD)
    wanted = {row["id"] for row in gold}
    texts = {row["id"]: row["text"] for row in _rows(corpus.bench_data() / DUMPS) if row["id"] in wanted}
    if given.inputs:
        rows = (json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in texts.items())
        given.inputs.write_text("".join(rows), encoding="utf-8")
    elif given.predictions:
        print(*score(gold, read(given.predictions), texts), sep="\n")
    else:
        parser.error("name a file of predictions, or one for --inputs")


if __name__ == "__main__":
    main()
