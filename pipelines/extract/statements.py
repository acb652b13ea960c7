"""How far a statement reaches beyond its quotation marks, and through whom it came.

What belongs here: the clause that a verb of saying reports, and the media it was said to. What does not: who said it.
"""

from __future__ import annotations

from pipelines.extract.nounphrases import Piece, subject_after
from pipelines.extract.sources import REACH, Attribution
from pipelines.extract.wordclasses import PERSONAL, PREPOSITIONS
from pipelines.extract.words import Sentence
from pipelines.rules import load_toml

_MEDIA = {name: frozenset(words.split()) for name, words in load_toml("reference/en/media_words.toml").items()}
_TELLING = frozenset(["told", "tells", "tell", "telling", "informed", "informs", "assured", "reminded"])


def statement(tokens: Sentence, run: int, found: Attribution) -> Piece:
    """The tokens of the statement that run number ``run`` is a part of."""
    cue = found.cue[0]
    if found.source is None or found.rule == "colon" or (found.rule == "said_thing" and cue > run):
        return run, run + 1
    if cue > run:
        if found.rule == "said_after":
            end = run + 1
        else:
            end = min(found.source[0], cue)
            while end > run + 1 and tokens[end - 1].text in (",", "—", "–"):
                end -= 1
        return _opening(tokens, run), max(end, run + 1)
    start = found.cue[1]
    if found.rule != "according_to":
        for at in range(start, min(run, start + 10)):
            if tokens[at].low == "that":
                start = at + 1
                break
    while start < run and (tokens[start].text in (",", ":") or tokens[start].low == "that"):
        start += 1
    if start < run and tokens[run - 1].text in (",", ":"):
        start = run
    return start, _closing(tokens, run)


def _opening(tokens: Sentence, run: int) -> int:
    """Where the words before a run begin that belong to the same statement."""
    start = max(0, run - REACH)
    for at in range(run - 1, start - 1, -1):
        if tokens[at].text == ";":
            start = at + 1
            break
    return start


def _closing(tokens: Sentence, run: int) -> int:
    """Where the statement ends that a run stands in: before an according-to or a second verb of saying, else with the sentence."""
    end = min(len(tokens), run + REACH)
    for at in range(run + 1, end):
        token = tokens[at]
        if token.text in (";", "—") or token.low == "according":
            return at - 1 if tokens[at - 1].text == "," and at - 1 > run else at
        if token.text == "," and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ing"):
            return at
    while end > run + 1 and tokens[end - 1].text in (".", ",", "?", "!"):
        end -= 1
    return end


def audience(tokens: Sentence, found: Attribution) -> Piece | None:
    """The news medium that was told: "told Harbour Radio"; nothing where somebody else was."""
    cue = found.cue[0]
    if found.source is None or tokens[cue].low not in _TELLING or cue + 1 >= len(tokens):
        return None
    named = subject_after(tokens, cue + 1, len(tokens))
    return _medium(tokens, named) if named is not None else None


def repeater(tokens: Sentence, found: Attribution, at: int) -> Piece | None:
    """The news medium that the verb at ``at`` has repeat what somebody said: "…,” she said, Harbour Radio reported."""
    start = next((back + 1 for back in range(at - 1, max(-1, at - 9), -1) if _parts(tokens, back)), at)
    if start >= at or at == found.cue[0] or (found.source and start <= found.source[0] < at):
        return None
    return _medium(tokens, (start, at))


def _parts(tokens: Sentence, at: int) -> bool:
    return tokens[at].folded or tokens[at].text == ","


def _medium(tokens: Sentence, named: Piece) -> Piece | None:
    """The noun phrase as far as it can be the name of a medium, if it is one."""
    end = named[0]
    while end < named[1] and tokens[end].low not in PERSONAL and not tokens[end].finite:
        if tokens[end].low == "that" or (end > named[0] and tokens[end].low in PREPOSITIONS):
            break
        end += 1
    words = [token.text for token in tokens[named[0] : end] if not token.folded]
    names, lasts, nouns = _MEDIA["names"], _MEDIA["last_words"], _MEDIA["nouns"]
    if any(word in names or word in nouns or (word in lasts and at) for at, word in enumerate(words)):
        return named[0], end
    return None
