"""Paragraphs with each quoted run folded into one character: the frame in which a speaker is named.

What belongs here: folding, unfolding, and cutting the frame into sentences and tokens. What does not: who speaks.
In the frame a long quotation is one token, so that what stands around it can be read as one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from pipelines.document import Block, Document
from pipelines.extract.quotemarks import Run, may_quote, quoted_runs
from pipelines.extract.signs import COMMA_END, EXCLAIMED, FULL_STOP, OPEN_END
from pipelines.extract.speech import Form, forms
from pipelines.extract.words import FOLDED, Sentence
from pipelines.normalise.sentences import sentences

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
"""Lines up to an empty one."""
_OUTER = attrgetter("outer")
_PRIVATE = re.compile("[\ue000-\ue003]")
_AHEAD = 400
"""Characters behind a run that may tell whether its sentence goes on: more than 14 words have."""
_DOTTED = re.compile(r"\b(?:[A-Z]|Jr|Sr|Inc|Corp|Co)\.$|\w\.\w\.$")


class Frame:
    """A paragraph and its folded form; ``at`` leads from an offset of the folded text to one of the paragraph."""

    __slots__ = ("_folded", "_read", "_shift", "_spans", "base", "paragraph", "runs", "text")

    def __init__(self, paragraph: str, base: int, runs: list[Run]) -> None:
        self.base = base
        self.paragraph = paragraph
        self.runs = runs
        self._spans: Sequence[tuple[int, int]] | None = None
        self._read: dict[tuple[int, int], Sentence] = {}
        self._folded: list[int] = []
        self._shift: list[int] = []
        if not paragraph.isascii() and _PRIVATE.search(paragraph):
            paragraph = _PRIVATE.sub("?", paragraph)
        if not runs:
            self.text = paragraph
            return
        parts: list[str] = []
        at = length = 0
        for run in runs:
            outside = paragraph[at : run.outer]
            parts += (outside, _fold(paragraph, run))
            length += len(outside) + 1
            self._folded.append(length)
            self._shift.append(run.past - length)
            at = run.past
        parts.append(paragraph[at:])
        self.text = "".join(parts)

    def at(self, offset: int) -> int:
        """The offset in the document's clean text of ``offset`` in the frame."""
        i = bisect_right(self._folded, offset) - 1
        return self.base + offset + (self._shift[i] if i >= 0 else 0)

    def run_number(self, offset: int) -> int:
        """Which run is folded at ``offset``."""
        return bisect_right(self._folded, offset)

    def holds_run(self, start: int, end: int) -> bool:
        """Whether a run is folded in ``[start, end)``."""
        number = bisect_right(self._folded, start)
        return number < len(self._folded) and self._folded[number] <= end

    def quotes(self, at: int) -> bool:
        """Whether a quoted run holds the offset ``at`` of the document's clean text."""
        at -= self.base
        number = bisect_right(self.runs, at, key=_OUTER) - 1
        return number >= 0 and at < self.runs[number].past

    def reach(self, tokens: Sentence, piece: tuple[int, int]) -> tuple[int, int]:
        """The clean offsets of some tokens; a folded run at either end counts with its words, not its marks."""
        first, last = piece[0], piece[1] - 1
        start, end = tokens.reach(first, last)
        runs, base = self.runs, self.base
        if not runs:
            return base + start, base + end
        start = base + runs[self.run_number(start)].start if tokens[first].folded else self.at(start)
        if tokens[last].folded:
            return start, base + runs[self.run_number(end - 1)].end
        return start, self.at(end - 1) + 1

    def sentences(self) -> Sequence[tuple[int, int]]:
        """The spans of the frame's sentences; a run ends one where the quoted words and what follows say so."""
        if self._spans is None:
            self._spans = list(self._cut()) if self.runs else sentences(self.text)
        return self._spans

    def _cut(self) -> Iterator[tuple[int, int]]:
        text = self.text
        for start, end in sentences(text):
            at = start
            for number in range(bisect_right(self._folded, start), len(self._folded)):
                past = self._folded[number]
                if past >= end:
                    break
                if past > at and _closes_sentence(text, past, end):
                    yield at, past
                    at = past
            yield at, end

    def tokens(self, start: int, end: int) -> Sentence:
        """The tokens of ``[start, end)``; the stop of a sentence is no part of its last word."""
        found = self._read.get((start, end))
        if found is None:
            found = self._read[start, end] = Sentence(self.text, start, self._stopped(start, end))
        return found

    def attributing(self, start: int, end: int) -> Sentence | None:
        """As :meth:`tokens`; nothing where no word can attribute anything."""
        found = self._read.get((start, end)) or Sentence(self.text, start, self._stopped(start, end))
        return found if found.may_attribute() else None

    def _stopped(self, start: int, end: int) -> int:
        if self.text[end - 1] == "." and not _DOTTED.search(self.text, max(start, end - 8), end):
            return end - 1
        return end


