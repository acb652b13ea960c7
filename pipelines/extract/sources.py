"""Sources that no verb of saying beside the run names: the owner of a claim, a view, a label with a colon.

What belongs here: what an attribution is, and the ways to find one that need no governing verb. What does not: verbs of
saying around a run (:mod:`pipelines.extract.speakers`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.cues import REPORTING, Cue
from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.signs import EXCLAIMED, FULL_STOP
from pipelines.extract.subjects import main_subject, skip_helpers, subject_before
from pipelines.extract.wordclasses import DETERMINERS, PREPOSITIONS, SAID_THINGS, VIEWS
from pipelines.extract.words import Sentence

REACH = 400
"""Words on either side of a run within which its verb is looked for; only a text without full stops has longer sentences."""
_OWNERS = frozenset(["his", "her", "their", "its", "my"])
_DASHES = frozenset("-—–")
_LINKS = frozenset(["of", "for", "de", "van", "von", "and"])
_CONTRACTED = frozenset(["he", "she", "it", "that", "this", "who", "what", "there", "here", "let"])


class Attribution(NamedTuple):
    """A source and its cue, in token numbers of the frame sentence; ``via`` are further sources behind the first."""

    rule: str
    source: Piece | None
    cue: Piece
    via: tuple[Piece, ...] = ()


def _owner(tokens: Sentence, at: int) -> Piece | None:
    """The words that token ``at`` ends as an owner: "her", "Ann Lee's", "the French envoy's"."""
    token = tokens[at]
    if token.low in _OWNERS:
        return at, at + 1
    if not token.low.endswith(("'s", "s'")) or token.low.partition("'")[0] in _CONTRACTED:
        return None
    start = at
    while start and at - start < 4:
        before = tokens[start - 1]
        if before.low in DETERMINERS:
            return start - 1, at + 1
        if not before.letter or before.finite or before.low in PREPOSITIONS or not (before.capital or token.small):
            break
        start -= 1
    return (start, at + 1) if tokens[start].capital else None


def said_thing(tokens: Sentence, run: int) -> Attribution | None:
    """Her claim that it was “…”; Ann Lee's “…” promise; the warning by Ann Lee that “…”: the noun is the cue."""
    if run and run + 1 < len(tokens) and tokens[run + 1].low in SAID_THINGS:
        owner = _owner(tokens, run - 1)
        if owner is not None:
            return Attribution("said_thing", owner, (run + 1, run + 2))
    for at in range(run - 1, max(0, run - 12), -1):
        if tokens[at].text in (",", ";", "—") and at < run - 1:
            return None
        if tokens[at].low not in SAID_THINGS:
            continue
        for back in range(at - 1, max(-1, at - 5), -1):
            owner = _owner(tokens, back)
            if owner is not None:
                return Attribution("said_thing", owner, (at, at + 1))
            if not tokens[back].letter:
                break
        if at + 2 < run and tokens[at + 1].low in ("by", "from"):
            named = subject_after(tokens, at + 2, run)
            if named is not None:
                return Attribution("said_thing", _short(tokens, named), (at, at + 1))
    return None


def _short(tokens: Sentence, piece: Piece) -> Piece:
    """A noun phrase without the clause behind it: "a friend that …", "the mayor to …"."""
    for at in range(piece[0] + 1, piece[1]):
        token = tokens[at]
        if token.low in ("that", "to", "who", "which") or token.finite:
            return piece[0], at
    return piece


def in_view(tokens: Sentence) -> Attribution | None:
    """In Ann Lee's view; in the words of Ann Lee."""
    last = len(tokens) - 1
    for at in tokens.hints:
        if not at or tokens[at].low not in VIEWS:
            continue
        owner = _owner(tokens, at - 1)
        if owner is not None and owner[0] and tokens[owner[0] - 1].low in ("in", "to"):
            return Attribution("in_view", owner, (owner[0] - 1, at + 1))
        if at > 1 and at + 1 < last and tokens[at + 1].low == "of" and tokens[at - 2].low == "in":
            named = subject_after(tokens, at + 2, len(tokens))
            if named is not None:
                return Attribution("in_view", _short(tokens, named), (at - 2, at + 2))
    return None


BE = frozenset(["is", "was", "are", "were", "be", "been", "being"])
_TRIED = 12  # words of saying at the end of a sentence that are tried; no sentence of prose has more


def at_end(tokens: Sentence, run: int, spoken: list[Cue], closed: bool = False) -> Attribution | None:
    """The plan is “dead,” and nothing will save it, she said. ``closed``: the sentence must end with it."""
    for at, form in reversed(spoken[-_TRIED:]):
        if at <= run or form.shape not in ("past", "s", "base"):
            continue
        comma = next(
            (number for number in range(at - 1, run, -1) if tokens[number].text == "," or tokens[number].folded),
            None,
        )
        if comma is None:
            continue
        if comma + 1 == at:
            named = subject_after(tokens, at + 1, len(tokens))
        else:
            _, helpers = skip_helpers(tokens, at - 1, comma + 1)
            if form.shape == "past" and helpers & BE:
                continue  # what was claimed by somebody
            named = subject_before(tokens, at, comma + 1, form.shape)
        if named is not None and (not closed or _closes(tokens, at, comma, named)):
            return Attribution("said_at_end", named, (at, at + 1))
    return None


def _closes(tokens: Sentence, at: int, comma: int, named: Piece) -> bool:
    """Whether a sentence ends with a verb that reports, its subject, and little more."""
    form = tokens[at].form
    if form is None or form.verb not in REPORTING:
        return False
    past = named[1] if comma + 1 == at else at + 1
    return past + _MOST_BEHIND >= len(tokens) and not any(token.finite or token.folded for token in tokens[past:])


_MOST_BEHIND = 5
"""Words behind a verb at the end of a sentence: when and where it was said."""


def label(tokens: Sentence, run: int) -> Attribution | None:
    """Farmers disagree - Ann Lee: “…”; more from Ann Lee: “…”; from the report: “…”: nothing but a name before the colon."""
    if run < 2 or tokens[run - 1].text != ":":
        return None
    named = True
    for at in range(run - 2, max(0, run - 8) - 1, -1):
        token = tokens[at]
        if token.low == "from" or (named and token.text in _DASHES and not (at and tokens.touches(at))):
            return Attribution("colon", (at + 1, run - 1), (run - 1, run)) if at < run - 2 else None
        if not token.letter or token.finite or token.adverb or (token.low in PREPOSITIONS and token.low not in _LINKS):
            return None
        named = named and (token.capital or token.low in _LINKS or token.low in DETERMINERS)
    return None


def colon(tokens: Sentence, run: int) -> Attribution | None:
    """Lee: “…”; in the visitors' book Kim left a line: “…”; Lee shared her fear - “….” at the end of the sentence."""
    closing = run == len(tokens) - 1 and tokens[run].text in (FULL_STOP, EXCLAIMED) and run > 2
    if run and (tokens[run - 1].text == ":" or (closing and tokens[run - 1].text in _DASHES)):
        named = main_subject(tokens, 0, run - 1)
        if named is not None:
            return Attribution("colon", named, (run - 1, run))
    return None
