"""What the shape of a quoted run tells: a whole statement, a part of one, or the name of a work (“The Long Bridge,” a book).

What belongs here: the shape of the words and what stands beside them. What does not: what the name means.
"""

from __future__ import annotations

import re

from pipelines.extract.words import Sentence
from pipelines.rules import load_toml

_WORDS = load_toml("reference/en/works.toml")
_KINDS = frozenset(_WORDS["kinds"].split())
_BEARERS = frozenset(_WORDS["bearers"].split())
_VOICES = frozenset(_WORDS["voices"].split())
_THINGS = frozenset(_WORDS["things"].split())
_LEADS = frozenset(_WORDS["leads"].split())
_SMALL = frozenset(_WORDS["small_words"].split())
_JOINS = frozenset([",", "and", "or", "&"])
_LOOSE = frozenset(("unattributed", "carried", "slogan"))
"""Rules of runs that no verb reports"""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def has_title_case(words: str, least: int = 2) -> bool:
    """Whether two or more words all begin with a capital letter, small words aside.

    >>> [has_title_case(w) for w in ("The Long Bridge to Home", "The long bridge", "Enough", "Yes, We Can")]
    [True, False, False, True]
    """
    if len(words) > 150:
        return False
    found = _WORD.findall(words)
    return len(found) >= least and found[0][0].isupper() and all(word[0].isupper() or word in _SMALL for word in found)


def may_be_speech(words: str) -> bool:
    """Whether words inside of the writer's own sentence can be those of who was reported last: three at least, and no name.

    >>> [may_be_speech(words) for words in ("as long as it rains", "The Long Bridge", "too long")]
    [True, False, False]
    """
    return words.count(" ") > 1 and not has_title_case(words)


def is_whole(words: str) -> bool:
    """Whether words begin like a whole statement: with a capital letter or a figure.

    >>> [is_whole(words) for words in ("… It rains", "as it rains")]
    [True, False]
    """
    first = next((character for character in words if character.isalnum()), "")
    return first.isupper() or first.isdigit()


def is_work(words: str, tokens: Sentence, at: int, rule: str, last: int = -1) -> bool:
    """Whether the run ``words``, token ``at`` of its sentence, names a work.

    ``rule`` is how its source was found, ``last`` the token of the sentence's last work before it, if there is one.
    """
    if _goes_with(tokens, last, at):
        return has_title_case(words, 1)
    return (_may_be_named(tokens, at, rule) or _is_signed(tokens, at)) and has_title_case(words)


def named_elsewhere(runs: list[tuple[str, str]]) -> list[int]:
    """Of runs, each with its rule and its words: which have no verb, and the words of a work that is named elsewhere.

    >>> named_elsewhere([("unattributed", "The Long Bridge"), ("work", "The Long Bridge,"), ("carried", "too long")])
    [0]
    """
    works = {words.rstrip(",.") for rule, words in runs if rule == "work"}
    return [number for number, (rule, words) in enumerate(runs) if rule in _LOOSE and words.rstrip(",.") in works]


def _goes_with(tokens: Sentence, work: int, at: int) -> bool:
    """Whether nothing but commas and small words stand between the name of a work and run ``at``: “The Long Bridge” and “…”."""
    return 0 <= work < at and all(token.low in _JOINS for token in tokens[work + 1 : at])


def is_slogan(tokens: Sentence, at: int) -> bool:
    """Whether the run tells which thing is meant: a “save our bridge” T-shirt, the “bridge first” bus tour."""
    ahead = tokens[at + 1 : at + 3]
    if not ahead or ahead[0].low in _THINGS:
        return bool(ahead)
    return len(ahead) > 1 and ahead[0].small and not ahead[0].finite and ahead[1].low in _THINGS


def _may_be_named(tokens: Sentence, at: int, rule: str) -> bool:
    if at + 1 < len(tokens) and (tokens[at + 1].low in _BEARERS):
        return True  # “The Long Bridge” star Ann Lee; a “Save the Bridge” banner
    if not at:
        return False
    if rule in ("said_at_end", "same_sentence"):
        return True
    before = tokens[at - 1]
    if before.low == "of" and at > 1 and tokens[at - 2].low in _VOICES:
        return False
    if before.low in _LEADS or before.low in _KINDS or before.low.endswith(("'s", "s'")):
        return True
    if before.text == "," and at > 1:
        return tokens[at - 2].low in _KINDS and not tokens[at - 2].finite  # her documentary, “The Long Bridge”
    if before.text in (":", "("):
        return False
    return any(token.low in _KINDS for token in tokens[max(0, at - 3) : at - 1])


def _is_signed(tokens: Sentence, at: int) -> bool:
    """Whether an author stands behind the run: “The Long Bridge,” by Ann Lee."""
    after = at + 1
    if after < len(tokens) and tokens[after].text == ",":
        after += 1
    return after + 1 < len(tokens) and tokens[after].low == "by" and tokens[after + 1].capital
