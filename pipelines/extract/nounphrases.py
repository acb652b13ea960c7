"""The subject of a verb of saying, read off the tokens of a frame sentence without a parser.

What belongs here: where the words that name a source begin and end. What does not: which verb, which quotation.
News English is regular here: the subject stands before the verb, perhaps with words set off by commas in between, or
directly behind it; a participle shares the subject of the main clause; *who* stands behind the name it means.
"""

from __future__ import annotations

from pipelines.extract.frames import FOLDED, Token
from pipelines.extract.speech import forms

PRONOUNS = frozenset(
    "he she they it i we you who one another some many others both all several few those these this that someone somebody "
    "everyone nobody neither none".split()
)
DETERMINERS = frozenset(
    "a an the this that these those his her their its my our your some many most several few one two three four five six "
    "another both all each every any no".split()
)
AUXILIARIES = frozenset(
    "has have had is was were are be been being will would could can may might must should do does did not never n't "
    "hasn't haven't hadn't isn't wasn't weren't aren't won't wouldn't couldn't can't didn't doesn't don't get gets got".split()
)
ADVERBS = frozenset(
    "also later then now once again recently still even just already often instead thus however always previously first "
    "today yesterday tonight monday tuesday wednesday thursday friday saturday sunday meanwhile only too ever further "
    "soon sometimes simply so perhaps earlier long himself herself themselves itself twice last finally".split()
)
SUBORDINATORS = frozenset(
    "while when as after before because since although though if whether where until unless once than whereas that".split()
)
CONJUNCTIONS = frozenset("and but or yet nor so".split())
PREPOSITIONS = frozenset(
    "in on at of to for from with by about against during through over under into between amid among near around via "
    "toward towards per within without despite like upon across behind beyond following".split()
)
RELATIVES = frozenset("who which whom whose".split())
_BREAKS = frozenset(",;:—–()[]-") | FOLDED
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

Piece = tuple[int, int]
"""Token numbers, end exclusive."""


def is_adverb(token: Token) -> bool:
    """Whether the token may stand between subject and verb without being part of either."""
    low = token.low
    return low in ADVERBS or (low.endswith("ly") and token.text[0].islower() and len(low) > 4)


def _finite(token: Token) -> bool:
    if token.low in AUXILIARIES:
        return True
    form = forms().get(token.low)
    return form is not None and form.shape in ("past", "s") and token.text[0].islower()


def skip_helpers(tokens: list[Token], at: int, low: int) -> tuple[int, set[str]]:
    """The last token left of a verb that is neither auxiliary nor adverb, and the helpers that were skipped."""
    helpers: set[str] = set()
    while at >= low:
        token = tokens[at]
        if token.low in AUXILIARIES or is_adverb(token) and not (token.low in _WEEKDAYS and at == low):
            helpers.add(token.low)
            at -= 1
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
        start = _chunk_start(tokens, end, low)
        if start < end:
            chunks.append((start, end))
        if start - 1 < low or tokens[start - 1].text not in (",", "—", "–", "-", ")", "("):
            break
        end = start - 1
    if not chunks:
        return None
    for number, (start, end) in enumerate(chunks):
        left = chunks[number + 1] if number + 1 < len(chunks) else None
        if left is None:
            return _trim_left(tokens, start, end), comma
        if not _appositive_like(tokens, start, end):
            left_first = tokens[left[0]]
            lone_name = all(token.text[0].isupper() or not token.text[0].isalpha() for token in tokens[start:end])
            # "Ann Lee, a lawyer in Denver, Colorado, said": the place follows an inserted phrase, it is not the subject.
            if lone_name and end - start <= 2 and _appositive_like(tokens, *left) and number + 2 < len(chunks) and left_first.low in ("a", "an"):
                continue
            return _trim_left(tokens, start, end), comma
        if tokens[start].low in DETERMINERS:
            first = tokens[left[0]]
            if first.low in PREPOSITIONS or first.low in SUBORDINATORS or is_adverb(first) or first.low.endswith("ing"):
                return start, comma
    start, _ = chunks[-1]
    return start, comma


def main_subject(tokens: list[Token], low: int, high: int) -> Piece | None:
    """The first noun phrase of the clause in ``[low, high)`` that no preposition or subordinator leads."""
    at = low
    while at < high:
        token = tokens[at]
        lead = token.low in PREPOSITIONS or token.low in SUBORDINATORS or (token.low.endswith(("ing", "ed")) and at == low)
        if lead:
            comma = at
            while comma < high and tokens[comma].text != ",":
                comma += 1
            if comma >= high - 1:
                break
            at = comma + 1
            continue
        if token.low in CONJUNCTIONS or is_adverb(token) or not token.text[0].isalnum():
            at += 1
            continue
        break
    if at >= high:
        return None
    start = at
    if tokens[at].low in PRONOUNS and tokens[at].low not in ("this", "that", "these", "those", "some", "many", "all", "both", "several", "few", "one", "another"):
        return start, start + 1
    while at < high:
        token = tokens[at]
        if token.text in _BREAKS or token.low in AUXILIARIES or token.low in SUBORDINATORS or token.low in RELATIVES:
            break
        if at > start and (is_adverb(token) or token.low in PREPOSITIONS - {"of", "for"}):
            break
        if at > start and token.text[0].islower() and (token.low.endswith("ed") or token.low in forms()):
            break
        if at > start and token.text[0].islower() and tokens[at - 1].text[0].isupper() and tokens[start].text[0].isupper() and at - start > 3:
            break
        at += 1
    return (start, at) if at > start else None


def subject_before(tokens: list[Token], cue: int, low: int, shape: str) -> Piece | None:
    """The subject of the verb at ``cue``, looked for in ``[low, cue)``."""
    at, helpers = skip_helpers(tokens, cue - 1, low)
    if at < low:
        return None
    token = tokens[at]
    if shape == "ing" and not helpers & {"is", "was", "are", "were", "been", "be"}:
        for back in range(at, low - 1, -1):
            if tokens[back].low == "with" and back < at and not any(t.text == "," for t in tokens[back:at]):
                return back + 1, at + 1
        return main_subject(tokens, low, at + 1)
    if token.low == "to" or token.low in CONJUNCTIONS or shape == "base" and token.low in ("to",):
        return main_subject(tokens, low, at)
    if token.low in RELATIVES or (token.low == "that" and at > low and tokens[at - 1].text[0].isalpha() and not _finite(tokens[at - 1])):
        end = at
        while end > low and tokens[end - 1].text in (",", "—", "–", "-"):
            end -= 1
        start = _trim_left(tokens, _chunk_start(tokens, end, low), end) if end > low else at
        return start, at + 1
    if token.text in (",", "—", "–", ")", "-"):
        if token.text == ")":
            start = _chunk_start(tokens, at + 1, low)
            return _trim_left(tokens, start, at + 1), at + 1
        return _behind_commas(tokens, at, low)
    if token.text in FOLDED or not token.text[0].isalnum():
        return main_subject(tokens, low, at) if token.text in FOLDED else None
    if token.low in PRONOUNS:
        return at, at + 1
    start = _chunk_start(tokens, at + 1, low)
    if start > at:
        return main_subject(tokens, low, at)
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
