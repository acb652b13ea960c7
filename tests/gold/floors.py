"""How well the sample captures are read, and the floors under it.

``make gold`` measures and writes ``floors.json``: a floor rises to what is measured, and never falls; a known miss that is right
by now is taken out, a new one is not let in. It is also how a changed capture or label is taken up (the file says which corpus it
was measured on). A capture without labels is passed over here; a test names it.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    ROOT = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import polars as pl
from gold import labels as gold

from pipelines.extract.kinds import KINDS

CAPTURES = gold.HERE.parents[1] / "seeds" / "captures"
LABELS = gold.HERE / "captures"
FLOORS = gold.HERE / "floors.json"
BY_WORDS = tuple(kind for kind in KINDS if kind not in ("quotes", "quantities"))
"""Kinds of fact that are labelled by their words alone: ``"<kind>": ["exact words", …]``, all of a capture's in reading order."""

UNLABELLED = "captures of seeds/captures without labels in tests/gold/captures/<name>.json (docs/adding.md shows how)"


@dataclass
class Measured:
    """Rates over all captures (0 to 1), fields that are wrong (capture, field: wanted and found), and each difference in words."""

    rates: dict[str, float] = field(default_factory=dict)
    misses: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def stem(uri: str) -> str:
    """The name of a capture's labels: that of its file, with the record's id where there is one."""
    file, _, record = Path(uri).name.partition("#")
    return file.partition(".")[0] + (f"-{record.rpartition(':')[2]}" if record else "")


def labels() -> dict[str, gold.Label]:
    """The labels of all sample captures, by stem."""
    return {path.stem: gold.labels(path) for path in sorted(LABELS.glob("*.json"))}


def captures() -> tuple[list[str], pl.DataFrame]:
    """The names of the sample captures that have no labels, and the captures that have."""
    found, rejects = gold.read(CAPTURES)
    assert rejects.is_empty(), f"a sample capture cannot be read: {rejects.to_dicts()}"
    known = labels()
    names = [stem(uri) for uri in found["uri"]]
    return [name for name in names if name not in known], found.filter([name in known for name in names])


def corpus_digest() -> str:
    """A digest of the sample captures and their labels."""
    seen = sha256()
    for path in [*sorted(CAPTURES.iterdir()), *sorted(LABELS.iterdir())]:
        seen.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return seen.hexdigest()[:16]


def measure(outcome: gold.Outcome) -> Measured:
    """Everything that floors hold, over all sample captures."""
    made = Measured()
    counts = {name: Counter[str]() for name in ("block_characters", "body_characters", "quotes", "quantities")}
    known = labels()
    counts |= {kind: Counter[str]() for kind in BY_WORDS if any(kind in label for label in known.values())}
    for capture_id, uri in outcome.captures.select("capture_id", "uri").iter_rows():
        name = stem(uri)
        label = known[name]
        _fields(name, label, outcome.article(capture_id), outcome.texts[capture_id], made)
        for kind in BY_WORDS:
            if kind in label:
                _words(name, kind, label[kind], outcome.rows(kind, capture_id), counts[kind], made)
        if "blocks" not in label:  # a page: its text is the flattener's, so its labels are words, not offsets
            continue
        text = outcome.texts[capture_id].raw
        edits = gold.plain_edits(text, gold.found_edits(outcome.rows("edits", capture_id)))
        if edits != gold.plain_edits(text, [tuple(edit) for edit in label["edits"]]):
            made.misses[name, "edits"] = (label["edits"], edits)
        _blocks(name, label, gold.spans(outcome.rows("blocks", capture_id), text), text, counts, made)
        _quotes(name, label, outcome.rows("quotes", capture_id), text, counts["quotes"], made)
        _quantities(name, label, outcome.rows("quantities", capture_id), text, counts["quantities"], made)
    made.rates = {name: gold.f1(count) for name, count in counts.items()}
    return made


def _fields(name: str, label: gold.Label, article: dict[str, Any], text: gold.Text, made: Measured) -> None:
    published, captured = article["published_on"], article["captured_at"]
    found: dict[str, Any] = {
        "published_on": published.isoformat() if published else None,
        "captured_at": captured.isoformat() if captured else None,
        "outlet_id": article["outlet_id"],
        "agencies": article["agencies"],
        "headline": article["headline"],
        "authors": [author.casefold() for author in article["authors"]],
        "contributors": sorted(set(article["contributors"]) - set(label.get("contributors_optional") or ())),
    }
    wanted: dict[str, Any] = {key: label.get(key) for key in found} | {
        "authors": [author.casefold() for author in label["authors"]],
        "contributors": sorted(label["contributors"]),
    }
    if "blocks_text" in label:
        found["body"] = " ".join(article["body"].split())
        wanted["body"] = " ".join(words for kind, words in label["blocks_text"] if kind in gold.BODY)
        wanted["headline"] = next(words for kind, words in label["blocks_text"] if kind == "headline")
    elif isinstance(label["headline"], list):
        wanted["headline"] = text.repaired(*label["headline"])
    for key, value in found.items():
        if value not in wanted[key] if key == "published_on" else value != wanted[key]:
            made.misses[name, key] = (wanted[key], value)
    missing = gold.candidates_missing(label, article)
    if missing:
        have = [(candidate["role"], candidate["value"]) for candidate in article["published_candidates"]]
        made.misses[name, "published_candidates"] = (missing, have)


