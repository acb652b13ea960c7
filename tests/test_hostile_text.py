"""Text that is built to hurt: it goes through clean, normalise and extract without a crash, in time that grows as it does.

Time is the process's own CPU time, and compared with plain prose in the same run or with the same text at half its length, so
that slow machines fail nothing. Broken containers and endless files are in ``test_hostile.py``.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from itertools import chain
from time import process_time

import polars as pl
import pytest
from baits import Bait, found_baits
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean.blocks import Blocks, cover
from pipelines.clean.encoding import repairs
from pipelines.clean.stage import clean
from pipelines.document import Block, Document, documents
from pipelines.extract.kinds import KINDS
from pipelines.normalise.articles import Articles, articles
from pipelines.text import Text

PROSE = (
    "The mayor said on Monday that “the old bridge will stay” and that 45 workers, hired for £3 million, had been told. "
    "Ada Moss, 47, of the Harbour Board, asked who would pay by 12 May 2021. "
)  # fmt: skip


def document(text: str) -> Document:
    read = Text(text, repairs(text))
    blocks = []
    for n, block in enumerate(cover(read)):
        span = read.to_clean(block.start, block.end)
        blocks.append(Block(n, block.kind, span.start, span.end, block.confidence))
    return Document("0" * 64, read, blocks)


def spent(texts: list[str]) -> list[dict[str, float]]:
    """The seconds that each stage spends on each text."""
    work: dict[str, Callable[[list[Document]], pl.DataFrame]] = {"normalise": articles}
    work |= {kind: function for kind, (_, function) in KINDS.items()}
    seconds = []
    gc.collect()
    gc.freeze()  # what the tests before this one left is not to be looked through again: it would be charged to the text
    for text in texts:
        begun = process_time()
        read = [document(text)]
        each = {"clean": process_time() - begun}
        for stage, function in work.items():
            begun = process_time()
            function(read)
            each[stage] = process_time() - begun
        seconds.append(each)
    gc.unfreeze()
    return seconds


def grows_too_fast(make: Callable[[int], str], size: int, stage: str) -> bool:
    """Whether a stage spends 4.5 times as much on three times the text (9 would be quadratic), however often it is asked."""
    for _ in range(8):  # a busy machine is no reason to fail
        one, three = spent([make(size), make(3 * size)])
        if three[stage] < 4.5 * one[stage] or three[stage] < 0.05:
            return False
    return True


RUNS = (
    " ", "\t", "\xa0", "\u200b", "\u202e", "\u2067", "\0", "\ufffd", "\x85", "a", "A", "Aa ", "é", "ß", "İ", "中", "の", "ㄱ", "9", "9,", "9.", "9 ",
    "1-", ",", ", ", ".", ". ", "…", ";", ":", "-", " - ", "—", "/", "|", " | ", "@", "#", "$", "$1 ", "%", "&", "&#1;", "&amp;", "<", "<b>", "<!--", "(", ")", "([{", "'", "’",
    '"', "“", "”", "“a ", "a” ", "« ", "„", "‘a ", "said ", "“a” said ", "He attacked her. ", "the ", "and ", "Mr. ", "U.S. ", "AP ", "by By ", "(AP) — ", "Jan. 1, ", "1 of ", "in ", "Â", "Ã©", "â€", "â€™", "â€œ", "Ñ\ufffd",
    "ã?", "Õ", "\na", "\n\na", "\n“", "\n- ", "http://a.b/", "a@b.c ", "\u0301", "👍🏽", "\u2028",
)  # fmt: skip


def test_a_hundred_thousand_opening_quotes() -> None:
    text = "“" * 100_000
    (seconds,) = spent([text])
    assert sum(seconds.values()) < 1000 * sum(spent([PROSE * 20])[0].values())
    assert cover(Text(text))[-1].end == len(text)


def test_cost_grows_as_runs_of_one_thing_do() -> None:
    """Of whatever is listed above, and of whatever any pattern repeats."""
    spent([PROSE * 20])
    runs = sorted({*RUNS, *(bait.atom for bait in found_baits())})
    usual = sum(spent([PROSE * 40])[0].values())
    for run, whole in zip(runs, spent([run * (10_000 // len(run)) for run in runs]), strict=True):
        for stage, seconds in whole.items():
            if seconds > 2 * usual:
                make = partial(fill, run)
                assert not grows_too_fast(make, 20_000, stage), f"{stage} on runs of {run!r}"


def fill(run: str, size: int) -> str:
    return run * (size // len(run))


def shapes(bait: Bait, size: int) -> str:
    """A bait in one line, and in lines as long as a paragraph and as a heading, with a way out that is none."""
    paragraph, heading = bait.text(280), bait.text(60)
    return "\n".join(
        [bait.text(size // 3), *[paragraph] * (size // 3 // len(paragraph)), *[heading] * (size // 3 // len(heading))]
    )


def test_cost_grows_as_the_baits_of_all_patterns_do() -> None:
    """Every repetition in every pattern, fed with what it repeats and then disappointed: no worse than prose, within reason."""
    spent([PROSE * 20])
    baits = list(found_baits())
    usual = {stage: max(seconds, 0.0002) for stage, seconds in spent([PROSE * 20])[0].items()}
    for bait, each in zip(baits, spent([shapes(bait, 3_000) for bait in baits]), strict=True):
        for stage, seconds in each.items():
            if seconds > 20 * usual[stage] and seconds > 0.02:
                assert not grows_too_fast(partial(shapes, bait), 6_000, stage), f"{stage} on {bait}"
                again = spent([shapes(bait, 3_000)])[0][stage]
                assert again < 100 * usual[stage], (
                    f"{stage} on {bait}: {again / usual[stage]:.0f} times the cost of prose"
                )


PIECES = st.sampled_from([*RUNS, "The mayor said", "“Yes,” she said. ", "\n", "\r\n", "45 km", "12 May 2021", "â€œ", "Russia‚Äôs", "By Ada Moss", "(Photo: AP)", "don\x92t"])  # fmt: skip
HOSTILE = st.lists(
    st.one_of(PIECES, st.tuples(PIECES, st.integers(2, 40)).map(lambda drawn: drawn[0] * drawn[1]), st.text(max_size=8)), max_size=30
).map("".join)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE.filter(str.strip), min_size=1, max_size=8))
def test_any_text_becomes_rows_that_hold_their_contracts(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    texts = [text for text in texts if text.strip()]
    captures = pl.DataFrame(
        {"capture_id": [capture_id(n) for n in range(len(texts))], "text": texts},
        schema={"capture_id": pl.String, "text": pl.String},
    )
    blocks, edits = clean(captures)
    Blocks.validate(blocks)
    Articles.validate(articles(documents(captures, blocks, edits)))
    for contract, extract in KINDS.values():
        facts = contract.validate(extract(documents(captures, blocks, edits)))
        of = {one.capture_id: one.text for one in documents(captures, blocks, edits)}
        for row in facts.iter_rows(named=True):
            assert of[row["capture_id"]].repaired(row["span_start"], row["span_end"]) == row["text"]
    covered = {n: set(chain.from_iterable(range(*span) for span in spans)) for n, spans in spans_of(blocks).items()}
    for number, text in enumerate(texts):
        assert all(
            char.isspace() or at in covered.get(capture_id(number), ())
            for at, char in enumerate(text)
            if char not in "\x1c\x1d\x1e\x1f"
        )


def capture_id(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def spans_of(blocks: pl.DataFrame) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for capture_id, start, end in blocks.select("capture_id", "span_start", "span_end").iter_rows():
        spans.setdefault(capture_id, []).append((start, end))
    return spans


@pytest.mark.parametrize("unit", ["“", "â€œ", "Ñ\ufffd", "a\n"])
def test_what_a_document_has_too_much_of_is_left_and_not_lost(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    read = document(text)
    assert sum(block.end - block.start for block in read.blocks) > 0
