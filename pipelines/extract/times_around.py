"""The tokens around the head of a time expression, put together from pieces that are cut once for all texts.

What belongs here: pieces, and how far around a head is read. What does not: cutting text into tokens (:mod:`times_tokens`).
Most of what stands between two spaces is the same tokens wherever it stands. The rest (short names of months, words that may
begin a holiday) is cut where it stands, with what is beside it.
"""

from __future__ import annotations

from itertools import chain
from operator import sub
from typing import NamedTuple

from pipelines.extract.times_tokens import HOLIDAY_FIRST, OUTSIDE, REACH, Tokens, back, plays_none, tokens
from pipelines.extract.times_words import ABBREVIATIONS, SECOND

_AHEAD = 48
"""How far behind a head pieces are looked for, in characters; what reaches further is cut where it stands."""


class _Piece(NamedTuple):
    """What stands between two spaces, where its tokens are the same whatever stands beside it."""

    row: str
    words: tuple[str, ...]
    steps: tuple[int, ...]
    """From the space before it to where its first token starts, to where that ends, to where the next starts …"""
    outside: bool
    """It plays no part (see :func:`back`)"""
    beyond: _Piece | None
    """Its tokens up to the first that plays no part, if there is one"""


def _piece(form: str) -> _Piece | None:
    """The tokens of what stands between two spaces; ``None`` where they depend on what is beside it."""
    if not form or "\n" in form or form[-1].isspace():
        return None
    row, starts, ends, words = tokens(form, 0, len(form), len(form))
    for at, word in enumerate(words):
        capital = form[starts[at]] != word[0]
        if (
            (at == 0 and word == SECOND)
            or (capital and (word in HOLIDAY_FIRST or word in ABBREVIATIONS))
            or (word in ("a", "p") and form.startswith(".", ends[at]))
        ):
            return None
    edges = [-1, *chain.from_iterable(zip(starts, ends, strict=True))]
    steps = tuple(map(sub, edges[1:], edges))
    last = next((at + 1 for at, part in enumerate(row) if part in OUTSIDE), 0)
    beyond = _Piece(row[:last], tuple(words[:last]), steps[: 2 * last], True, None) if last else None
    return _Piece(row, tuple(words), steps, plays_none(form), beyond)


class _Pieces(dict[str, _Piece | None]):
    """The pieces of forms, each cut once; forgotten when there are very many."""

    def __missing__(self, form: str) -> _Piece | None:
        if len(self) >= 1 << 16:
            self.clear()
        made = self[form] = _piece(form)
        return made


_PIECES = _Pieces()


def around(text: str, place: int, low: int, high: int) -> Tokens:
    """The tokens of ``text[low:high]`` around a head at a place: from where :func:`back` says, as far as :func:`tokens` reads.

    >>> around("we said they met on the first Monday, and left", 30, 0, 46).words
    ['they', 'met', 'on', 'the', 'first', 'monday', ',', 'and', 'left']
    """
    made = _of_pieces(text, place, low, high) if place > low and text[place - 1] == " " else None
    return made or tokens(text, back(text, place, low), place, high)


def _of_pieces(text: str, place: int, low: int, high: int) -> Tokens | None:
    """As :func:`around`, where all that is read is pieces; else ``None``."""
    pieces: list[_Piece] = []
    begin, outside = place - 1, 0
    for form in reversed(text[max(low, place - REACH) : begin].split(" ")):
        piece = _PIECES[form]
        if piece is None:
            return None
        pieces.append(piece)
        begin -= len(form) + 1
        if piece[3]:
            outside += 1
            if outside == 2:
                break
    pieces.reverse()
    far = place + _AHEAD
    right = text[place : far if far < high else high].split(" ")
    if far < high:
        del right[-1]  # it may be cut
    for form in right:
        piece = _PIECES[form]
        if piece is None:
            return None
        if piece[4]:
            pieces.append(piece[4])
            break
        pieces.append(piece)
    else:
        if far < high:
            return None
    row, at = "", begin
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for more, said, steps, _, _ in pieces:
        row += more
        if len(steps) == 2:  # most pieces are a word
            words.append(said[0])
            at += steps[0]
            starts.append(at)
            at += steps[1]
            ends.append(at)
            continue
        words += said
        for k in range(0, len(steps), 2):
            at += steps[k]
            starts.append(at)
            at += steps[k + 1]
            ends.append(at)
    return _new(Tokens, (row, starts, ends, words))


_new = tuple.__new__
"""Past the named tuple's own constructor: one is made for every head."""
