"""Actions: who did what to whom, by PLOVER's types of event.

What belongs here: the contract, and rows from the verbs and nouns of action that the readers find. What does not: how clauses are
read (:mod:`pipelines.extract.actions_clauses`, :mod:`actions_verbs`, :mod:`actions_nouns`), whether a deed was done
(:mod:`actions_modality`), and where and when (:mod:`actions_setting`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

import dataframely as dy
import polars as pl

from pipelines.contracts import Fact, frame
from pipelines.document import Block, Document
from pipelines.extract.actions_clauses import Clauses
from pipelines.extract.actions_gate import asked, hits
from pipelines.extract.actions_letters import spell
from pipelines.extract.actions_lexicon import PLOVER
from pipelines.extract.actions_modality import MODALITIES
from pipelines.extract.actions_reading import BY_ACCIDENT, Action, candidates, pairs, read
from pipelines.extract.actions_setting import Setting
from pipelines.extract.actions_words import Words
from pipelines.extract.nounphrases import Piece
from pipelines.extract.times_walk import timed
from pipelines.languages import in_full
from pipelines.rules import load_rules
from pipelines.text import Span


class Actions(Fact):
    """Who did what to whom: an action with its type of event, its place and days, and whether it was done; a row per pair of actor and recipient."""

    __table__ = "facts.actions"

    actor = dy.String(nullable=True, description="The words that name who acts; NULL where the sentence does not tell")
    actor_start = dy.Int64(nullable=True, description="First code point of actor in the raw text")
    actor_end = dy.Int64(nullable=True, description="Code point behind the last")
    actor_name = dy.String(
        nullable=True, description="Who that is by the fullest name in the article, as in facts.mentions"
    )
    verb = dy.String(min_length=1, description="The verb or noun of action in its base form: impose, talks, step down")
    plover_event = dy.Enum(
        PLOVER,
        nullable=True,
        description="PLOVER's type of event; NULL for deeds that it has no type for (bought, won, launched a product)",
    )
    recipient = dy.String(nullable=True, description="The words that name to whom or what it is done")
    recipient_start = dy.Int64(nullable=True, description="First code point of recipient in the raw text")
    recipient_end = dy.Int64(nullable=True, description="Code point behind the last")
    recipient_name = dy.String(nullable=True, description="Who or what that is by the fullest name in the article")
    modality = dy.Enum(
        MODALITIES,
        description="asserted; negated (not, denied, failed to); hypothetical (may, wants to, is accused of); future; historical (a date over 60 days back)",
    )
    place = dy.String(
        nullable=True, description="Where, in the words of the sentence; its span is a place's in facts.mentions"
    )
    place_start = dy.Int64(nullable=True, description="First code point of place in the raw text")
    place_end = dy.Int64(nullable=True, description="Code point behind the last")
    starts_on = dy.Date(
        nullable=True, description="First day of the time expression beside the action (facts.times); NULL without one"
    )
    ends_on = dy.Date(nullable=True, description="Last day of it")

    @dy.rule()
    def somebody_acts_or_is_acted_on(cls) -> pl.Expr:
        """There is an actor, or a recipient."""
        return pl.col("actor").is_not_null() | pl.col("recipient").is_not_null()


_LONGEST = 160
"""Words of the longest sentence that is read: longer ones are lists."""
_CLITIC = re.compile(r"(?<=\w)['’](?:s|ll|d|re|ve)?\Z")
"""What hangs on a name or pronoun: "Israel's", "they'll" """
_BATCH = 256
"""Documents whose texts are searched in one go."""
_FULL_STOP = re.compile(r"(?<![\w.])(?!(?:Inc|Corp|Bros|Ltd)\.)[\w’'-]*(?:[a-z]{3}|[A-Z]{3})\.\Z")
_ASIDE = 8
"""Words in brackets that do not count as a part of their sentence, at most."""
_OF_WORDS_TOO = frozenset(("attack", "attacks", "assaults"))
"""What can be done with words; to assault somebody cannot."""


class _Sentence(NamedTuple):
    """A sentence that was read."""

    number: int
    """Of its document in the batch"""
    block: Block
    span: Span
    clauses: Clauses
    actions: list[Action]


def _read(documents: list[Document]) -> Iterator[_Sentence]:
    """The sentences of the documents that tell of actions, in order. Step by step over all of them: a third cheaper than one by one."""
    found = [
        (number, block, span)
        for number, (document, places) in enumerate(zip(documents, hits([one.clean for one in documents]), strict=True))
        if places
        for block in document.factual()
        for span in asked(document, block, places)
    ]
    texts = [document.clean for document in documents]
    tokens = [
        Words(texts[number], span.start, span.end - 1 if texts[number][span.end - 1] == "." else span.end)
        for number, _, span in found
    ]
    for one, (number, _, span) in zip(tokens, found, strict=True):
        if texts[number].find("(", span.start, span.end) >= 0:
            _set_aside(one)
    spelled = [spell(one) if len(one) <= _LONGEST else "" for one in tokens]
    for (number, block, span), words, letters in zip(found, tokens, spelled, strict=True):
        places = candidates(words, letters) if letters else None
        if places:
            clauses = Clauses(words, letters)
            told = read(clauses, places)
            if told:
                yield _Sentence(number, block, span, clauses, told)


def _set_aside(tokens: Words) -> None:
    """Take short words in brackets out of a sentence: "Ann Lee (D-Ohio) and Tom Hale"."""
    texts = [token.text for token in tokens]
    closing = len(texts)
    for at in range(len(texts) - 1, 0, -1):
        if texts[at] == ")":
            closing = at
        elif texts[at] == "(" and closing - at <= _ASIDE:
            tokens.leave_out(at, closing + 1)
            closing = len(texts)


def _rows(document: Document, setting: Setting, told: list[_Sentence]) -> Iterator[tuple[Any, ...]]:
    rules = load_rules("actions")
    text = document.text
    short = document.capture_id[:16]
    seen: set[tuple[int, int]] = set()
    for _, block, (low, high), clauses, found in told:
        for action in found:
            first = clauses.tokens.start(action.start)
            start, end = document.span(first, clauses.tokens.end(action.end - 1))
            if (start, end) in seen:
                continue
            seen.add((start, end))
            place = setting.place(clauses, action.at, action.recipient, action.verb, low, high)
            time = setting.time(clauses, action.at, low, high)
            where = document.span(place.start, place.end) if place else None
            rule = rules[action.rule]
            shared = (
                text.repaired(*where) if where else None, *(where or (None, None)),
                time.starts_on if time else None, time.ends_on if time else None,
            )  # fmt: skip
            event, modality = _event(setting, clauses, action, first), setting.dated(action.modality, time)
            parties = chain.from_iterable(
                _parties(document, setting, clauses, *pair, low, action.event) for pair in pairs(clauses, action)
            )
            for number, (actor, recipient) in enumerate(parties, 1):
                yield (
                    f"action:{short}:{start}-{end}" + (f":{number}" if number > 1 else ""),
                    document.capture_id, document.publication_date, block.block_no, block.kind,
                    text.repaired(start, end), start, end, rule.rule_id, rule.confidence,
                    *actor, action.verb, event, *recipient, modality, *shared,
                )  # fmt: skip


def _event(setting: Setting, clauses: Clauses, action: Action, start: int) -> str | None:
    """The type of event: an attack may be one of words, and who was killed may have been killed by an accident."""
    if action.event != "ASSAULT":
        return action.event
    if (
        action.verb in _OF_WORDS_TOO
        and action.rule != "gerund"
        and setting.is_verbal(clauses, action.at, (action.recipient, action.actor))
    ):
        return "ACCUSE"
    if action.actor is None and action.verb in BY_ACCIDENT and setting.is_accident(start):
        return None
    return action.event


_Party = tuple[str | None, int | None, int | None, str | None]
"""The words, raw span and name of an actor or recipient."""


def _parties(
    document: Document, setting: Setting, clauses: Clauses, actor: Piece | None, recipient: Piece | None, sentence: int,
    event: str | None,
) -> Iterator[tuple[_Party, _Party]]:  # fmt: skip
    """Actor and recipient by name: *they* may be two, who meet each other, or each do what they do."""
    one, other = (_party(document, setting, clauses, piece, sentence) for piece in (actor, recipient))
    two = None
    if actor is not None and one[3] is None:
        two = setting.names.pair(clauses.tokens.start(actor[0]), clauses.tokens.end(actor[1] - 1), sentence)
    if two is None:
        yield one, other
    elif event == "CONSULT" and recipient is None:
        yield (*one[:3], two[0]), (*one[:3], two[1])
    else:
        for name in two:
            yield (*one[:3], name), other


def _party(document: Document, setting: Setting, clauses: Clauses, piece: Piece | None, sentence: int) -> _Party:
    if piece is None:
        return None, None, None, None
    start, end = clauses.tokens.start(piece[0]), clauses.tokens.end(piece[1] - 1)
    clitic = _CLITIC.search(document.clean, max(start, end - 3), end)
    if clitic:
        end = clitic.start()
    elif _FULL_STOP.search(document.clean, max(start, end - 12), end):
        end -= 1  # the full stop in front of closing marks
    first, last = document.span(start, end)
    return document.text.repaired(first, last), first, last, setting.names.name(start, end, sentence)


def actions(documents: Iterable[Document]) -> pl.DataFrame:
    """The actions that the documents' factual blocks tell of, in order (contract :class:`Actions`)."""
    rows: list[tuple[Any, ...]] = []
    todo = iter(documents)
    while batch := list(islice(todo, _BATCH)):
        covered = [document for document in batch if in_full(document.language)]
        times = [found for _, found in timed(covered)]
        for number, told in groupby(_read(covered), attrgetter("number")):
            rows += _rows(covered[number], Setting(covered[number], times[number]), list(told))
    return frame(Actions, rows, _COLUMNS)


_COLUMNS = (
    "fact_id", "capture_id", "publication_date", "block_no", "block_kind", "text", "span_start", "span_end", "rule_id",
    "confidence", "actor", "actor_start", "actor_end", "actor_name", "verb", "plover_event", "recipient", "recipient_start",
    "recipient_end", "recipient_name", "modality", "place", "place_start", "place_end", "starts_on", "ends_on",
)  # fmt: skip
