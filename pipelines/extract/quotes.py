"""Quotations and who said them.

What belongs here: the contract, and the walk over an article that hands a speaker on from sentence to sentence.
What does not: marks (:mod:`quotemarks`), frames (:mod:`frames`), verbs and subjects (:mod:`speakers`), names (:mod:`people`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Block, Document
from pipelines.extract.frames import FOLDED, Frame, Token
from pipelines.extract.nounphrases import PRONOUNS
from pipelines.extract.people import Cast, Entity
from pipelines.extract.quotemarks import HINT, Run, quoted_runs
from pipelines.extract.speakers import Attribution, announced, attribute, subject_of
from pipelines.extract.works import is_work
from pipelines.rules import load_rules


class Quotes(Fact):
    """A quotation: the words, the speaker as named and as known, the cue, and through whom it reached the outlet."""

    __table__ = "facts.quotes"

    quote = dy.String(min_length=1, description="The quoted words, repaired, without the marks around them")
    quote_type = dy.Enum(["direct", "mixed", "indirect"], description="Whole statement in marks, in part, or reported")
    content_spans = dy.List(
        dy.Struct(
            {
                "start": dy.Int64(description="First code point"),
                "end": dy.Int64(description="Code point behind the last"),
            }
        ),
        description="Code points of the whole statement, words outside of the marks included",
    )
    speaker = dy.String(
        nullable=True, description="Who said it, by the fullest name in the article; NULL if nothing tells"
    )
    speaker_text = dy.String(nullable=True, description="The words that name the speaker, repaired")
    speaker_start = dy.Int64(nullable=True, description="First code point of speaker_text in the raw text")
    speaker_end = dy.Int64(nullable=True, description="Code point behind the last")
    cue = dy.String(nullable=True, description="The verb or phrase of saying")
    cue_start = dy.Int64(nullable=True, description="First code point of the cue in the raw text")
    cue_end = dy.Int64(nullable=True, description="Code point behind the last")
    via = dy.List(
        dy.String(), description="Chain of attribution, nearest first: 'RIA Novosti' in 'according to RIA Novosti'"
    )


class _Source(NamedTuple):
    """A source as found, in offsets of the clean text."""

    start: int
    end: int
    cue: tuple[int, int] | None
    name: str | None
    entity: Entity | None
    via: tuple[str, ...]


class _Quote(NamedTuple):
    block: Block
    run: Run
    base: int
    """Where the run's paragraph begins in the clean text."""
    rule: str
    source: _Source | None
    content: tuple[tuple[int, int], ...]
    direct: bool


_LINE = re.compile(r"[^\n]*\S[^\n]*")
_MEDIA = re.compile(
    r"\b(?:Reuters|Associated Press|AP|AFP|Agence France-Presse|BBC|CNN|MSNBC|NBC|CBS|ABC|NPR|PBS|Fox|CNBC|C-SPAN|TASS|Tass|Xinhua|Yonhap|KCNA|"
    r"Interfax|RIA|Sputnik|Bloomberg|Politico|POLITICO|Axios|BuzzFeed|Breitbart|[A-Z]\w+ (?:Times|Post|Journal|News|Herald|Tribune|Press|Today|Magazine|Review|Gazette|Chronicle|Radio|TV|Television|Star|Globe|Guardian|Mail|Observer|Register|Sun))\b"
    r"|\b(?:state media|news agency|newspaper|magazine|reporters|journalists|news conference|press conference|broadcaster|network|television|radio)\b"
)
_TOLD = frozenset("tell inform assure remind brief".split())


