"""Actions on news that others have labelled with events, and rows drawn by hash for people to judge.

``python -m bench.actions`` prints how many labelled events are found; ``--closing`` both halves; ``--draw SALT COUNT`` prints rows of
documents of the even half with their sentences. Nothing is labelled with actors: those are judged by eye (docs/why/actions.md).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import corpus
from bench.quality import HALVES
from pipelines.document import Block, Document
from pipelines.extract.actions import actions
from pipelines.extract.actions_lexicon import deeds, verb_forms
from pipelines.text import Text


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").rstrip("\n").split("\n")]


def _documents(name: str, half: str) -> dict[str, Document]:
    """The documents of a half of a set, by their id there; each is one block of body."""
    found = {}
    for row in _lines(corpus.bench_data() / name / "docs.jsonl"):
        if HALVES[half](str(row["id"])):
            capture_id = sha256(str(row["id"]).encode()).hexdigest()
            found[row["id"]] = Document(capture_id, Text(row["text"]), [Block(0, "body", 0, len(row["text"]), 1.0)])
    return found


def _part_of_speech(word: str) -> str | None:
    """How the lexicon has a word in its own right: as a verb or as a noun; verbs that need a certain object aside."""
    if word in deeds():
        return "nouns"
    form = verb_forms().get(word)
    return "verbs" if form and any(not sense.objects and not sense.particle for sense in form.senses) else None


def found(half: str) -> Counter[str]:
    """Of the labelled events whose word the lexicon has: how many there are, and how many have a row."""
    documents = _documents("stories", half)
    ids = {document.capture_id: name for name, document in documents.items()}
    spans: dict[str, list[tuple[int, int]]] = {}
    for capture_id, start, end in (
        actions(documents.values()).select("capture_id", "span_start", "span_end").iter_rows()
    ):
        spans.setdefault(ids[capture_id], []).append((start, end))
    counts: Counter[str] = Counter()
    for event in _lines(corpus.bench_data() / "stories" / "mentions.jsonl"):
        if event["doc"] not in documents or event["tag"] != "ACTION_OCCURRENCE" or not event["validated"]:
            continue
        known = [kind for word in event["text"].split() if (kind := _part_of_speech(word.strip(".,").lower()))]
        if known:
            counts[known[0]] += 1
            counts[f"{known[0]} found"] += any(
                start < event["end"] and event["start"] < end for start, end in spans.get(event["doc"], ())
            )
    return counts


def draw(salt: str, count: int) -> None:
    """Print rows by the hash of their identity, each with what stands around it."""
    documents = [*_documents("stories", "even").values(), *_documents("quotes/train", "even").values()]
    texts = {document.capture_id: document.clean for document in documents}
    rows = actions(documents).to_dicts()
    rows.sort(key=lambda row: sha256((salt + row["fact_id"]).encode()).hexdigest())
    for number, row in enumerate(rows[:count], 1):
        text, start, end = texts[row["capture_id"]], row["span_start"], row["span_end"]
        around = f"{text[max(0, start - 160) : start]}[[{row['text']}]]{text[end : end + 120]}".replace("\n", " / ")
        told = (row["verb"], row["plover_event"], row["modality"], row["actor"], row["recipient"], row["rule_id"])
        print(f"{number}. {around}\n   {' | '.join(map(str, told))}")


def main() -> None:
    """What the docstring of the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--closing", action="store_true")
    parser.add_argument("--draw", nargs=2, metavar=("SALT", "COUNT"))
    options = parser.parse_args()
    if options.draw:
        draw(options.draw[0], int(options.draw[1]))
        return
    for half in HALVES if options.closing else ("even",):
        counts = found(half)
        for kind in ("verbs", "nouns"):
            share = counts[f"{kind} found"] / counts[kind]
            print(f"{half} {kind}: {counts[f'{kind} found']} of {counts[kind]} labelled events found, {share:.3f}")


if __name__ == "__main__":
    main()
