"""Text made safe to look at: what a terminal or a browser would obey, hide or drop is shown as a sign."""

from __future__ import annotations

import unicodedata

PICTURES = (
    {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"}
    | {127: "␡"}
    | {code: f"‹{code:02X}›" for code in range(128, 160)}
)
"""Control characters, as Unicode's pictures of them or as their number."""

_ORDERLY = frozenset("\u200d\u200c")
"""Joiners that letters and emoji are made with."""


def _sign(code: int) -> str | None:
    char = chr(code)
    if char in _ORDERLY or unicodedata.category(char) not in ("Cf", "Zl", "Zp", "Cs", "Cn", "Co"):
        return None
    return f"‹U+{code:04X}›"


class _Signs(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code) if code < 0xAD else _sign(code) or chr(code)
        self[code] = sign
        return sign


_SIGNS = _Signs(PICTURES)


def visible(text: str) -> str:
    """``text`` with signs for controls, for what turns the direction of writing, and for what cannot be seen.

    >>> visible("a\\x1b[1m\\u202eb\\ufeff")
    'a␛[1m‹U+202E›b‹U+FEFF›'
    """
    return text if text.isascii() and text.isprintable() else text.replace("\r\n", "\n").translate(_SIGNS)


def in_a_line(text: str) -> str:
    """The same for what has one line, such as the name of a file: a line break is a sign too.

    >>> in_a_line("a\\nb\\x1b[2J")
    'a␊b␛[2J'
    """
    return visible(text).replace("\n", "␊")