def _blocks(
    name: str, label: gold.Label, found: list[Any], text: str, counts: dict[str, Counter[str]], made: Measured
) -> None:
    wrong = gold.is_tiled(text, found)
    if wrong:
        made.misses[name, "tiling"] = (None, wrong)
    labelled = sorted(gold.fitting(label, found))
    kinds = sorted({kind for kind, _, _ in [*labelled, *found]})
    for kind in kinds:
        want, have = gold.of_kinds(labelled, [kind], text), gold.of_kinds(found, [kind], text)
        _count(counts["block_characters"], want, have)
        for start, end in gold.runs(have - want):
            made.differences.append(f"{name}: {text[start:end][:60]!r} is not {kind}")
    _count(
        counts["body_characters"], gold.of_kinds(labelled, gold.BODY, text), gold.of_kinds(found, gold.BODY, text)
    )  # fmt: skip


def _count(count: Counter[str], want: set[int], have: set[int]) -> None:
    count.update(right=len(want & have), missed=len(want - have), extra=len(have - want))


def _quotes(
    name: str, label: gold.Label, rows: list[dict[str, Any]], text: str, count: Counter[str], made: Measured
) -> None:
    found = dict(gold.quoted(rows, text))
    for quote in label["quotes"]:
        row = found.pop(gold.trimmed(text, quote["start"], quote["end"]), None)
        right = row is not None and (
            row["speaker"] in (quote["speaker"], *quote.get("speaker_or", ())) or gold.is_unnamed_speaker(quote, row)
        )
        if quote.get("optional"):
            continue
        count.update(right=right, missed=not right, extra=row is not None and not right)
        if not right:
            said = f"speaker {row['speaker']!r}, by {row['rule_id']}" if row else "not found"
            made.differences.append(
                f"{name}: quote {text[quote['start'] : quote['end']]!r} is {quote['speaker']!r}: {said}"
            )
    for start, end in found:
        count.update(extra=1)
        made.differences.append(f"{name}: quote {text[start:end]!r} is not labelled")


def _quantities(
    name: str, label: gold.Label, rows: list[dict[str, Any]], text: str, count: Counter[str], made: Measured
) -> None:
    left = list(rows)
    for quantity in label["quantities"]:
        here = [row for row in left if gold.overlap(quantity, row["span_start"], row["span_end"])]
        left = [row for row in left if row not in here]
        if quantity.get("optional"):
            continue
        right = [row for row in here if gold.same_value(quantity, row)]
        count.update(right=bool(right), missed=not right, extra=len(here) - bool(right))
        if not right or len(here) > 1:
            wanted = (quantity["value_low"], quantity["value_high"], quantity["unit"])
            read = [(row["value_low"], row["value_high"], row["unit"], row["rule_id"]) for row in here]
            made.differences.append(
                f"{name}: {text[quantity['start'] : quantity['end']]!r} is {wanted}, read as {read}"
            )
    for row in left:
        count.update(extra=1)
        made.differences.append(f"{name}: quantity {text[row['span_start'] : row['span_end']]!r} is not labelled")


def _words(
    name: str, kind: str, wanted: list[str], rows: list[dict[str, Any]], count: Counter[str], made: Measured
) -> None:
    want, have = Counter(wanted), Counter(row["text"] for row in sorted(rows, key=lambda row: row["span_start"]))
    count.update(right=(want & have).total(), missed=(want - have).total(), extra=(have - want).total())
    made.differences += [f"{name}: {kind} {words!r} is not found" for words in (want - have).elements()]
    made.differences += [f"{name}: {kind} {words!r} is not labelled" for words in (have - want).elements()]


def main() -> None:
    """Measure, show what differs, raise the floors."""
    held = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"floors": {}, "known_misses": []}
    unlabelled, labelled = captures()
    if unlabelled:
        sys.exit(f"{UNLABELLED}: {', '.join(unlabelled)}")
    measured = measure(gold.run(labelled))
    print(*measured.differences, sep="\n")
    known = {(miss["capture"], miss["field"]) for miss in held["known_misses"]}
    for key, (wanted, found) in measured.misses.items():
        print(f"{key[0]}: {key[1]} is {wanted!r}, read as {found!r}{', a known miss' if key in known else ''}")
    for key, rate in measured.rates.items():
        floor = max(held["floors"].get(key, 0.0), math.floor(rate * 1000) / 1000)
        print(f"{key:18} {rate:.4f}  floor {held['floors'].get(key)} -> {floor}")
        held["floors"][key] = floor
    held["known_misses"] = [
        miss for miss in held["known_misses"] if (miss["capture"], miss["field"]) in measured.misses
    ]  # fmt: skip
    held["measured_on"] = corpus_digest()
    FLOORS.write_text(json.dumps(held, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
