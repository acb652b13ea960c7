"""Verbs of saying in a frame sentence, each with its subject.

What belongs here: telling *the report notes* from *the notes*, and the subject of each verb. What does not: which run a
verb reports (:mod:`pipelines.extract.speakers`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.signs import COMMA_END
from pipelines.extract.speech import Form
from pipelines.extract.subjects import CONTRACTED, subject_before
from pipelines.extract.wordclasses import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NOMINAL,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from pipelines.extract.words import Sentence, Token

_GOVERNING = PREPOSITIONS - {"to"}


class Cue(NamedTuple):
    """A verb of saying: its token number and form."""

    at: int
    form: Form


_NOUN_HEADS = frozenset(
    ["to", "they", "we", "i", "you", "who", "people", "others", "some", "many", "not", "two", "three"]
)


_LOOSE_DETERMINERS = frozenset(
    ["some", "many", "most", "several", "few", "both", "all", "this", "that", "one", "another", "these", "those"]
)


EMBEDDED = frozenset(
    [
        "agree",
        "show",
        "find",
        "believe",
        "think",
        "feel",
        "hope",
        "fear",
        "deliver",
        "release",
        "issue",
        "offer",
        "promise",
        "welcome",
        "thank",
        "continue",
        "begin",
        "recognize",
        "applaud",
        "advise",
        "remind",
    ]
)
"""Verbs that stand inside of reported speech more often than they report."""


REPORTING = frozenset(
    [
        "say",
        "tell",
        "write",
        "tweet",
        "argue",
        "claim",
        "note",
        "add",
        "report",
        "suggest",
        "insist",
        "explain",
        "warn",
        "state",
        "declare",
        "announce",
        "contend",
        "assert",
        "acknowledge",
        "concede",
        "admit",
        "allege",
        "maintain",
        "reply",
        "respond",
        "testify",
        "recall",
        "predict",
    ]
)
"""Verbs that report what others did and said."""


def _ends_frame(tokens: Sentence, at: int) -> bool:
    """Whether a verb closes the words that name a source behind a run: “…,” the report states, “…”."""
    if at + 1 < len(tokens) and tokens[at + 1].text != ",":
        return False
    for back in range(at - 1, max(-1, at - 5), -1):
        if tokens[back].folded:
            return tokens[back].text == COMMA_END and back < at - 1
        if not tokens[back].letter:
            return False
    return False


_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "its"])


def _modifies(before: Token, shape: str) -> bool:
    """Whether the word before a past form or participle makes it an adjective or noun: "the proposed wall", "Lee's proposed wall"."""
    low = before.low
    if low.endswith("'s"):
        return low not in CONTRACTED
    return low in _ARTICLES or (shape == "ing" and low == "this")


_ADJECTIVES = frozenset(["further", "earlier", "long", "only", "early"])
"""Words that stand before nouns as well as before verbs."""


def _is_object(tokens: Sentence, at: int) -> bool:
    """Whether the noun phrase that would end at ``at`` hangs on a verb or a small word: "calling the two long reports “…”"."""
    for back in range(at - 1, max(0, at - 5), -1):
        token = tokens[back]
        if token.low in DETERMINERS and token.low not in ("two", "three", "four"):
            before = tokens[back - 1]
            return (before.form is not None and before.small) or before.low in PREPOSITIONS or before.low == "or"
        if not token.letter:
            return False
    return False


def _is_noun(tokens: Sentence, at: int, form: Form) -> bool:
    """Whether a form such as *report* or *claims* is a noun here."""
    token = tokens[at]
    if form.shape not in ("base", "s"):
        if at and _modifies(tokens[at - 1], form.shape):
            return True
        return token.capital and at > 0
    if at == 0:
        return True
    before = tokens[at - 1]
    low = before.low
    if form.shape == "s" and _ends_frame(tokens, at):
        return False
    if (
        (low in DETERMINERS and low not in _LOOSE_DETERMINERS and low != "two")
        or low.endswith(("'s", "s'"))
        or low in _GOVERNING
    ):
        return True
    if form.shape == "base":
        # A bare form is a verb behind "to", a helper, a plural or "they".
        if low in ("and", "or"):
            return form.verb not in REPORTING
        return not (
            low in _NOUN_HEADS
            or low in AUXILIARIES
            or before.adverb
            or (low.endswith("s") and low not in ("this", "its", "his"))
            or (before.text in ",)—" and form.verb in ("say", "argue"))
        )
    if form.verb not in NOMINAL:
        return False
    if _is_object(tokens, at) and not (at + 1 < len(tokens) and tokens[at + 1].low == "that"):
        return True
    if (
        low in PRONOUNS
        or low in AUXILIARIES
        or (before.adverb and low not in _ADJECTIVES)
        or before.text in ",—–)"
        or before.folded
    ):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.text in ".":
        return not any(token.folded for token in tokens[max(0, at - 9) : at])
    if (
        following.low in _GOVERNING
        or following.low in AUXILIARIES
        or following.low in CONJUNCTIONS
        or following.text in ",;)"
    ):
        return True
    if before.capital:
        return False
    # "the new report notes", but "humanitarian issues".
    return not any(tokens[back].low in DETERMINERS for back in range(max(0, at - 4), at - 1))


def cues(tokens: Sentence) -> list[Cue]:
    """The verbs of saying of the sentence, in order."""
    found = []
    last = len(tokens) - 1
    for at in tokens.hints:
        token = tokens[at]
        form = token.form
        if form is None or (token.capital and at):
            continue
        if form.verb in _PHRASAL and not (
            at < last and tokens[at + 1].low in _PHRASAL[form.verb] and form.shape != "base"
        ):
            continue
        if (
            form.takes == "naming"
            and form.shape in ("past", "participle")
            and at
            and at < last
            and tokens[at + 1].folded
            and tokens[at - 1].small
            and tokens[at - 1].low not in PRONOUNS
            and not tokens[at - 1].adverb
            and tokens[at - 1].low not in AUXILIARIES
            and form.verb in ("call", "dub", "name", "label", "term")
        ):
            continue  # "a show called “…”": a name, nobody's statement
        if not _is_noun(tokens, at, form):
            found.append(Cue(at, form))
    return found


_PHRASAL = {
    "put": ("it",), "go": ("on",), "shoot": ("back",), "fire": ("back",), "hit": ("back",), "talk": ("about", "of"), "speak": ("of",),
}  # fmt: skip
"""Verbs that are verbs of saying only with this word behind them."""


def according(tokens: Sentence) -> list[tuple[int, Piece]]:
    """Where the sentence says *according to*, and whom it names."""
    found = []
    last = len(tokens) - 2
    for at in tokens.hints:
        if tokens[at].low == "according" and at < last and tokens[at + 1].low == "to":
            named = subject_after(tokens, at + 2, len(tokens))
            if named is not None:
                found.append((at, named))
    return found


def subjects(tokens: Sentence, spoken: list[Cue]) -> list[Piece | None]:
    """The subject of each verb of saying, left to right; a participle or second verb takes that of the verb before it."""
    if not spoken:
        return []
    found: list[Piece | None] = []
    earlier: Piece | None = None
    # A verb inside of a leading clause ("When Lee asked, Reed …") lends its subject to no later verb.
    lead = tokens[0].low in SUBORDINATORS or tokens[0].low in PREPOSITIONS
    leading_to = next((at for at, token in enumerate(tokens) if token.text == ","), 0) if lead else 0
    for at, form in spoken:
        named = inverted(tokens, at, form) or subject_before(tokens, at, 0, form.shape, earlier)
        if named is not None and named[0] >= named[1]:
            named = None  # nothing stands between the break before a verb and the verb
        found.append(named)
        if named is not None and form.shape in ("past", "s", "base", "participle") and at >= leading_to:
            earlier = named
    return found


_ADDRESSED = frozenset(
    ["tell", "thank", "inform", "remind", "assure", "reassure", "urge", "notify", "convince", "congratulate"]
)
"""Verbs behind which the one who is spoken to stands, not the one who speaks."""


def inverted(tokens: Sentence, at: int, form: Form) -> Piece | None:
    """The subject behind the verb: "…,” said Ann Lee; the trouble, says Ann Lee, is."""
    if form.shape not in ("past", "s") or form.takes not in ("statement", "question") or form.verb in _ADDRESSED:
        return None
    if at == 0:
        return subject_after(tokens, 1, len(tokens)) if form.shape == "past" else None
    before = tokens[at - 1]
    if not before.folded and before.text != ",":
        return None
    named = subject_after(tokens, at + 1, len(tokens))
    if named is None or (tokens[named[0]].small and tokens[named[0]].low not in DETERMINERS):
        return None
    if before.folded:
        return named
    past = named[1]
    closed = past >= len(tokens) or tokens[past].text in (",", ".", ":") or tokens[past].folded
    comma = next(
        (number for number in range(at - 2, -1, -1) if tokens[number].text == "," or tokens[number].folded),
        None,
    )
    return named if closed and comma is None else None
