"""The tokens behind the numbers of a block: each stretch is cut into tokens once, however many numbers look at it.

What belongs here: how far a number looks ahead. What does not: what it finds there.
"""

from __future__ import annotations

from pipelines.extract.tokens import Token, tokens

WINDOW = 64
"""How many characters behind a number are read for its unit and its object."""

_KEPT = 64


class Windows:
    """What stands behind the numbers of a block that ends at ``high``."""

    __slots__ = ("_high", "_known", "_text")

    def __init__(self, text: str, high: int) -> None:
        self._text, self._high = text, high
        self._known: dict[int, list[Token]] = {}

    def behind(self, at: int) -> list[Token]:
        """The tokens behind a number that ends at ``at``, on its line; a line that goes on in lower case was only wrapped.

        >>> [token.text for token in Windows("5 km\\nof ice\\nMonday", 18).behind(1)]
        ['km', 'of', 'ice']
        """
        known = self._known
        found = known.get(at)
        if found is not None:
            return found
        text, high = self._text, self._high
        end = at + WINDOW
        if end > high:
            end = high
        if text.find("\n", at, end) >= 0:
            end = self._line(at, end)
        made = tokens(text, at, end)
        if made and made[-1].end == end < high and text[end - 1 : end + 1].isalnum():
            del made[-1]  # cut by the window
        if len(known) >= _KEPT:
            known.clear()  # those of numbers far behind
        known[at] = made
        return made

    def _line(self, at: int, end: int) -> int:
        """Where the line ends, if that is before ``end``."""
        text = self._text
        cut = text.find("\n", at, end)
        while cut >= 0:
            if not text[cut + 1 : cut + 2].islower():
                return cut
            cut = text.find("\n", cut + 1, end)
        return end