class Passage(NamedTuple):
    """A block with its paragraphs; ``marked`` where it may hold a quoted run."""

    block: Block
    marked: bool
    frames: list[Frame]


def passages(document: Document) -> list[Passage]:
    """The factual blocks of a document, folded: once, for quotations and for reports.

    Whoever reads them last takes them off the document: so many lists of a batch cost the garbage collector more than folding.
    """
    found: list[Passage] | None = document.shared.get("passages")
    if found is None:
        found = document.shared["passages"] = [_passage(document.clean, block) for block in document.factual()]
    return found


def _passage(text: str, block: Block) -> Passage:
    marked = may_quote(text[block.start : block.end])
    frames = []
    for line in PARAGRAPH.finditer(text, block.start, block.end):
        piece = line.group().replace("\n", " ")
        frames.append(Frame(piece, line.start(), quoted_runs(piece) if marked else []))
    return Passage(block, marked, frames)


def _fold(paragraph: str, run: Run) -> str:
    for at in range(run.end - 1, max(run.start, run.end - 6) - 1, -1):
        character = paragraph[at]
        if character == ".":
            return FULL_STOP
        if character in "!?…—–":
            return EXCLAIMED
        if character == ",":
            return COMMA_END
        if character.isalnum():
            break
    return OPEN_END


def _closes_sentence(text: str, past: int, end: int) -> bool:
    """Whether a sentence ends with the run folded just before ``past``."""
    kind = text[past - 1]
    rest = text[past : min(end, past + _AHEAD)].lstrip()
    if kind in (OPEN_END, COMMA_END) or not rest:
        return False
    first = rest[0]
    if first in FOLDED:
        return True
    if first.islower() or not first.isalnum():
        return False
    table = forms()
    if _introduced(text, past - 1, table):
        return True
    words = rest.split(None, 14)[:14]
    if kind == FULL_STOP:
        # “It is so.” Kim said. Only a sentence of a name and a verb goes with the run before it.
        form = table.get(words[-1].lower().rstrip(".")) if len(words) <= 4 else None
        return form is None or form.shape not in ("past", "s")
    # “Is it so?” Kim, a farmer from the valley, asked: the sentence goes on where a verb of saying follows.
    for number, word in enumerate(words):
        form = table.get(word.lower().rstrip(".,"))
        if form is not None and form.shape in ("past", "s"):
            return False
        if (word.endswith((".", ";")) and len(word) > 4) or (number == 5 and "," not in " ".join(words[:6])):
            return True
    return True


def _introduced(text: str, at: int, table: dict[str, Form]) -> bool:
    """Whether the run folded at ``at`` has its verb before it: she answered: “Is it so?” Then she left."""
    before = text[max(0, at - 24) : at].rstrip()
    if before[-1:] == ":":
        return True
    if before[-1:] != ",":
        return False
    word = before[:-1].rsplit(None, 1)[-1:]
    form = table.get(word[0].lower()) if word else None
    return form is not None and form.shape in ("past", "s")
