"""The subject of a verb, read off the tokens of a frame sentence without a parser.

What belongs here: which noun phrase a verb has as its subject. What does not: which verb, which quotation.
News English is regular here: the subject stands before the verb, perhaps with words set off by commas in between, or
directly behind it; a participle shares the subject of the main clause; *who* stands behind the name it means.
"""

from __future__ import annotations

from pipelines.extract.nounphrases import Piece, chunk_start, noun_phrase_end, trim_left
from pipelines.extract.wordclasses import (
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    TIMES,
    WEEKDAYS,
)
from pipelines.extract.words import Sentence

_GOVERNING = PREPOSITIONS - {"of"}
CONTRACTED = frozenset(["he's", "she's", "it's", "who's", "they're", "we're", "i'm", "you're"])
"""A pronoun and its helper verb in one word."""


def skip_helpers(tokens: Sentence, at: int, low: int) -> tuple[int, set[str]]:
    """The last token left of a verb that is neither auxiliary nor adverb, and the helpers that were skipped."""
    helpers: set[str] = set()
    while at >= low:
        token = tokens[at]
        if token.auxiliary or (token.adverb and not (token.low in WEEKDAYS and at == low)):
            helpers.add(token.low)
            at -= 1
        elif token.low == "yet" and at > low and (tokens[at - 1].auxiliary or tokens[at - 1].low == "not"):
            at -= 1  # "has not yet said"
        elif (
            token.low in ("both", "each", "all")
            and at > low
            and tokens[at - 1].letter
            and tokens[at - 1].low not in CONJUNCTIONS
        ):
            at -= 1  # "Lee and Reed both said"
        else:
            break
    return at, helpers


def _appositive_like(tokens: Sentence, start: int, end: int) -> bool:
    first = tokens[start]
    if first.text[0].isdigit() or first.low in DETERMINERS or first.low in RELATIVES or first.low in PREPOSITIONS:
        return True
    if first.low in PRONOUNS:
        return False
    if first.text in ("Jr", "Jr.", "Sr.", "Sr", "II", "III", "D", "R"):
        return True
    if first.low in ("now", "then", "once", "himself", "herself", "along", "speaking", "who", "including", "like"):
        return True
    return first.small


def _behind_commas(tokens: Sentence, comma: int, low: int) -> Piece | None:
    """The subject that an inserted phrase divides from its verb: "Lee, a farmer from Ohio, said"."""
    chunks: list[Piece] = []
    end = comma
    while end > low and len(chunks) < 8:
        start = end
        while start > low and tokens[start - 1].text not in (",", ";", ":", "—", "–") and not tokens[start - 1].folded:
            start -= 1
        if start < end:
            chunks.append((start, end))
        if start == low or start - 1 == low:
            break
        if tokens[start - 1].folded:
            end = start - 1  # "the author of “…,” said"
        elif tokens[start - 1].text in (",", "—", "–"):
            end = start - 1
        else:
            break
    for number, (start, end) in enumerate(chunks):
        left = chunks[number + 1] if number + 1 < len(chunks) else None
        if left is not None and _appositive_like(tokens, start, end):
            if tokens[start].low not in DETERMINERS:
                continue
            first = tokens[left[0]]
            leads = first.low in PREPOSITIONS or first.low in SUBORDINATORS or first.adverb or first.low.endswith("ing")
            if not leads:
                continue
        elif (
            left is not None
            and end - start <= 2
            and _lone_name(tokens, start, end)
            and number + 2 < len(chunks)
            and (
                tokens[left[0]].low in ("a", "an", "whose", "who")
                or (tokens[left[0]].low == "the" and _is_name(tokens, *chunks[number + 2]))
            )
        ):
            # "Ann Lee, a lawyer in Denver, Colorado, said": the place follows an inserted phrase, it is not the subject.
            continue
        elif (
            left is not None
            and number == 0
            and number + 2 < len(chunks)
            and _lone_name(tokens, start, end)
            and tokens[left[0]].low in PREPOSITIONS
            and tokens[left[1] - 1].capital
            and tokens[chunks[2][0]].capital
            and tokens[chunks[2][0]].low not in PREPOSITIONS
        ):
            continue  # "Ann Lee, at a meeting in Denver, Colorado, said"
        inner = chunk_start(tokens, end, start)
        return trim_left(tokens, inner if inner < end else start, end), comma
    return (chunks[-1][0], comma) if chunks else None


def _lone_name(tokens: Sentence, start: int, end: int) -> bool:
    return all(token.capital or not token.letter for token in tokens[start:end])


