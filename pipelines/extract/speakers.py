"""Who is named as the source of each quoted run of a frame sentence.

What belongs here: the choice among the verbs of saying around a run. What does not: who the named source is
(:mod:`pipelines.extract.people`), and what earlier sentences say (:mod:`pipelines.extract.quotes`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.extract.frames import COMMA_END, EXCLAIMED, FOLDED, FULL_STOP, Token
from pipelines.extract.nounphrases import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NOMINAL,
    PAST,
    PERSONAL,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    Piece,
    is_adverb,
    main_subject,
    skip_helpers,
    subject_after,
    subject_before,
)
from pipelines.extract.speech import Form, forms

_BE = frozenset("is was are were be been being".split())


class Attribution(NamedTuple):
    """A source and its cue, in token numbers of the frame sentence; ``via`` are further sources behind the first."""

    rule: str
    source: Piece | None
    cue: Piece
    via: tuple[Piece, ...] = ()


class _Cue(NamedTuple):
    at: int
    form: Form


_NOUN_HEADS = frozenset("to they we i you who people others some many not two three".split())
_LOOSE_DETERMINERS = frozenset("some many most several few both all this that one another these those".split())


def _is_noun(tokens: list[Token], at: int, form: Form) -> bool:
    """Whether a form such as *report* or *claims* is a noun here."""
    token = tokens[at]
    if form.shape not in ("base", "s"):
        if form.shape == "ing" and at and (tokens[at - 1].low in ("the", "a", "his", "her", "their", "its", "this") or tokens[at - 1].low.endswith("'s")):
            return True
        return token.text[0].isupper() and at > 0
    if at == 0:
        return True
    before = tokens[at - 1]
    low = before.low
    if (low in DETERMINERS and low not in _LOOSE_DETERMINERS and low != "two") or low.endswith(("'s", "s'")) or low in PREPOSITIONS - {"to"}:
        return True
    if form.shape == "base":
        # A bare form is a verb behind "to", a helper, a plural or "they".
        if low in ("and", "or"):
            return form.verb not in _REPORTING
        return not (low in _NOUN_HEADS or low in AUXILIARIES or is_adverb(before) or (low.endswith("s") and low not in ("this", "its", "his")) or (before.text in ",)—" and form.verb in ("say", "argue")))
    if form.verb not in NOMINAL:
        return False
    if low in PRONOUNS or low in AUXILIARIES or is_adverb(before) or before.text in ",—–)" or before.text in FOLDED:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.text in ".":
        return not any(token.text in FOLDED for token in tokens[max(0, at - 9) : at])
    if following.low in PREPOSITIONS - {"to"} or following.low in AUXILIARIES or following.low in CONJUNCTIONS or following.text in ",;)":
        return True
    if before.text[0].isupper():
        return False
    # "the new report notes", but "humanitarian issues".
    return not any(tokens[back].low in DETERMINERS for back in range(max(0, at - 4), at - 1))


def cues(tokens: list[Token]) -> list[_Cue]:
    """The verbs of saying of the sentence, in order."""
    table = forms()
    found = []
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        form = table.get(token.low)
        if form is None or (token.text[0].isupper() and at):
            continue
        if form.verb in _PHRASAL and not (at < last and tokens[at + 1].low == _PHRASAL[form.verb] and form.shape in ("past", "s")):
            continue
        if form.takes == "naming" and form.shape in ("past", "participle") and at and at < last and tokens[at + 1].text in FOLDED and tokens[at - 1].text[0].islower() and tokens[at - 1].low not in PRONOUNS and not is_adverb(tokens[at - 1]) and tokens[at - 1].low not in AUXILIARIES and form.verb in ("call", "dub", "name", "label", "term"):
            continue  # "a show called “…”": a name, nobody's statement
        if not _is_noun(tokens, at, form):
            found.append(_Cue(at, form))
    return found


_PHRASAL = {"put": "it", "go": "on"}
"""Verbs that are verbs of saying only with this word behind them."""


def according(tokens: list[Token]) -> list[tuple[int, Piece]]:
    """Where the sentence says *according to*, and whom it names."""
    found = []
    for at in range(len(tokens) - 2):
        if tokens[at].low == "according" and tokens[at + 1].low == "to":
            named = subject_after(tokens, at + 2, len(tokens))
            if named is not None:
                found.append((at, named))
    return found


def _after(tokens: list[Token], run: int, following: int, spoken: list[_Cue]) -> Attribution | None:
    """“…,” she said / said Ann Lee / Ann Lee, a farmer, said."""
    at = run + 1
    while at < following and tokens[at].text in (",", "—", "–", "-"):
        at += 1
    if at >= following:
        return None
    cue_at = next((cue for cue in spoken if cue.at >= at), None)
    if cue_at is None or cue_at.at >= following:
        return _any_verb(tokens, run, at, following)
    cue, form = cue_at
    between = [token for token in tokens[at:cue]]
    if all(is_adverb(token) or token.low in AUXILIARIES for token in between):
        if form.shape in ("past", "s") and form.takes != "naming":
            named = subject_after(tokens, cue + 1, following)
            if named is not None:
                return Attribution("said_after", named, (cue, cue + 1))
        return None
    if form.shape not in ("past", "s", "base", "participle"):
        if not (form.shape == "ing" and between and between[-1].low in _BE):
            return None
    first = tokens[at]
    if first.low in PREPOSITIONS or first.low in SUBORDINATORS or first.low in AUXILIARIES or first.low in ("and", "or", "but", "which", "who", "to"):
        return None
    end, _ = skip_helpers(tokens, cue - 1, at)
    if end < at:
        return None
    if first.low in PRONOUNS and first.low not in DETERMINERS:
        return Attribution("said_after", (at, at + 1), (cue, cue + 1)) if end == at else None
    commas = [number for number in range(at, end + 1) if tokens[number].text in (",", "—", "–")]
    if commas and commas[-1] != end and len(commas) % 2:
        return None
    if any(token.low in AUXILIARIES for token in tokens[at : commas[0] if commas else end + 1]):
        return None
    if not commas and end - at > 12:
        return None
    return Attribution("said_after", (at, end + 1 if end not in commas else end), (cue, cue + 1))


def _subjects(tokens: list[Token], spoken: list[_Cue]) -> list[Piece | None]:
    """The subject of each verb of saying, left to right; a participle or second verb takes that of the verb before it."""
    found: list[Piece | None] = []
    earlier: Piece | None = None
    # A verb inside of a leading clause ("When Lee asked, Reed …") lends its subject to no later verb.
    lead = tokens[0].low in SUBORDINATORS or tokens[0].low in PREPOSITIONS
    leading_to = next((at for at, token in enumerate(tokens) if token.text == ","), 0) if lead else 0
    for at, form in spoken:
        named = _inverted(tokens, at, form) or subject_before(tokens, at, 0, form.shape, earlier)
        found.append(named)
        if named is not None and form.shape in ("past", "s", "base", "participle") and at >= leading_to:
            earlier = named
    return found


def _inverted(tokens: list[Token], at: int, form: Form) -> Piece | None:
    """The subject behind the verb: "…,” said Ann Lee; the trouble, says Ann Lee, is."""
    if form.shape not in ("past", "s") or form.takes not in ("statement", "question") or at == 0:
        return None
    before = tokens[at - 1]
    if before.text not in FOLDED and before.text != ",":
        return None
    named = subject_after(tokens, at + 1, len(tokens))
    if named is None or tokens[named[0]].text[0].islower() and tokens[named[0]].low not in DETERMINERS:
        return None
    if before.text in FOLDED:
        return named
    past = named[1]
    closed = past >= len(tokens) or tokens[past].text in (",", ".", ":") or tokens[past].text in FOLDED
    comma = next((number for number in range(at - 2, -1, -1) if tokens[number].text == "," or tokens[number].text in FOLDED), None)
    return named if closed and comma is None else None


