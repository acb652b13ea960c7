"""The noun phrase in what was read as a source: without the clause before it that nothing set off.

What belongs here: cutting pieces that hold more than a noun phrase. What does not: finding them
(:mod:`pipelines.extract.indirect_sources`, :mod:`pipelines.extract.subjects`), which read leftwards up to a break and
overlook verbs that look like other words.
"""

from __future__ import annotations

from pipelines.extract.nounphrases import Piece
from pipelines.extract.wordclasses import CONJUNCTIONS, DETERMINERS, PAST, PREPOSITIONS, PRONOUNS
from pipelines.extract.words import Sentence, Token

_OBJECT_RELATIVES = frozenset(("that", "which", "what", "whom"))
_RELATIVES = _OBJECT_RELATIVES | {"who", "whose"}
_LINKS = PREPOSITIONS | CONJUNCTIONS
_NO_END = _LINKS | {"to"}


def _is_verb(token: Token) -> bool:
    return token.small and (token.auxiliary or token.low in PAST)


def _may_open(token: Token) -> bool:
    """Whether a noun phrase can begin with the word."""
    return token.capital or token.low in DETERMINERS or token.low in PRONOUNS


def tidy(tokens: Sentence, piece: Piece) -> Piece:
    """The noun phrase in the tokens of ``piece``; all of them where they hold a comma or are one already.

    >>> def tidied(text: str) -> str:
    ...     words = Sentence(text, 0, len(text))
    ...     start, end = tidy(words, (0, len(words)))
    ...     return text[words.start(start) : words.end(end - 1)]
    >>> tidied("with Meier"), tidied("Rossi gave numerous"), tidied("grain that the mill")
    ('Meier', 'Rossi', 'the mill')
    >>> tidied("The ministers met in the hall for a summit that"), tidied("the man who shot the guard")
    ('a summit that', 'the man who shot the guard')
    >>> tidied("a letter his brother wrote to Rossi"), tidied("a plan to be sold Monday")
    ('a letter his brother wrote to Rossi', 'a plan to be sold Monday')
    """
    start, end = piece
    if end - start == 1:
        return piece
    if tokens[start].low == "with":
        start += 1
    words = tokens[start:end]
    if any(token.mark for token in words):
        return start, end
    relative = next((at for at in range(len(words) - 1, -1, -1) if words[at].low in _RELATIVES), -1)
    if relative >= 0 and relative == len(words) - 1:
        return _antecedent(words, start, end)
    if relative >= 0:
        following = words[relative + 1]
        opens = _may_open(following) or (relative + 2 == len(words) and following.low.endswith("s"))
        if words[relative].low in _OBJECT_RELATIVES and opens and not any(map(_is_verb, words[relative + 1 :])):
            return start + relative + 1, end
        return start, end
    verb = next((at for at in range(1, len(words) - 1) if _is_verb(words[at])), 0)
    if verb and _may_open(words[0]) and words[verb - 1].low not in _NO_END and not _has_second(words[:verb]):
        return start, start + verb
    return start, end


def _has_second(words: list[Token]) -> bool:
    """Whether a second noun phrase follows the first: the verb behind it is its own ("a letter his brother wrote")."""
    return any(
        (words[at].low in DETERMINERS or words[at].low in PRONOUNS) and words[at - 1].low not in _LINKS
        for at in range(1, len(words))
    )


def _antecedent(words: list[Token], start: int, end: int) -> Piece:
    """What the relative pronoun that ends the words stands for, if a verb before it shows that they are more than that."""
    verb = next((at for at in range(len(words) - 2, 0, -1) if _is_verb(words[at])), 0)
    if not verb or verb + 2 >= len(words):
        return start, end
    first = verb + 1
    if words[first].low in PREPOSITIONS:
        first = next((at for at in range(len(words) - 2, verb, -1) if words[at].low in DETERMINERS), first + 1)
    return (start + first, end) if _may_open(words[first]) else (start, end)
