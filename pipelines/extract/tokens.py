"""How the text behind a number is cut into words and signs.

What belongs here: tokens and their places. What does not: what they mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Token(NamedTuple):
    """A word, number or sign with its place in the text."""

    text: str
    start: int
    end: int


_LETTERS = "A-Za-zµÀ-ÖØ-öø-ɏͰ-῿"
TOKEN = re.compile(
    # explicit ranges: a negated class of categories is asked three questions for every letter; most words are plain
    rf"[A-Za-z]{{2,}}+(?![{_LETTERS}²³23'’])|[A-Za-z]\.(?:[A-Za-z]\.)+|[{_LETTERS}]+(?:[²³]|[23](?!\w))?(?:['’][{_LETTERS}]+)*|[0-9][0-9.,]*|[^\s\w]|\w"
)
"""How the text after a number is cut: abbreviations with points, words, numbers, single signs."""


class _Pieces(dict[str, tuple[Token, ...]]):
    """The tokens of what stands between two spaces, cut once for all texts; forgotten when there are very many."""

    def __missing__(self, form: str) -> tuple[Token, ...]:
        if len(self) >= 1 << 16:
            self.clear()
        made = self[form] = tuple(Token(match[0], *match.span()) for match in TOKEN.finditer(form))
        return made


_PIECES = _Pieces()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and signs of ``text[start:end]``.

    >>> [token.text for token in tokens("12 km², in the U.S. (80%)", 2, 26)]
    ['km²', ',', 'in', 'the', 'U.S.', '(', '80', '%', ')']
    """
    made = []
    for form in text[start:end].split(" "):  # no token holds a space, nor depends on what is beyond one
        for word, begin, behind in _PIECES[form]:
            # past the named tuple's own constructor: this is the busiest line of the module
            made.append(_new(Token, (word, start + begin, start + behind)))
        start += len(form) + 1
    return made


_new = tuple.__new__