class _Article:
    """One article's walk. State: who spoke last, and where."""

    def __init__(self, document: Document, blocks: list[Block]) -> None:
        self.document = document
        self.text = document.clean
        self.cast = Cast(self.text, [(block.start, block.end) for block in blocks])
        self.last: _Source | None = None
        self.last_paragraph = -9
        self.last_open = False
        self.waiting: _Source | None = None

    def walk(self, blocks: list[Block]) -> Iterator[_Quote]:
        """The quotations of the blocks, in order. Headlines, captions and the body each hand on their own speakers."""
        paragraph = 0
        kind = ""
        for block in blocks:
            if block.kind != kind:
                if not {block.kind, kind} <= {"body", "crosshead", "caption"}:
                    self.last = self.waiting = None
                    self.last_open = False
                kind = block.kind
            for line in _LINE.finditer(self.text, block.start, block.end):
                paragraph += 1
                yield from self._paragraph(block, line.start(), line.end(), paragraph)

    def _paragraph(self, block: Block, start: int, end: int, number: int) -> Iterator[_Quote]:
        piece = self.text[start:end]
        runs = quoted_runs(piece) if HINT.search(piece) else []
        if not runs:
            self._plain(piece, start, number)
            return
        folded = Frame(piece, start, runs)
        spoken: _Source | None = None
        for tokens in folded.sentences():
            numbers = [at for at, token in enumerate(tokens) if token.text in FOLDED]
            if not numbers:
                subject = announced(tokens)
                if subject is not None:
                    spoken = self._source(folded, tokens, subject, spoken, number) or spoken
                continue
            found = attribute(tokens)
            for at in numbers:
                run = runs[folded.run_number(tokens[at].start)]
                attribution = found.get(at)
                alone = len(tokens) == len(numbers) or all(token.text in FOLDED or not token.text[0].isalnum() for token in tokens)
                rule, source = "unattributed", None
                if attribution is not None:
                    source = self._source(folded, tokens, attribution, spoken, number)
                    rule = attribution.rule
                elif alone:
                    rule, source = self._handed_on(spoken, run, number)
                elif spoken is not None and at == 0 and _whole(piece, run):
                    rule, source = "continued", spoken._replace(cue=None)
                if is_work(piece[run.start : run.end], tokens, at, rule):
                    rule, source = "work", None
                if source is not None and block.kind != "caption":
                    spoken = source
                    self.last, self.last_paragraph, self.last_open = source, number, not run.closed
                direct = alone or rule in ("said_after", "said_before", "colon", "quoted_by") and _whole(piece, run)
                yield _Quote(block, run, start, rule, source, _content(folded, tokens, at, run, direct), direct)
        self.waiting = None
        if piece.rstrip().endswith(":"):
            self.waiting = spoken
        if self.last_paragraph == number:
            self.last_open = not runs[-1].closed

    def _handed_on(self, spoken: _Source | None, run: Run, number: int) -> tuple[str, _Source | None]:
        """A run that stands alone: who spoke before it goes on, in this paragraph or from the one before."""
        if spoken is not None:
            return "continued", spoken._replace(cue=None)
        if self.waiting is not None:
            return "announced", self.waiting
        if self.last is not None and self.last_paragraph >= number - 2:
            return "continued_paragraph", self.last._replace(cue=None)
        return "unattributed", None

    def _plain(self, piece: str, start: int, number: int) -> None:
        """A paragraph without marks: whom it leaves as the next speaker, where it ends with a colon or names one."""
        self.waiting = None
        if piece[-1] not in ".:!?…,":
            return
        folded = Frame(piece, start, [])
        sentences = folded.sentences()
        for tokens in reversed(sentences[-2:]):
            subject = announced(tokens)
            if subject is not None:
                self.waiting = self._source(folded, tokens, subject, None, number)
                return
        tokens = sentences[-1]
        named = subject_of(tokens)
        if named is not None:
            source = self._source(folded, tokens, Attribution("announced", named, (named[1] - 1, named[1])), None, number)
            if source is not None and (source.entity is not None or piece[-1] == ":"):
                self.waiting = source._replace(cue=None)

    def _source(self, folded: Frame, tokens: list[Token], found: Attribution, spoken: _Source | None, number: int) -> _Source | None:
        if found.source is None:
            return None  # a passive without its agent
        first, past = found.source
        start = folded.at(tokens[first].start)
        end = folded.at(tokens[past - 1].end - 1) + 1
        cue = (folded.at(tokens[found.cue[0]].start), folded.at(tokens[found.cue[1] - 1].end - 1) + 1)
        via = []
        for piece in found.via:
            via_start, via_end = folded.at(tokens[piece[0]].start), folded.at(tokens[piece[1] - 1].end - 1) + 1
            via.append(self._outlet(via_start, via_end))
        name, entity = self._who(folded, tokens, found.source, start, end, spoken, number)
        return _Source(start, end, cue, name, entity, tuple(via))

    def _outlet(self, start: int, end: int) -> str:
        name, _ = self.cast.name_of(start, end)
        return name or self.text[start:end]

    def _who(self, folded: Frame, tokens: list[Token], piece: tuple[int, int], start: int, end: int, spoken: _Source | None, number: int) -> tuple[str | None, Entity | None]:
        first = tokens[piece[0]]
        if piece[1] - piece[0] == 1 and first.low in PRONOUNS:
            entity = self._pronoun(first.low, folded, tokens, start, spoken, number)
            return (entity.name, entity) if entity else (None, None)
        return self.cast.name_of(start, end)

    def _pronoun(self, pronoun: str, folded: Frame, tokens: list[Token], at: int, spoken: _Source | None, number: int) -> Entity | None:
        """Whom *he* or *she* means: the speaker so far, else the one named first in this sentence or the one before."""
        if pronoun not in ("he", "she", "who"):
            return None
        gender = {"he": "m", "she": "f"}.get(pronoun)

        def fits(entity: Entity | None) -> bool:
            return entity is not None and (gender is None or entity.gender in (None, gender))

        sentence_start = folded.at(tokens[0].start)
        for mention in self.cast.between(sentence_start, at):
            if fits(mention.entity) and self.text[mention.end : mention.end + 2] not in ("'s", "’s"):
                return mention.entity
        if spoken is not None and fits(spoken.entity):
            return spoken.entity
        named = [mention.entity for mention in self.cast.between(folded.base, sentence_start) if fits(mention.entity)]
        if named:
            return named[0]
        if self.last is not None and self.last_paragraph >= number - 3 and fits(self.last.entity):
            return self.last.entity
        for mention in self.cast.before(at, 30):
            if fits(mention.entity):
                return mention.entity
        return None


