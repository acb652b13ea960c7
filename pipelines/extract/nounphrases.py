"""The subject of a verb of saying, read off the tokens of a frame sentence without a parser.

What belongs here: where the words that name a source begin and end. What does not: which verb, which quotation.
News English is regular here: the subject stands before the verb, perhaps with words set off by commas in between, or
directly behind it; a participle shares the subject of the main clause; *who* stands behind the name it means.
"""

from __future__ import annotations

from pipelines.extract.frames import FOLDED, Token
from pipelines.extract.speech import forms
from pipelines.rules import load_toml

_CLASSES = {name: frozenset(words.split()) for name, words in load_toml("reference/en/word_classes.toml").items()}
PRONOUNS = _CLASSES["pronouns"]
PERSONAL = _CLASSES["personal_pronouns"]
DETERMINERS = _CLASSES["determiners"]
AUXILIARIES = _CLASSES["auxiliaries"]
ADVERBS = _CLASSES["adverbs"]
SUBORDINATORS = _CLASSES["subordinators"]
CONJUNCTIONS = _CLASSES["conjunctions"]
PREPOSITIONS = _CLASSES["prepositions"]
RELATIVES = _CLASSES["relatives"]
DOCUMENTS = _CLASSES["documents"]
NOMINAL = _CLASSES["nominal"]
_WEEKDAYS = _CLASSES["weekdays"]
_TIMES = _CLASSES["times"]
PAST = _CLASSES["irregular_past"]
_BREAKS = frozenset(",;:—–()[]-") | FOLDED

Piece = tuple[int, int]
"""Token numbers, end exclusive."""


def is_adverb(token: Token) -> bool:
    """Whether the token may stand between subject and verb without being part of either."""
    low = token.low
    return low in ADVERBS or (low.endswith("ly") and token.text[0].islower() and len(low) > 4)


def _is_auxiliary(token: Token) -> bool:
    # "Will" and "May" are names.
    return token.low in AUXILIARIES and not (token.text[0].isupper() and token.low in ("will", "may", "might"))


def _finite(token: Token) -> bool:
    if _is_auxiliary(token):
        return True
    form = forms().get(token.low)
    return form is not None and form.shape in ("past", "s") and token.text[0].islower()


def skip_helpers(tokens: list[Token], at: int, low: int) -> tuple[int, set[str]]:
    """The last token left of a verb that is neither auxiliary nor adverb, and the helpers that were skipped."""
    helpers: set[str] = set()
    while at >= low:
        token = tokens[at]
        if _is_auxiliary(token) or (is_adverb(token) and not (token.low in _WEEKDAYS and at == low)):
            helpers.add(token.low)
            at -= 1
        elif token.low in ("both", "each", "all") and at > low and tokens[at - 1].text[0].isalpha() and tokens[at - 1].low not in CONJUNCTIONS:
            at -= 1  # "Lee and Reed both said"
        else:
            break
    return at, helpers


def _trim_left(tokens: list[Token], start: int, end: int) -> int:
    """Drop what stands before the noun phrase in ``[start, end)``: conjunctions, adverbs, a leading phrase with a preposition."""
    while start < end - 1:
        token = tokens[start]
        low = token.low
        if (low in CONJUNCTIONS or low in SUBORDINATORS or is_adverb(token) or token.text in "\"'’,") and low not in PRONOUNS:
            start += 1
            continue
        if low in ("that", "so") and tokens[start + 1].low in PRONOUNS | DETERMINERS:
            start += 1
            continue
        if low in PREPOSITIONS:
            # "In a statement Smith": the subject is the last phrase that no preposition leads.
            for at in range(end - 1, start + 1, -1):
                before, here = tokens[at - 1], tokens[at]
                if here.low in PRONOUNS and before.low not in PREPOSITIONS and here.low not in ("that", "this", "one", "all"):
                    return at
                if here.low in DETERMINERS and before.low not in PREPOSITIONS:
                    return at
                if here.text[0].isupper() and not before.text[0].isupper() and before.low not in PREPOSITIONS | DETERMINERS:
                    return at
                if before.low in _WEEKDAYS:
                    return at
            return start
        break
    return start


