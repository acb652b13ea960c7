"""The statements of an article, quoted or not, each with its source: quotations and reports brought together.

What belongs here: which quoted runs are parts of one statement, and which report holds a run. What does not: how runs
and reports are found (:mod:`pipelines.extract.dialogue`, :mod:`pipelines.extract.indirect`), rows (:mod:`attributions`).
A statement holds no other: where sources are nested, the outer one counts, but a speaker whose words are quoted stays it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.document import Block, Document
from pipelines.extract.dialogue import Quote, spoken
from pipelines.extract.frames import Frame, passages
from pipelines.extract.indirect import reports
from pipelines.extract.indirect_words import CUES, WORDS
from pipelines.extract.people import Cast, cast_of
from pipelines.extract.referents import Referents
from pipelines.extract.source_phrases import tidy
from pipelines.extract.sources import Attribution
from pipelines.extract.speech import forms
from pipelines.extract.statements import audience
from pipelines.languages import in_full

DOUBTFUL = WORDS["doubtful_quotations"]
"""Rules of quotations whose runs may be titles, names, slogans and words that somebody may have used: no statements."""
SPEECH = frozenset(("clause", "said_after", "as_said", "according_to"))
"""Rules that find whole propositions"""
_EVIDENCE = WORDS["evidence_verbs"]
_LONGEST = 2_000
"""A sentence is read in pieces of this many characters: longer ones are lists, or were never prose."""
_GAP = 3
_NEAR = 6
"""So many reports on either side of a quotation can have to do with it."""


Range = tuple[int, int]
"""Offsets of the clean text, end exclusive."""


@dataclass(slots=True)
class Statement:
    """A statement in offsets of the clean text; ``cue`` and ``source`` may stand in another paragraph."""

    block: Block
    rule: str
    content: list[Range]
    source: Range | None = None
    name: str | None = None
    cue: Range | None = None
    polarity: str = "positive"
    via: tuple[str, ...] = ()
    quotes: list[Quote] = field(default_factory=list)


def attributed(document: Document) -> list[Statement]:
    """The statements of a document, in order: read once, whichever kind of fact asks first."""
    found: list[Statement] | None = document.shared.get("attributed")
    if found is None:
        found = document.shared["attributed"] = _statements(document)
    return found


def settled_cast(document: Document) -> Cast:
    """The cast as the reading of quotations and reports leaves it, and from here on it stays so.

    Who speaks becomes a person, and roles are read as they are asked for: what a later kind finds must not depend on
    whether an earlier one has run in the same process.
    """
    attributed(document)
    cast = cast_of(document)
    cast.closed = True
    return cast


def _statements(document: Document) -> list[Statement]:
    quotes = [quote for quote in spoken(document) if quote.rule not in DOUBTFUL]
    covered = in_full(document.language)
    if not covered and not quotes:
        return []
    referents = Referents(document)
    at = 0
    last: Statement | None = None
    every: list[Statement] = []
    for block, _, frames in passages(document):
        for frame in frames:
            start = frame.base
            end = start + len(frame.paragraph)
            here: list[Quote] = []
            while at < len(quotes) and quotes[at].start < end:
                here.append(quotes[at])
                at += 1
            found: list[Statement] = []
            if covered:
                referents.begin(frame)
                found = list(_reported(document, block, frame, referents))
            said = _said(document, block, here) if here else []
            if last is not None and said and said[0].rule == "continued_paragraph":
                _take(last, said.pop(0))
            if said:
                found, last = _joined(found, said)
            if not found:
                continue
            # A run that only a verb of a report names is a title or a name: nobody's statement.
            found = [statement for statement in found if statement.rule != "quoted"]
            if found and found[0].rule == "colon" and found[0].source and found[0].source[0] <= start + 1:
                # A speaker's turn in a transcript goes on to the end of its paragraph.
                del found[1:]
                found[0].content = [(found[0].content[0][0], end)]
            found.sort(key=_first)
            every += found  # a later paragraph may go on with one of them
    document.shared.pop("passages", None)
    return every


def is_speech(document: Document, statement: Statement) -> bool:
    """Whether a statement without a quoted run reports speech: not a thought, a wish, or a stand on something.

    What polls, moves and meetings suggest or show nobody said: with such a verb the source must have a name.
    """
    if statement.quotes or statement.rule not in SPEECH or statement.cue is None:
        return False
    start, end = statement.cue
    form = forms().get(document.text.clean[start:end].lower())
    if form is not None and form.verb in _EVIDENCE and statement.name is None:
        return False
    return statement.rule == "according_to" or (form is not None and form.takes in ("statement", "question"))


def _reported(document: Document, block: Block, frame: Frame, referents: Referents) -> Iterator[Statement]:
    """The reports of a paragraph."""
    for begin, past in frame.sentences():
        for start, end in ((begin, past),) if past - begin <= _LONGEST else _pieces(frame.text, begin, past):
            tokens = frame.attributing(start, end)
            if tokens is None:
                continue
            for rule, source, cue, pieces, polarity, told in reports(tokens):
                content = [frame.reach(tokens, piece) for piece in pieces]
                statement = Statement(block, rule, content, cue=frame.reach(tokens, cue), polarity=polarity)
                if source is not None:
                    named = tidy(tokens, source)
                    statement.source = span = frame.reach(tokens, named)
                    statement.name = referents.name(frame, tokens, named, span, start)
                    word = tokens[cue[0]].cue
                    if word is not None and "told" in word.governs:
                        told = audience(tokens, Attribution(rule, source, cue))
                    if told is not None:
                        medium = frame.reach(tokens, told)
                        statement.via = (cast_of(document).name_of(*medium)[0] or document.clean[slice(*medium)],)
                    if rule == "colon" and statement.name is None and span[1] - span[0] > 1:
                        continue
                yield statement


def _pieces(text: str, start: int, end: int) -> Iterator[Range]:
    """A very long sentence cut at blanks."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _said(document: Document, block: Block, quotes: list[Quote]) -> list[Statement]:
    """The quotations of a paragraph; those that one cue introduces, or that go on, are one statement."""
    found: list[Statement] = []
    for quote in quotes:
        source = quote.source
        cue = source.cue if source is not None and source.cue is not None else None
        goes_on = quote.rule in ("continued", "same_sentence") or (cue is not None and found and found[-1].cue == cue)
        content = (quote.start, quote.end) if quote.direct else quote.content
        if found and goes_on:
            found[-1].content.append(content)
            found[-1].quotes.append(quote)
            continue
        statement = Statement(block, quote.rule, [content], cue=cue, quotes=[quote])
        word = CUES.get(document.clean[slice(*cue)].lower()) if cue is not None else None
        if word is not None:
            statement.polarity = word.polarity
        if source is not None:
            statement.source, statement.name, statement.via = (source.start, source.end), source.name, source.via
        found.append(statement)
    return found