def _is_name(tokens: Sentence, start: int, end: int) -> bool:
    """Whether the words are two or more with capital letters, and no "On Monday"."""
    first = tokens[start]
    return end - start > 1 and _lone_name(tokens, start, end) and first.low not in PREPOSITIONS and not first.adverb


def _body_start(tokens: Sentence, low: int, high: int) -> int:
    """Behind a dateline: "WASHINGTON, Dec. 8 (UPI) — The"."""
    if low == 0 and tokens[0].text.isupper() and len(tokens[0].text) > 2:
        for at in range(1, min(high, 14)):
            if tokens[at].text in ("—", "–") or (tokens[at].text == "-" and not tokens.touches(at)):
                return at + 1
    return low


_LEAD = 200  # tokens before a subject, at most: a sentence that has none by then is a list


def main_subject(tokens: Sentence, low: int, high: int) -> Piece | None:
    """The subject of the main clause in ``[low, high)``: the first noun phrase that opens a chunk between commas and has a verb."""
    low = _body_start(tokens, low, high)
    high = min(high, low + _LEAD)
    after_lead = False
    fallback: Piece | None = None
    at = low
    while at < high:
        end = at
        while end < high and tokens[end].text not in (",", ";", "—", "–"):
            end += 1
        start = at
        while (
            start < end
            and (tokens[start].low in CONJUNCTIONS or tokens[start].adverb or tokens[start].mark)
            and not tokens[start].folded
        ):
            start += 1
        if start < end and not tokens[start].folded:
            first = tokens[start]
            low_word = first.low
            lead = (
                low_word in PREPOSITIONS
                or low_word in SUBORDINATORS
                or low_word.endswith("ing")
                or (low_word.endswith("ed") and start == low)
                or low_word in RELATIVES
                or low_word == "to"
            )
            lead = lead or (end < high and end - start <= 4 and any(token.low in TIMES for token in tokens[start:end]))
            if lead:
                after_lead = True
            else:
                past = noun_phrase_end(tokens, start, end)
                if after_lead and end - start == 1 and first.capital and start > low + 1 and tokens[start - 2].capital:
                    past = start  # the state behind a place: "In Denver, Colo., the mayor said"
                if past > start:
                    verb = past < end
                    following = tokens[end + 1] if end + 1 < high else None
                    inserted = following is not None and (
                        following.text[0].isdigit() or following.low in DETERMINERS or following.low in RELATIVES
                    )
                    if verb or inserted or not after_lead:
                        return start, past
                    fallback = fallback or (start, past)
        at = end + 1
    return fallback


def subject_before(tokens: Sentence, cue: int, low: int, shape: str, earlier: Piece | None = None) -> Piece | None:
    """The subject of the verb at ``cue``, looked for in ``[low, cue)``.

    ``earlier`` is the subject of the nearest verb of saying before it, which a participle or a second verb shares.
    """
    at, helpers = skip_helpers(tokens, cue - 1, low)
    if at < low:
        return None
    token = tokens[at]
    if token.low in CONTRACTED:
        return at, at + 1
    if shape == "ing" and not helpers & {"is", "was", "are", "were", "been", "be"}:
        for back in range(at, low - 1, -1):
            if tokens[back].text in (",", ";"):
                break
            if tokens[back].low == "with" and back < at:
                return back + 1, at + 1
        if token.capital and token.low not in TIMES:
            # "heard Ann Lee telling": the name stands right before the participle.
            start = at
            while start > low and tokens[start - 1].capital:
                start -= 1
            if start > low and tokens[start - 1].low not in _GOVERNING:
                return start, at + 1
        return earlier or main_subject(tokens, low, at + 1)
    if token.low == "to" or token.low in CONJUNCTIONS:
        return earlier or main_subject(tokens, low, at)
    if token.low in RELATIVES or (
        token.low == "that" and at > low and tokens[at - 1].letter and not tokens[at - 1].finite
    ):
        end = at
        while end > low and tokens[end - 1].text in (",", "—", "–", "-"):
            end -= 1
        start = trim_left(tokens, chunk_start(tokens, end, low), end) if end > low else at
        return min(start, at), at + 1
    if token.text in (",", "—", "–", "-"):
        return _behind_commas(tokens, at, low)
    if token.text == ")":
        return trim_left(tokens, chunk_start(tokens, at + 1, low), at + 1), at + 1
    if token.folded or token.mark:
        return (earlier or main_subject(tokens, low, at)) if token.folded else None
    if token.low in PRONOUNS:
        return at, at + 1
    start = chunk_start(tokens, at + 1, low)
    if start > at:
        return earlier or main_subject(tokens, low, at)
    return trim_left(tokens, start, at + 1), at + 1