def _chunk_start(tokens: list[Token], end: int, low: int) -> int:
    """Where the chunk that ends before ``end`` begins: behind the nearest break, conjunction of clauses or other verb."""
    at = end - 1
    while at >= low:
        token = tokens[at]
        text = token.text
        if text in _BREAKS:
            if text == ")" or text == "]":
                # Words in brackets belong to the name before them: (D-Ohio).
                back = at - 1
                while back >= low and tokens[back].text not in "([" and at - back < 12:
                    back -= 1
                if back >= low and tokens[back].text in "([":
                    at = back - 1
                    continue
            if text == "-" and at > low and tokens[at - 1].end == token.start:
                at -= 1
                continue
            break
        if token.low in SUBORDINATORS and not (token.low == "that" and at + 1 == end):
            before = tokens[at - 1] if at > low else None
            if token.low == "that" and before is not None and not _finite(before) and before.low not in PREPOSITIONS and before.text[0].isalpha():
                at -= 1
                continue
            break
        if _finite(token) and not _inside_relative(tokens, at, low):
            break
        at -= 1
    return at + 1


def _inside_relative(tokens: list[Token], at: int, low: int) -> bool:
    """Whether a verb belongs to a *who* clause that no comma sets off, as in "the man who shot him said"."""
    return any(tokens[back].low in ("who", "that", "which") for back in range(at - 1, max(low, at - 6) - 1, -1) if tokens[back].text not in _BREAKS)


def _appositive_like(tokens: list[Token], start: int, end: int) -> bool:
    first = tokens[start]
    if first.text[0].isdigit() or first.low in DETERMINERS or first.low in RELATIVES or first.low in PREPOSITIONS:
        return True
    if first.low in PRONOUNS:
        return False
    if first.text in ("Jr", "Jr.", "Sr.", "Sr", "II", "III", "D", "R"):
        return True
    if first.low in ("now", "then", "once", "himself", "herself", "along", "speaking", "who", "including", "like"):
        return True
    return first.text[0].islower()


def _behind_commas(tokens: list[Token], comma: int, low: int) -> Piece | None:
    """The subject that an inserted phrase divides from its verb: "Lee, a farmer from Ohio, said"."""
    chunks: list[Piece] = []
    end = comma
    while end > low and len(chunks) < 8:
        start = end
        while start > low and tokens[start - 1].text not in (",", ";", ":", "—", "–") and tokens[start - 1].text not in FOLDED:
            start -= 1
        if start < end:
            chunks.append((start, end))
        if start == low or start - 1 == low:
            break
        if tokens[start - 1].text in FOLDED:
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
            leads = first.low in PREPOSITIONS or first.low in SUBORDINATORS or is_adverb(first) or first.low.endswith("ing")
            if not leads:
                continue
        elif left is not None and end - start <= 2 and _lone_name(tokens, start, end) and number + 2 < len(chunks) and tokens[left[0]].low in ("a", "an", "whose", "who"):
            # "Ann Lee, a lawyer in Denver, Colorado, said": the place follows an inserted phrase, it is not the subject.
            continue
        inner = _chunk_start(tokens, end, start)
        return _trim_left(tokens, inner if inner < end else start, end), comma
    return (chunks[-1][0], comma) if chunks else None


def _lone_name(tokens: list[Token], start: int, end: int) -> bool:
    return all(token.text[0].isupper() or not token.text[0].isalpha() for token in tokens[start:end])


def _body_start(tokens: list[Token], low: int, high: int) -> int:
    """Behind a dateline: "WASHINGTON, Dec. 8 (UPI) — The"."""
    if low == 0 and tokens[0].text.isupper() and len(tokens[0].text) > 2:
        for at in range(1, min(high, 14)):
            if tokens[at].text in ("—", "–") or (tokens[at].text == "-" and tokens[at].start > tokens[at - 1].end):
                return at + 1
    return low


def _noun_phrase(tokens: list[Token], at: int, high: int) -> int:
    """Where the noun phrase that begins at ``at`` ends, roughly: before a verb, a preposition other than of/for, a break."""
    start = at
    if tokens[at].low in PERSONAL:
        return at + 1
    while at < high:
        token = tokens[at]
        if token.text in _BREAKS or _is_auxiliary(token) or token.low in SUBORDINATORS or token.low in RELATIVES:
            break
        if at > start:
            if is_adverb(token) or token.low in PREPOSITIONS - {"of", "for"}:
                break
            if token.text[0].islower() and (token.low.endswith("ed") or token.low in PAST or token.low in forms()):
                break
        at += 1
    return at