def _any_verb(tokens: list[Token], run: int, at: int, following: int) -> Attribution | None:
    """“…,” he surmised: behind a comma and a name any verb is one of saying."""
    if tokens[run].text not in (COMMA_END, EXCLAIMED) and at == run + 1:
        return None
    past = at
    if tokens[at].low in PERSONAL:
        past += 1
    else:
        while past < following and tokens[past].text[0].isupper() and past - at < 4:
            past += 1
    if past == at or past >= following:
        return None
    verb = tokens[past]
    closed = past + 1 >= following or not tokens[past + 1].text[0].isupper() or tokens[past + 1].text in FOLDED
    if closed and verb.text[0].islower() and verb.low not in AUXILIARIES and (verb.low.endswith("ed") or verb.low in PAST):
        return Attribution("said_after", (at, past), (past, past + 1))
    return None


def _before(tokens: list[Token], run: int, low: int, spoken: list[_Cue], subjects: list[Piece | None]) -> Attribution | None:
    """She said “…” / said that the plan was “…” / called it “…”."""
    choice: Attribution | None = None
    chosen_at = 0
    for number in range(len(spoken) - 1, -1, -1):
        at, form = spoken[number]
        if at >= run:
            continue
        if form.shape == "ing" and tokens[at - 1].low == "as" and number and choice is None:
            continue  # "was quoted as saying": the passive names the source
        named = subjects[number]
        _, helpers = skip_helpers(tokens, at - 1, low)
        if form.shape in ("past", "participle") and helpers & _BE:
            if choice is None:
                choice = _passive(tokens, at, form, run, named)
                chosen_at = at
                if choice is not None and choice.rule == "quoted_by":
                    return choice
            continue
        if named is None:
            continue
        if choice is None:
            close = all(token.text in (",", ":") or is_adverb(token) for token in tokens[at + 1 : run])
            choice = Attribution("said_before" if close or (form.takes == "naming" and run - at <= 3) else "mixed_before", named, (at, at + 1))
            chosen_at = at
            far = run - at > 8 and tokens[at + 1].low != "that"
            if form.takes in ("statement", "question", "naming", "accusing") and form.verb not in _EMBEDDED and not far:
                break
        elif form.verb in _REPORTING and not _breaks(tokens, at, chosen_at):
            # "She said that they hoped for “…”": hoping is a part of what she said.
            return Attribution("mixed_before", named, (at, at + 1))
    return choice


