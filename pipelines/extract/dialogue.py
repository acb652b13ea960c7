"""The walk over an article that hands a speaker on from sentence to sentence and from paragraph to paragraph.

What belongs here: whose turn it is. What does not: marks (:mod:`pipelines.extract.quotemarks`), verbs and subjects
(:mod:`pipelines.extract.speakers`), names (:mod:`pipelines.extract.people`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipelines.document import Block, Document
from pipelines.extract.frames import Frame, Passage, passages
from pipelines.extract.nameplates import is_crosshead, label, signature
from pipelines.extract.names import taken_apart
from pipelines.extract.people import Cast, Person, cast_of
from pipelines.extract.pronouns import GENDERS, REACH, before_sentence, in_sentence, unnamed
from pipelines.extract.quotemarks import Run, may_quote
from pipelines.extract.sources import Attribution
from pipelines.extract.speakers import announced, attribute, subject_of
from pipelines.extract.speech import forms
from pipelines.extract.statements import audience, statement
from pipelines.extract.subjects import CONTRACTED
from pipelines.extract.wordclasses import CONJUNCTIONS, PRONOUNS
from pipelines.extract.words import Sentence
from pipelines.extract.works import is_slogan, is_whole, is_work, may_be_speech, named_elsewhere


class Source(NamedTuple):
    """A source as found, in offsets of the clean text: its words, its cue, whom it means, and through whom it came."""

    start: int
    end: int
    cue: tuple[int, int] | None
    name: str | None
    person: Person | None
    via: tuple[str, ...]


class Quote(NamedTuple):
    """A quoted run with its source, in offsets of the clean text."""

    block: Block
    start: int
    end: int
    rule: str
    source: Source | None
    content: tuple[int, int]
    direct: bool


class Article:
    """One article's walk. State: who spoke last, and where."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.clean
        self.last: Source | None = None
        self.last_paragraph = -9
        self.plain: tuple[str, int, int] | None = None
        """The paragraph without marks just before, read only if a run that stands alone follows."""
        self.pending: tuple[Frame, tuple[int, int]] | None = None
        """The sentence without a run just before in the paragraph, likewise."""
        self.spoken: Source | None = None
        """Who spoke last in this paragraph."""

    @cached_property
    def cast(self) -> Cast:
        """The article's persons; read only when a source is found."""
        return cast_of(self.document)

    @cached_property
    def doubles(self) -> bool:
        """Whether the article quotes in double marks anywhere."""
        return any(mark in self.text for mark in ('"', "“", "''"))

    def walk(self, passages: list[Passage]) -> Iterator[Quote]:
        """The quotations of the blocks, in order. Headlines, captions and the body each hand on their own speakers."""
        paragraph = 0
        kind = ""
        for block, marked, frames in passages:
            if block.kind != kind:
                if not {block.kind, kind} <= {"body", "crosshead", "caption"}:
                    self.last = self.plain = None
                kind = block.kind
            if not marked:
                paragraph += 1
                self.plain = (self.text[block.start : block.end], block.start, paragraph)
                continue
            for frame in frames:
                paragraph += 1
                yield from self._paragraph(block, frame, paragraph)

    def _paragraph(self, block: Block, folded: Frame, number: int) -> Iterator[Quote]:
        piece, start, runs = folded.paragraph, folded.base, folded.runs
        if not runs:
            self.plain = (piece, start, number)
            return
        self.spoken = self.pending = None
        for span in folded.sentences():
            if not folded.holds_run(*span):
                self.pending = (folded, span)
                continue
            tokens = folded.tokens(*span)
            first_run = folded.run_number(span[0])
            found = attribute(tokens)
            alone = len(found) < len(tokens.folds) and all(
                token.folded or token.mark or (token.form is not None and token.small) or token.low in CONJUNCTIONS
                for token in tokens
            )
            work = -1
            for run, at in zip(runs[first_run : first_run + len(tokens.folds)], tokens.folds, strict=True):
                attribution = found.get(at)
                source: Source | None = None
                labelled = self._labelled(start, run) if run is runs[0] and run.outer < 3 else None
                if labelled is not None:
                    attribution, rule, source = None, "label", labelled[0]
                    run = run._replace(start=labelled[1] - start)
                elif attribution is not None:
                    rule, source = attribution.rule, self._source(folded, tokens, attribution, number)
                else:
                    rule, source = self._unnamed(piece, start, run, at == 0, alone, number)
                if is_work(piece[run.start : run.end], tokens, at, rule, work):
                    rule, source, work = "work", None, at
                elif attribution is None and is_slogan(tokens, at):
                    rule, source = "slogan", None
                if source is not None:
                    self.spoken, self.pending = source, None
                    if block.kind != "caption":
                        self.last, self.last_paragraph = source, number
                content = (start + run.start, start + run.end)
                direct = alone or rule == "continued"
                if source is not None and attribution is not None:
                    content = folded.reach(tokens, statement(tokens, at, attribution))
                    direct = (
                        content[0] >= start + run.start
                        and content[1] <= start + run.past
                        and is_whole(piece[run.start : run.end])
                    )
                yield Quote(block, start + run.start, start + run.end, rule, source, content, direct)
        self.plain = None
        if piece.rstrip()[-1] == ":":
            self.plain = (piece, start, number)

    def _labelled(self, start: int, run: Run) -> tuple[Source, int] | None:
        """The speaker whose name and a colon stand first inside of the marks, and where the words behind them begin."""
        found = label(self.text, start + run.start, start + run.end)
        if found is None:
            return None
        (low, high), said = found
        name, person = self.cast.name_of(low, high)
        if person is None and self.text[low:high].isupper():
            person = self.cast.known(taken_apart(self.text[low:high].title()))
            name = person.name if person else name
        if person is None and self.text.count(self.text[low : high + 1]) < 2:
            return None  # "Warning: …", "Note: …"; in a transcript labels come again and again
        return Source(low, high, (high, high + 1), name, person, ()), said

    def _signed(self, at: int) -> Source | None:
        """The name that stands behind a dash under or behind a run."""
        found = signature(self.text, at)
        if found is None:
            return None
        name, person = self.cast.name_of(*found)
        if person is None and " " not in self.text[found[0] : found[1]]:
            return None
        return Source(*found, None, name, person, ())

    def _unnamed(
        self, piece: str, start: int, run: Run, first: bool, alone: bool, number: int
    ) -> tuple[str, Source | None]:
        """Rule and source of a run whose own sentence names none."""
        source = self._signed(start + run.past) if first else None
        if source is not None:
            return "signed", source
        if alone:
            return self._handed_on(piece, run, number)
        if first and is_whole(piece[run.start : run.end]):
            source = self._speaker_so_far(number)
            if source is not None:
                return "continued", source
        if may_be_speech(piece[run.start : run.end]):
            source = self._speaker_so_far(number)
            if source is not None and source.person is not None:
                return "carried", source
        return "unattributed", None

    def _speaker_so_far(self, number: int) -> Source | None:
        """Who spoke in this paragraph up to here; a sentence without a run is read for it only now."""
        if self.pending is not None:
            folded, span = self.pending
            self.pending = None
            tokens = folded.tokens(*span)
            found = announced(tokens)
            if found is not None:
                self.spoken = self._source(folded, tokens, found, number) or self.spoken
        return self.spoken._replace(cue=None) if self.spoken is not None else None

    def _handed_on(self, piece: str, run: Run, number: int) -> tuple[str, Source | None]:
        """A run that stands alone: who spoke before it goes on, in this paragraph or from the one before."""
        source = self._speaker_so_far(number)
        if source is not None:
            return "continued", source
        if is_crosshead(piece, run, self.doubles):
            return "unattributed", None
        source = self._announced(number) if self.plain is not None else None
        if source is not None:
            return "announced", source
        if self.last is not None and self.last_paragraph >= number - 2:
            return "continued_paragraph", self.last._replace(cue=None)
        return "unattributed", None

    def _announced(self, number: int) -> Source | None:
        """Whom the paragraph before leaves as the next speaker: the source of its last verb of saying, else a person it is about."""
        if self.plain is None:
            return None
        piece, start, _ = self.plain
        self.plain = None
        last = piece.rstrip()[-1:]
        if last not in ".:!?…,":
            return None
        folded = Frame(piece, start, [])
        spans = folded.sentences()
        if not spans:
            return None
        spoken, self.spoken = self.spoken, None
        source = None
        for span in reversed(spans[-2:]):
            tokens = folded.tokens(*span)
            found = announced(tokens)
            if found is not None:
                source = self._source(folded, tokens, found, number)
                break
        else:
            tokens = folded.tokens(*spans[-1])
            named = subject_of(tokens)
            if named is not None and (named[1] < len(tokens) or last == ":"):
                source = self._source(folded, tokens, Attribution("announced", named, (named[1] - 1, named[1])), number)
                source = (
                    source._replace(cue=None)
                    if source is not None and (source.person is not None or last == ":")
                    else None
                )
        self.spoken = spoken
        return source

    def _source(self, folded: Frame, tokens: Sentence, found: Attribution, number: int) -> Source | None:
        if found.source is None:
            return None  # a passive without its agent
        start, end = folded.reach(tokens, found.source)
        if found.source[1] - found.source[0] == 1 and tokens[found.source[0]].low in CONTRACTED:
            end = start + len(tokens[found.source[0]].low.partition("'")[0])  # "she's": she
        cue = folded.reach(tokens, found.cue)
        pieces = (audience(tokens, found), *found.via)
        via = [self._medium(*folded.reach(tokens, piece)) for piece in pieces if piece is not None]
        name, person = self._who(folded, tokens, found.source, start, end, number)
        return Source(start, end, cue, name, person, tuple(via))

    def _medium(self, start: int, end: int) -> str:
        name, _ = self.cast.name_of(start, end)
        return name or self.text[start:end]

    def _who(
        self, folded: Frame, tokens: Sentence, piece: tuple[int, int], start: int, end: int, number: int
    ) -> tuple[str | None, Person | None]:
        first = tokens[piece[0]]
        low = first.low.partition("'")[0] if first.low in CONTRACTED else first.low
        if piece[1] - piece[0] != 1 or (low not in PRONOUNS and low not in GENDERS):
            return self.cast.name_of(start, end)
        if low not in GENDERS:
            return None, None
        sentence = folded.at(tokens.start(0))
        person = in_sentence(self.cast, low, folded, sentence, start)
        if person is None:
            self._speaker_so_far(number)
            spoken = self.spoken
            so_far = self._person(spoken) if spoken is not None and sentence - spoken.end < REACH else None
            person = before_sentence(self.cast, low, folded, (sentence, start), so_far, self._earlier(number))
        return (person.name or None, person) if person else (None, None)

    def _person(self, source: Source) -> Person | None:
        """Whom a pronoun behind a source can mean: its person, else somebody without a name."""
        if source.person is not None or self._asks(source):
            return source.person
        return unnamed(self.text[source.start : source.end])

    def _asks(self, source: Source) -> bool:
        form = forms().get(self.text[slice(*source.cue)].lower()) if source.cue is not None else None
        return form is not None and form.takes == "question"

    def _earlier(self, number: int) -> Iterator[Person | None]:
        """Who spoke in the paragraphs before this one, nearest first."""
        source = self._announced(number) if self.plain is not None and self.plain[2] == number - 1 else None
        if source is not None and not self._asks(source):
            yield self._person(source)  # who asked is not who answers
        yield self._person(self.last) if self.last is not None and self.last_paragraph >= number - 3 else None


def spoken(document: Document) -> list[Quote]:
    """A document's quotations, in order: read once, whichever kind of fact asks first."""
    found: list[Quote] | None = document.shared.get("spoken")
    if found is None:
        found = list(Article(document).walk(passages(document))) if may_quote(document.clean) else []
        for number in named_elsewhere([(quote.rule, document.clean[quote.start : quote.end]) for quote in found]):
            found[number] = found[number]._replace(rule="work", source=None)
        document.shared["spoken"] = found
    return found