def main_subject(tokens: list[Token], low: int, high: int) -> Piece | None:
    """The subject of the main clause in ``[low, high)``: the first noun phrase that opens a chunk between commas and has a verb."""
    low = _body_start(tokens, low, high)
    after_lead = False
    fallback: Piece | None = None
    at = low
    while at < high:
        end = at
        while end < high and tokens[end].text not in (",", ";", "—", "–"):
            end += 1
        start = at
        while start < end and (tokens[start].low in CONJUNCTIONS or is_adverb(tokens[start]) or not tokens[start].text[0].isalnum()) and tokens[start].text not in FOLDED:
            start += 1
        if start < end and tokens[start].text not in FOLDED:
            first = tokens[start]
            low_word = first.low
            lead = low_word in PREPOSITIONS or low_word in SUBORDINATORS or low_word.endswith("ing") or (low_word.endswith("ed") and start == low) or low_word in RELATIVES or low_word == "to"
            lead = lead or (end < high and end - start <= 4 and any(token.low in _TIMES for token in tokens[start:end]))
            if lead:
                after_lead = True
            else:
                past = _noun_phrase(tokens, start, end)
                if past > start:
                    verb = past < end
                    following = tokens[end + 1] if end + 1 < high else None
                    inserted = following is not None and (following.text[0].isdigit() or following.low in DETERMINERS or following.low in RELATIVES)
                    if verb or inserted or not after_lead:
                        return start, past
                    fallback = fallback or (start, past)
        at = end + 1
    return fallback


def subject_before(tokens: list[Token], cue: int, low: int, shape: str, earlier: Piece | None = None) -> Piece | None:
    """The subject of the verb at ``cue``, looked for in ``[low, cue)``.

    ``earlier`` is the subject of the nearest verb of saying before it, which a participle or a second verb shares.
    """
    at, helpers = skip_helpers(tokens, cue - 1, low)
    if at < low:
        return None
    token = tokens[at]
    if shape == "ing" and not helpers & {"is", "was", "are", "were", "been", "be"}:
        for back in range(at, low - 1, -1):
            if tokens[back].text in (",", ";"):
                break
            if tokens[back].low == "with" and back < at:
                return back + 1, at + 1
        if token.text[0].isupper() and token.low not in _TIMES:
            # "heard Ann Lee telling": the name stands right before the participle.
            start = at
            while start > low and tokens[start - 1].text[0].isupper():
                start -= 1
            if start > low and tokens[start - 1].low not in PREPOSITIONS - {"of"}:
                return start, at + 1
        return earlier or main_subject(tokens, low, at + 1)
    if token.low == "to" or token.low in CONJUNCTIONS:
        return earlier or main_subject(tokens, low, at)
    if token.low in RELATIVES or (token.low == "that" and at > low and tokens[at - 1].text[0].isalpha() and not _finite(tokens[at - 1])):
        end = at
        while end > low and tokens[end - 1].text in (",", "—", "–", "-"):
            end -= 1
        start = _trim_left(tokens, _chunk_start(tokens, end, low), end) if end > low else at
        return min(start, at), at + 1
    if token.text in (",", "—", "–", "-"):
        return _behind_commas(tokens, at, low)
    if token.text == ")":
        return _trim_left(tokens, _chunk_start(tokens, at + 1, low), at + 1), at + 1
    if token.text in FOLDED or not token.text[0].isalnum():
        return (earlier or main_subject(tokens, low, at)) if token.text in FOLDED else None
    if token.low in PRONOUNS:
        return at, at + 1
    start = _chunk_start(tokens, at + 1, low)
    if start > at:
        return earlier or main_subject(tokens, low, at)
    return _trim_left(tokens, start, at + 1), at + 1


def subject_after(tokens: list[Token], start: int, high: int) -> Piece | None:
    """The noun phrase that begins at ``start`` behind an inverted verb ("said Ann Lee, a farmer")."""
    while start < high and is_adverb(tokens[start]) and tokens[start].low not in _WEEKDAYS:
        start += 1
    if start >= high:
        return None
    first = tokens[start]
    named = first.text[0].isupper() or first.low in DETERMINERS or first.low in PRONOUNS or first.text[0].isalpha()
    if not named or first.low in PREPOSITIONS or first.low in SUBORDINATORS or first.low in ADVERBS or first.text in _BREAKS:
        return None
    if first.low in PRONOUNS - DETERMINERS:
        return start, start + 1
    at = start
    while at < high:
        token = tokens[at]
        if token.text in FOLDED or token.text in ",;:—–.":
            break
        if token.text == "-" and tokens[at - 1].end != token.start:
            break
        if at > start and (token.low in PREPOSITIONS - {"of", "for", "at", "with", "from"} or token.low in SUBORDINATORS):
            break
        if token.low in _WEEKDAYS:
            break
        at += 1
    has_name = any(token.text[0].isupper() for token in tokens[start:at])
    if not has_name and at < high - 1 and tokens[at].text == "," and tokens[at + 1].text[0].isupper():
        # "said the manager, Ann Lee."
        at += 2
        while at < high and tokens[at].text[0].isupper():
            at += 1
    return (start, at) if at > start else None