_EMBEDDED = frozenset(
    "agree show find believe think feel hope fear deliver release issue offer promise welcome thank continue begin recognize applaud "
    "advise remind".split()
)
"""Verbs that stand inside of reported speech more often than they report."""
_REPORTING = frozenset(
    "say tell write tweet argue claim note add report suggest insist explain warn state declare announce contend assert acknowledge "
    "concede admit allege maintain reply respond testify recall predict".split()
)
"""Verbs that report what others did and said."""


def _breaks(tokens: list[Token], at: int, later: int) -> bool:
    """Whether another clause begins between two verbs, so that the second is no part of what the first reports."""
    return any(tokens[number].text == ";" or (tokens[number].text == "," and tokens[number + 1].low in ("and", "but", "while")) for number in range(at, later))


def _passive(tokens: list[Token], at: int, form: Form, run: int, named: Piece | None) -> Attribution | None:
    """Was quoted (by local radio) as saying “…”; was called “…” (by the mayor)."""
    if form.verb in ("quote", "cite"):
        by: tuple[Piece, ...] = ()
        if tokens[at + 1].low == "by":
            agent = subject_after(tokens, at + 2, run)
            by = (agent,) if agent else ()
        return Attribution("quoted_by", named, (at, at + 1), by) if named else None
    for number in range(at + 1, len(tokens) - 1):
        if tokens[number].low == "by":
            agent = subject_after(tokens, number + 1, len(tokens))
            if agent is not None:
                return Attribution("passive", agent, (at, at + 1))
    return Attribution("passive", None, (at, at + 1)) if form.takes == "naming" and run - at <= 3 else None