def _whole(piece: str, run: Run) -> bool:
    """Whether the run reads as a whole statement: a capital letter first, and an end."""
    first = next((character for character in piece[run.start : run.end] if character.isalnum()), "")
    return first.isupper() or first.isdigit()


def _content(folded: Frame, tokens: list[Token], at: int, run: Run, direct: bool) -> tuple[tuple[int, int], ...]:
    return ((folded.base + run.start, folded.base + run.end),)


def _rows(document: Document) -> Iterator[tuple[Any, ...]]:
    if HINT.search(document.clean) is None:
        return
    blocks = document.factual()
    if not any(HINT.search(document.clean, block.start, block.end) for block in blocks):
        return
    rules = load_rules("quotes")
    text = document.text
    for quote in _Article(document, blocks).walk(blocks):
        start, end = document.span(quote.base + quote.run.start, quote.base + quote.run.end)
        words = text.repaired(start, end)
        source = quote.source
        speaker = document.span(source.start, source.end) if source else None
        cue = document.span(*source.cue) if source and source.cue else None
        rule = rules[quote.rule]
        yield (
            f"quote:{document.capture_id[:16]}:{start}-{end}", document.capture_id, document.publication_date,
            quote.block.block_no, quote.block.kind, words, start, end, rule.rule_id, rule.confidence,
            words, "direct" if quote.direct else "mixed",
            [dict(zip(("start", "end"), document.span(*span), strict=True)) for span in quote.content],
            source.name if source else None,
            text.repaired(*speaker) if speaker else None, speaker[0] if speaker else None, speaker[1] if speaker else None,
            text.repaired(*cue) if cue else None, cue[0] if cue else None, cue[1] if cue else None,
            list(source.via) if source else [],
        )  # fmt: skip


def quotes(documents: Iterable[Document]) -> pl.DataFrame:
    """The quotations of the documents, in order (contract :class:`Quotes`)."""
    return frame(Quotes, (row for document in documents for row in _rows(document)), _COLUMNS)


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "quote", "quote_type", "content_spans", "speaker", "speaker_text", "speaker_start", "speaker_end",
    "cue", "cue_start", "cue_end", "via",
)  # fmt: skip
