"""Who is named as the source of each quoted run of a frame sentence.

What belongs here: the choice among the verbs of saying around a run. What does not: who the named source is
(:mod:`pipelines.extract.people`), and what earlier sentences say (:mod:`pipelines.extract.dialogue`).
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from pipelines.extract.cues import EMBEDDED, REPORTING, Cue, according, cues, subjects
from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.signs import COMMA_END, EXCLAIMED, FULL_STOP, OPEN_END
from pipelines.extract.sources import BE, REACH, Attribution, at_end, colon, in_view, label, said_thing
from pipelines.extract.speech import Form
from pipelines.extract.statements import repeater
from pipelines.extract.subjects import main_subject, skip_helpers
from pipelines.extract.wordclasses import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PAST,
    PERSONAL,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from pipelines.extract.words import Sentence, Token

_AT = attrgetter("at")
_TRIED = 12  # words of saying before a run that are tried; no sentence of prose has more


_FOCUSING = frozenset(["even", "just", "only", "especially", "particularly"])
"""Words before the one that says what a clause is: even if, just as."""
_BEGINNING = PRONOUNS | DETERMINERS
"""Small words that a subject can begin with, directly behind a run without a mark at its end."""


def _after(tokens: Sentence, run: int, following: int, spoken: list[Cue]) -> Attribution | None:
    """“…,” she said / said Ann Lee / Ann Lee, a farmer, said."""
    at = run + 1
    while at < following and tokens[at].text in (",", "—", "–", "-"):
        at += 1
    if at >= following:
        return None
    number = bisect_left(spoken, at, key=_AT)
    cue_at = spoken[number] if number < len(spoken) else None
    if cue_at is None or cue_at.at >= following:
        return _any_verb(tokens, run, at, following)
    cue, form = cue_at
    between = list(tokens[at:cue])
    if all(token.adverb or token.low in AUXILIARIES for token in between):
        if form.shape in ("past", "s") and form.takes != "naming":
            named = subject_after(tokens, cue + 1, following)
            if named is not None:
                return Attribution("said_after", named, (cue, cue + 1))
        return None
    progressive = form.shape == "ing" and between and between[-1].low in BE
    if form.shape not in ("past", "s", "base", "participle") and not progressive:
        return None
    first = tokens[at]
    if first.capital and at + 1 == cue and tokens[run].text == COMMA_END and form.shape == "past":
        return Attribution(
            "said_after", (at, cue), (cue, cue + 1)
        )  # even where it looks like a small word: From, Will, Long
    if tokens[run].text == OPEN_END and at == run + 1 and first.small and first.low not in _BEGINNING:
        return None  # the noun that the run is an adjective of: an “…” answer to what she said
    opening = tokens[at + 1].low if first.low in _FOCUSING and at + 1 < cue else first.low
    if (
        opening in PREPOSITIONS
        or opening in SUBORDINATORS
        or first.low in AUXILIARIES
        or first.low in ("and", "or", "but", "which", "who", "to")
    ):
        return None
    end, helpers = skip_helpers(tokens, cue - 1, at)
    if end < at:
        return None
    if form.verb in ("quote", "cite") and helpers & BE:
        return _passive(tokens, cue, form, following, (at, end + 1))
    if first.low in PRONOUNS and first.low not in DETERMINERS:
        return Attribution("said_after", (at, at + 1), (cue, cue + 1)) if end == at else None
    commas = [number for number in range(at, end + 1) if tokens[number].text in (",", "—", "–")]
    if commas and commas[-1] != end and len(commas) % 2:
        return None
    if any(
        token.low in AUXILIARIES or token.low in _OTHER_CLAUSE
        for token in tokens[at : commas[0] if commas else end + 1]
    ):
        return None
    if not commas and end - at > 12:
        return None
    return Attribution("said_after", (at, end + 1 if end not in commas else end), (cue, cue + 1))


def _any_verb(tokens: Sentence, run: int, at: int, following: int) -> Attribution | None:
    """“…,” he surmised: behind a comma and a name any verb is one of saying."""
    if tokens[run].text not in (COMMA_END, EXCLAIMED) and at == run + 1:
        return None
    past = at
    if tokens[at].low in PERSONAL:
        past += 1
    else:
        while past < following and tokens[past].capital and past - at < 4:
            past += 1
    if past == at or past >= following:
        return None
    verb = tokens[past]
    closed = past + 1 >= following or not tokens[past + 1].capital or tokens[past + 1].folded
    if closed and verb.small and verb.low not in AUXILIARIES and (verb.low.endswith("ed") or verb.low in PAST):
        return Attribution("said_after", (at, past), (past, past + 1))
    return None


def _before(
    tokens: Sentence, run: int, low: int, spoken: list[Cue], subjects: list[Piece | None]
) -> Attribution | None:
    """She said “…” / said that the plan was “…” / called it “…”."""
    choice: Attribution | None = None
    chosen_at = 0
    last = bisect_left(spoken, run, key=_AT) - 1
    for number in range(last, max(-1, last - _TRIED), -1):
        at, form = spoken[number]
        if form.shape == "ing" and tokens[at - 1].low == "as" and number and choice is None:
            continue  # "was quoted as saying": the passive names the source
        named = subjects[number]
        _, helpers = skip_helpers(tokens, at - 1, low)
        if form.shape in ("past", "participle") and helpers & BE:
            if choice is None:
                choice = _passive(tokens, at, form, run, named)
                chosen_at = at
                if choice is not None and choice.rule == "quoted_by":
                    return choice
            continue
        if named is None:
            continue
        if choice is None and number and _in_lead(tokens, at, run):
            continue
        if choice is None:
            close = all(token.text in (",", ":") or token.adverb for token in tokens[at + 1 : run])
            choice = Attribution(
                "said_before" if close or (form.takes == "naming" and run - at <= 3) else "mixed_before",
                named,
                (at, at + 1),
            )
            chosen_at = at
            embedded = form.verb in EMBEDDED or bool(helpers & _MODALS)
            far = run - at > 8 and not any(token.low == "that" for token in tokens[at + 1 : at + 7])
            if form.takes in ("statement", "question", "naming", "accusing") and not embedded and not far:
                break
        elif form.verb in REPORTING and not _breaks(tokens, at, chosen_at):
            # "She said that they hoped for “…”": hoping is a part of what she said.
            return Attribution("mixed_before", named, (at, at + 1))
    return choice


_MODALS = frozenset(["would", "could", "should", "might", "must", "can", "will", "may", "shall"])
_OTHER_CLAUSE = frozenset(["while", "after", "when", "before", "since", "although", "though"])


def _is_set_apart(tokens: Sentence, run: int, following: int, before: Attribution, after: Attribution) -> bool:
    """Whether a run belongs to the verb before it, as what stands behind it begins something of its own.

    The main clause behind a leading one: although he told them that the plan was “too dear,” Lee said he would go.
    The cue of the next run: Lee asks, “Why?” Reed replies, “Why not?”
    """
    ends = tokens[run].text
    if ends != COMMA_END and following < len(tokens):
        between = tokens[after.cue[1] : following]
        return any(token.text in (",", ":") for token in between) and all(
            token.mark or token.adverb for token in between
        )
    lead = next((at for at, token in enumerate(tokens[:4]) if token.low in _OTHER_CLAUSE or token.low == "as"), run)
    return lead < before.cue[0] < run and not any(token.text == "," for token in tokens[lead:run])


def _in_lead(tokens: Sentence, at: int, run: int) -> bool:
    """Whether a verb stands in a clause that a comma closes before the run: she said that while he hoped for rain, “…”."""
    comma = next((number for number in range(at + 2, run) if tokens[number].text == ","), None)
    if comma is None:
        return False
    for back in range(at - 1, max(0, at - 8), -1):
        if tokens[back].text == "," or tokens[back].folded:
            return False
        if tokens[back].low in _OTHER_CLAUSE:
            return True
    return False


def _breaks(tokens: Sentence, at: int, later: int) -> bool:
    """Whether another clause begins between two verbs, so that the second is no part of what the first reports."""
    for number in range(at + 1, later):
        token = tokens[number]
        if (
            token.text == ";"
            or token.low in _OTHER_CLAUSE
            or (token.text == "," and tokens[number + 1].low in CONJUNCTIONS)
        ):
            return True
    return False


def _passive(tokens: Sentence, at: int, form: Form, run: int, named: Piece | None) -> Attribution | None:
    """Was quoted (by local radio) as saying “…”; was called “…” (by the mayor)."""
    if form.verb in ("quote", "cite"):
        by: tuple[Piece, ...] = ()
        if at + 2 < run and tokens[at + 1].low == "by":
            agent = subject_after(tokens, at + 2, run)
            by = (_until_as(tokens, agent),) if agent else ()
        return Attribution("quoted_by", named, (at, at + 1), by) if named else None
    for number in range(at + 1, len(tokens) - 1):
        if tokens[number].low == "by":
            agent = subject_after(tokens, number + 1, len(tokens))
            if agent is not None:
                return Attribution("passive", agent, (at, at + 1))
    return Attribution("passive", None, (at, at + 1)) if form.takes == "naming" and run - at <= 3 else None


def _until_as(tokens: Sentence, piece: Piece) -> Piece:
    """The agent of "quoted by local radio as saying" without what follows it."""
    return piece[0], next((at for at in range(piece[0] + 1, piece[1]) if tokens[at].low == "as"), piece[1])


def _is_unsaid(verb: Token) -> bool:
    """Whether a verb tells what somebody thinks or what a thing shows: where the sentence ends with who says so, it is no source."""
    return verb.form is not None and (verb.form.takes == "thought" or verb.form.verb in _SHOWING)


_SHOWING = frozenset(["find", "show", "reflect", "indicate", "read"])


def attribute(tokens: Sentence) -> dict[int, Attribution]:
    """The attribution of each folded run of the sentence, by its token number; runs without one are left out."""
    runs = tokens.folds
    spoken = cues(tokens)
    named_by = subjects(tokens, spoken)
    accordings = according(tokens)
    places = [cue.at for cue in spoken]
    reports = [at for at, form in spoken if form.verb == "report" and form.shape in ("past", "s")]
    viewed = in_view(tokens)
    found: dict[int, Attribution] = {}
    low = 0
    for order, run in enumerate(runs):
        following = runs[order + 1] if order + 1 < len(runs) else len(tokens)
        first, last = bisect_left(places, run - REACH), bisect_left(places, run + REACH)
        near = spoken[first:last]
        after = _after(tokens, run, following, near)
        before = _before(tokens, run, low, near, named_by[first:last])
        closing = tokens[run].text == COMMA_END and (before is None or before.rule != "said_before")
        if after is not None and before is not None and _is_set_apart(tokens, run, following, before, after):
            after = None
        unsaid = before is not None and _is_unsaid(tokens[before.cue[0]])
        if unsaid:
            closing = tokens[run].text == COMMA_END
            before = at_end(tokens, run, near, closed=True) or before
        sure_after = after is not None and (
            closing
            or run == low
            or tokens[run].text in (FULL_STOP, EXCLAIMED)
            or (order and found.get(runs[order - 1]) is None)
            or before is None
        )
        chosen = label(tokens, run) or (after if sure_after else before or after)
        if chosen is None and order and runs[order - 1] in found:
            chosen = found[runs[order - 1]]._replace(rule="same_sentence")
        if chosen is None:
            chosen = said_thing(tokens, run) or at_end(tokens, run, near) or viewed
        if chosen is None and accordings:
            at, named = accordings[0]
            chosen = Attribution("according_to", named, (at, at + 2))
        elif chosen is not None and accordings:
            at, named = accordings[-1]
            if chosen.source is not None and not (named[0] <= chosen.source[0] < named[1]):
                chosen = chosen._replace(via=(*chosen.via, named))
        if chosen is not None:
            if reports and chosen.source is not None:
                media = [repeater(tokens, chosen, at) for at in reports]
                more = tuple(medium for medium in media if medium is not None and medium not in chosen.via)
                chosen = chosen._replace(via=chosen.via + more) if more else chosen
            found[run] = chosen
    # A run without a source takes the one that a later run of its sentence has: “…” and “…,” she said.
    for order in range(len(runs) - 2, -1, -1):
        if runs[order] not in found and runs[order + 1] in found and found[runs[order + 1]].rule != "colon":
            found[runs[order]] = found[runs[order + 1]]._replace(rule="same_sentence")
    if runs and runs[0] not in found:
        titled = colon(tokens, runs[0])
        if titled is not None:
            for run in runs:
                found.setdefault(run, titled)
    return found


def announced(tokens: Sentence) -> Attribution | None:
    """Whom a sentence without a quoted run leaves as the one who speaks next: its first verb of saying names the source."""
    spoken = cues(tokens)
    for (at, form), named in zip(spoken, subjects(tokens, spoken), strict=True):
        if form.takes in ("statement", "question") and form.verb not in EMBEDDED and named is not None:
            return Attribution("announced", named, (at, at + 1))
    return None


def subject_of(tokens: Sentence) -> Piece | None:
    """The main subject of a sentence."""
    return main_subject(tokens, 0, len(tokens)) if tokens else None