def attribute(tokens: list[Token]) -> dict[int, Attribution]:
    """The attribution of each folded run of the sentence, by its token number; runs without one are left out."""
    runs = [number for number, token in enumerate(tokens) if token.text in FOLDED]
    spoken = cues(tokens)
    subjects = _subjects(tokens, spoken)
    accordings = according(tokens)
    found: dict[int, Attribution] = {}
    low = 0
    for order, run in enumerate(runs):
        following = runs[order + 1] if order + 1 < len(runs) else len(tokens)
        after = _after(tokens, run, following, spoken)
        before = _before(tokens, run, low, spoken, subjects)
        closing = tokens[run].text == COMMA_END and (before is None or before.rule != "said_before")
        sure_after = after is not None and (closing or run == low or tokens[run].text in (FULL_STOP, EXCLAIMED) or order and found.get(runs[order - 1]) is None or before is None)
        chosen = after if sure_after else before or after
        if chosen is None and order and runs[order - 1] in found:
            chosen = found[runs[order - 1]]._replace(rule="same_sentence")
        if chosen is None:
            tail = _tail(tokens, run, spoken)
            chosen = tail
        if chosen is None and accordings:
            at, named = accordings[0]
            chosen = Attribution("according_to", named, (at, at + 2))
        elif chosen is not None and accordings:
            at, named = accordings[-1]
            if chosen.source is not None and not (named[0] <= chosen.source[0] < named[1]):
                chosen = chosen._replace(via=(*chosen.via, named))
        if chosen is not None:
            found[run] = chosen
    # A run without a source takes the one that a later run of its sentence has: “…” and “…,” she said.
    for order in range(len(runs) - 2, -1, -1):
        if runs[order] not in found and runs[order + 1] in found:
            found[runs[order]] = found[runs[order + 1]]._replace(rule="same_sentence")
    if runs and runs[0] not in found:
        colon = _colon(tokens, runs[0])
        if colon is not None:
            for run in runs:
                found.setdefault(run, colon)
    return found


def _tail(tokens: list[Token], run: int, spoken: list[_Cue]) -> Attribution | None:
    """The plan is “dead,” and nothing will save it, she said."""
    for at, form in reversed(spoken):
        if at <= run or form.shape not in ("past", "s", "base"):
            continue
        comma = next((number for number in range(at - 1, run, -1) if tokens[number].text == "," or tokens[number].text in FOLDED), None)
        if comma is None:
            continue
        if comma + 1 == at:
            named = subject_after(tokens, at + 1, len(tokens))
        else:
            named = subject_before(tokens, at, comma + 1, form.shape)
        if named is not None:
            return Attribution("said_at_end", named, (at, at + 1))
    return None


def _colon(tokens: list[Token], run: int) -> Attribution | None:
    """Lee: “…”; in the visitors' book Kim left a line: “…”."""
    if run and tokens[run - 1].text == ":":
        named = main_subject(tokens, 0, run - 1)
        if named is not None:
            return Attribution("colon", named, (run - 1, run))
    return None


def announced(tokens: list[Token]) -> Attribution | None:
    """Whom a sentence without a quoted run leaves as the one who speaks next: its first verb of saying names the source."""
    spoken = cues(tokens)
    for (at, form), named in zip(spoken, _subjects(tokens, spoken), strict=True):
        if form.takes in ("statement", "question") and form.verb not in _EMBEDDED and named is not None:
            return Attribution("announced", named, (at, at + 1))
    return None


def subject_of(tokens: list[Token]) -> Piece | None:
    """The main subject of a sentence."""
    return main_subject(tokens, 0, len(tokens))
