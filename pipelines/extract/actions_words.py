"""The words of a sentence with what each can be by itself: looked up once for what stands between two blanks.

What belongs here: words, where they stand, their letters, and which of them the lexicon has. What does not: what a word is by its
neighbours (:mod:`pipelines.extract.actions_letters`).
"""

from __future__ import annotations

from pipelines.extract.actions_lexicon import deeds, verb_forms
from pipelines.extract.actions_wordclasses import letter
from pipelines.extract.words import Sentence, Token

_Piece = tuple[tuple[Token, ...], str, tuple[int, ...]]
"""The words of a piece of text without blanks; for each what the lexicon knows it as and its letter; where all but the first begin"""
FITS = {"0": "", "v": "vg", "d": "nN", "b": "vgnN"}
"""What the lexicon knows a word as (nothing, a verb, a deed, both), and the letters with which it can be one"""


def _known(token: Token) -> str:
    if token.low in verb_forms():
        return "b" if token.low in deeds() else "v"
    return "d" if token.low in deeds() else "0"


class _Pieces(dict[str, _Piece]):
    """Pieces by their text; an article has few that no other has."""

    def __missing__(self, piece: str) -> _Piece:
        if len(self) > 1 << 16:
            self.clear()
        found = Sentence(piece, 0, len(piece))
        spelled = "".join(_known(token) + letter(token) for token in found)
        made = self[piece] = tuple(found), spelled, tuple(found.start(number) for number in range(1, len(found)))
        return made


_PIECES = _Pieces()


class Words(list[Token]):
    """The words of ``text[start:end]`` in order; where they stand is worked out when it is first asked for.

    >>> found = Words("So. Lee’s men won’t attack 3.5%.", 4, 31)
    >>> [token.text for token in found], found.row, found.known
    (['Lee’s', 'men', 'won’t', 'attack', '3.5', '%'], 'Pnmuq;', '000b00')
    >>> found.start(3), found.end(3)
    (20, 26)
    """

    __slots__ = ("_pieces", "_span", "_starts", "_text", "known", "row")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.row = self.known = ""
        """The letter of each word by itself; of each what the lexicon knows it as, see :data:`FITS`"""
        pieces = text[start:end].split()
        if pieces:
            found = list(map(_PIECES.__getitem__, pieces))
            super().__init__([token for piece in found for token in piece[0]])
            spelled = "".join([piece[1] for piece in found])
            self.known, self.row = spelled[::2], spelled[1::2]
        self._pieces = pieces
        self._text = text
        self._span = start, end
        self._starts: list[int] = []

    def leave_out(self, first: int, last: int) -> None:
        """Take the words ``[first, last)`` out; the others keep their places in the text."""
        self.start(0)
        del self[first:last]
        del self._starts[first:last]
        self.row = self.row[:first] + self.row[last:]
        self.known = self.known[:first] + self.known[last:]

    def start(self, number: int) -> int:
        """Where word ``number`` begins in the text."""
        if not self._starts:
            self._place()
        return self._starts[number]

    def _place(self) -> None:
        """Work out where the words begin: nothing but blanks stands between pieces, and mostly one blank."""
        pieces, starts = self._pieces, self._starts
        at, end = self._span
        even = end - at == sum(map(len, pieces)) + len(pieces) - 1
        for piece in pieces:
            if not even:
                at = self._text.index(piece, at)
            starts.append(at)
            further = _PIECES[piece][2]
            if further:
                starts += [at + offset for offset in further]
            at += len(piece) + 1

    def end(self, number: int) -> int:
        """Where word ``number`` ends in the text."""
        return self.start(number) + len(self[number].text)