def _take(statement: Statement, other: Statement) -> None:
    """Make ``other`` a part of a statement."""
    statement.content += [(quote.start, quote.end) for quote in other.quotes]
    statement.quotes += other.quotes


def _joined(reported: list[Statement], said: list[Statement]) -> tuple[list[Statement], Statement]:
    """Reports and quotations of a paragraph as one list, and the last statement with a quotation."""
    last = said[-1]
    kept: list[Statement] = []
    for number, statement in enumerate(said):
        if statement.rule in ("continued", "announced", "continued_paragraph"):
            before = [
                report
                for report in reported
                if report.rule == "clause" and report.content[-1][1] <= statement.quotes[0].start
            ]
            nearer = number > 0 and bool(before) and said[number - 1].quotes[-1].end > before[-1].content[-1][1]
            if before and not nearer:
                _take(before[-1], statement)  # She said that …. “….”
                last = before[-1] if statement is last else last
                continue
        kept.append(statement)
    reported.sort(key=_begins)
    starts = [_begins(report) for report in reported]
    gone: set[int] = set()
    joined: list[Statement] = []
    for statement in kept:
        first = statement.quotes[0]
        middle = bisect_right(starts, first.start)
        numbers = [at for at in range(max(0, middle - _NEAR), min(len(starts), middle + _NEAR)) if at not in gone]
        near = [*(reported[at] for at in numbers), *joined[-2:]]
        cue = statement.cue
        same = next((report for report in near if cue and report.cue and report.cue[0] == cue[0]), None)
        holder = next((report for report in near if _holds(report, first)), None)
        if same is not None:
            gone |= {at for at in numbers if reported[at] is same}
            statement.polarity = same.polarity
            if not first.direct:
                statement.content = _widened(same, statement)
        elif holder is None or holder.rule == "quoted":
            gone |= {at for at in numbers if _mostly_in(reported[at], statement)}
        elif first.direct and statement.rule in ("said_after", "said_before"):
            gone |= {at for at in numbers if reported[at] is holder}
        else:
            holder.quotes += statement.quotes
            runs = ((quote.start, quote.end) for quote in statement.quotes[1:])
            holder.content = _merged([*holder.content, *runs])
            continue
        joined.append(statement)
    found = [report for at, report in enumerate(reported) if at not in gone] + joined
    for statement in found:
        statement.content = _merged(statement.content)
    return found, last


def _first(statement: Statement) -> Range:
    return statement.content[0]


def _begins(statement: Statement) -> int:
    return statement.content[0][0]


def _holds(report: Statement, quote: Quote) -> bool:
    return any(start <= quote.start and quote.end <= end for start, end in report.content)


def _widened(report: Statement, statement: Statement) -> list[Range]:
    """The report's statement and all runs of the quotation with the same cue, the words between them included."""
    runs = [quote for quote in statement.quotes if quote.rule == "mixed_before"]
    content = list(report.content)
    if runs and len(content) == 1 and runs[0].start >= content[0][0]:
        content = [(content[0][0], max(content[0][1], runs[-1].end))]
    return _merged([*content, *((quote.start, quote.end) for quote in statement.quotes)])


def _mostly_in(report: Statement, statement: Statement) -> bool:
    """Whether more than half of a report stands in a statement."""
    shared = sum(
        max(0, min(one[1], other[1]) - max(one[0], other[0])) for one in report.content for other in statement.content
    )
    return 2 * shared > sum(end - start for start, end in report.content)


def _merged(spans: list[Range]) -> list[Range]:
    """Spans in order; those that touch but for marks and blanks are one."""
    if len(spans) == 1:
        return spans
    found: list[Range] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + _GAP:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
