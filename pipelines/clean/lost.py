"""Misread UTF-8 that lost a byte: what Windows-1252 has no sign for was dropped, or became ``?`` or U+FFFD.

What belongs here: which sequences are short of a byte, and what they may have been: Windows-1252 lacks five bytes only, so
that there are five readings of each, most of which no language writes. What does not: how letters go together
(:mod:`pipelines.clean.spelling`), and sequences that are whole (:mod:`pipelines.clean.mojibake`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from pipelines.clean.spelling import Spelling, tongue, writes
from pipelines.text import Text

_LOST = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # the bytes without a sign
_PROVEN = 0.95  # the least probability of a reading that is taken
_LEAD = re.compile("[\u00c3-\u00f4]")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_TOO_MANY = 5_000  # sequences in a document that are worth the work
_NEAR = 2  # characters between two lost letters across which one bears on the other


class Short(NamedTuple):
    """A sequence that lost a byte or more, and its readings."""

    start: int
    end: int
    readings: tuple[str, ...]


def _bytes(text: str) -> list[int]:
    """The bytes behind characters of Windows-1252, -1 for a mark that stands for a lost one."""
    return [-1 if char in "?\ufffd" else char.encode("sloppy-windows-1252")[0] for char in text]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """What a sequence that lost a byte looks like, by what the byte became."""

    def chars(first: int, last: int) -> str:
        return "".join(re.escape(bytes([byte]).decode("sloppy-windows-1252")) for byte in range(first, last + 1))

    trail, two, three, four = chars(0x80, 0xBF), chars(0xC3, 0xDF), chars(0xE0, 0xEF), chars(0xF0, 0xF4)
    marked = {
        mark: re.compile(
            f"[{two}]{sign}|(?=[{three}][{trail}]?{sign})[{three}][{trail}{sign}]{{2}}"
            f"|(?=[{four}][{trail}]{{0,2}}{sign})[{four}][{trail}{sign}]{{3}}"
        )
        for mark, sign in (("\ufffd", "\ufffd"), ("?", r"\?"))
    }
    dropped = re.compile(f"(?:[{two}]|[{three}][{trail}]?|[{four}][{trail}]{{2}})(?![{trail}])")
    return {**marked, "": dropped}


@lru_cache(maxsize=8192)
def _readings(piece: str) -> tuple[str, ...]:
    """The characters that a short sequence may have been."""
    lead, *trail = _bytes(piece)
    length = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
    found = set()
    for filled in _filled(trail, length):
        try:
            char = bytes([lead, *filled]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if unicodedata.category(char)[0] in "LNPSM":
            found.add(char)
    return tuple(sorted(found))


def _filled(trail: Sequence[int], length: int) -> Iterator[tuple[int, ...]]:
    if -1 in trail:
        yield from product(*(_LOST if byte < 0 else (byte,) for byte in trail))
    elif len(trail) == length - 1:
        for at, byte in product(range(length), _LOST):
            yield (*trail[:at], byte, *trail[at:])
    else:
        yield from product(_LOST, repeat=length)


def shortened(text: str) -> list[Short]:
    """The sequences of a misread text that are short of a byte, in order; a text loses its bytes in one way."""
    patterns = _patterns()
    for mark in ("\ufffd", "?"):
        found = _shorts(patterns[mark], text) if mark in text else []
        # Questions are asked in any text: at least two of the marks must be lost letters.
        if len(found) >= (2 if mark == "?" else 1):
            return found
    # Whoever keeps the bytes as control characters drops none, nor who marks what is lost; and where a blank follows each, the byte A0 became one.
    if "\ufffd" in text or _CONTROLS.search(text):
        return []
    found = _shorts(patterns[""], text)
    # "é" alone is a letter, unless sequences of three are what the text is made of.
    if not any(one.end - one.start > 1 for one in found):
        found = [one for one in found if text[one.start] < "\u00e0"]
    blank = sum(text[one.end : one.end + 1] == " " for one in found)
    return found if 2 * blank < len(found) else []


def _shorts(pattern: re.Pattern[str], text: str) -> list[Short]:
    found = []
    # The first character is looked for by itself: a set is found fast, alternatives are not.
    for lead in _LEAD.finditer(text):
        piece = pattern.match(text, lead.start())
        if piece and not piece[0].startswith("\u00e2\u20ac") and (readings := _readings(piece[0])):
            found.append(Short(*piece.span(), readings))
    return found


def blanked(text: str, short: list[Short]) -> str:
    """The text with a space for each character of a short sequence."""
    parts: list[str] = []
    at = 0
    for one in short:
        parts += (text[at : one.start], " " * (one.end - one.start))
        at = one.end
    return "".join([*parts, text[at:]])


def restored(short: list[Short], mended: Text) -> list[tuple[int, int, str]]:
    """The short sequences whose letter is proven, with it; ``mended`` is their text with all that is repaired in it."""
    gaps = [mended.repaired(one.end, two.start) for one, two in pairwise(short)]
    gaps.append(mended.repaired(short[-1].end, len(mended.raw)))
    if len(short) > _TOO_MANY:
        return []
    head = mended.repaired(0, short[0].start)
    intact = "\ufffd".join([head, *gaps])
    tag = tongue(intact)
    spelling = Spelling(tag, intact)
    found: list[dict[str, float]] = []
    at: list[int] = []
    places: list[tuple[str, ...]] = [(char,) for char in ("  " + head)[-2:]]
    for one, gap in zip(short, gaps, strict=True):
        lone = mended.raw[one.start : one.end]
        at.append(len(places))
        # A letter of the language may be whole.
        places.append((lone,) if writes(tag, lone) else one.readings)
        if len(gap) <= _NEAR and one is not short[-1]:
            places += [(char,) for char in gap]
            continue
        places += [(char,) for char in (gap + "  ")[:2]]
        posteriors = spelling.posteriors(places)
        found += [posteriors[place] for place in at]
        at, places = [], [(char,) for char in ("  " + gap)[-2:]]
    _close(found, [head, *gaps])
    _complete(found, [head, *gaps], spelling)
    proven = []
    for one, likely in zip(short, found, strict=True):
        best = max(likely, key=lambda char: (likely[char], char))
        if likely[best] >= _PROVEN and best in one.readings:
            proven.append((one.start, one.end, best))
    return proven


_LONG_WORD = 24
_HEAD, _TAIL = re.compile(r"[^\W\d_]*\Z"), re.compile(r"[^\W\d_]*")
_MANY = 64  # readings of one word


def _complete(found: list[dict[str, float]], gaps: list[str], spelling: Spelling) -> None:
    """Weigh the letters of each word anew by which readings of the whole word are known words."""
    first = 0
    for last in range(len(found)):
        gap = gaps[last + 1]
        if last + 1 < len(found) and (not gap or (len(gap) <= _LONG_WORD and gap.isalpha())):
            continue
        word = found[first : last + 1]
        if prod(map(len, word)) <= _MANY:
            head, tail = _HEAD.search(gaps[first][-_LONG_WORD:]), _TAIL.match(gap[:_LONG_WORD])
            around = [head[0] if head else "", *gaps[first + 1 : last + 1], tail[0] if tail else ""]
            _reweigh(word, around, spelling)
        first = last + 1


def _reweigh(word: list[dict[str, float]], around: list[str], spelling: Spelling) -> None:
    likely = {}
    for letters in product(*word):
        whole = around[0] + "".join(letter + rest for letter, rest in zip(letters, around[1:], strict=True))
        weight = prod(found[letter] for found, letter in zip(word, letters, strict=True))
        likely[letters] = weight * spelling.worth(whole)
    total = sum(likely.values())
    for n, found in enumerate(word):
        for letter in found:
            found[letter] = sum(weight for letters, weight in likely.items() if letters[n] == letter) / total


_CLOSERS = {"「": "」", "『": "』", "【": "】"}
_BRACKETS = re.compile(r"[「『【」』】\n]")


def _close(found: list[dict[str, float]], gaps: list[str]) -> None:
    """Weigh closing brackets anew: of what stands behind an opening one, exactly one thing closes it."""
    waiting = ""
    within: list[dict[str, float]] = []
    for n, gap in enumerate(gaps):
        for bracket in [*_BRACKETS.findall(gap), *("\n" if n == len(gaps) - 1 else "")]:
            if waiting and bracket != waiting:
                _share(within, waiting)
            if bracket in _CLOSERS:
                waiting, within = _CLOSERS[bracket], []
            elif bracket == waiting or bracket == "\n":
                waiting, within = "", []
        if n < len(found):
            for closer in _CLOSERS.values():
                if closer in found[n] and closer != waiting:
                    _weigh(found[n], closer, 0.0)
            if waiting in found[n]:
                within.append(found[n])


def _share(within: list[dict[str, float]], closer: str) -> None:
    """One of these closes."""
    odds = [likely[closer] / max(1 - likely[closer], 1e-9) for likely in within]
    if not any(odds):
        return
    for likely, odd in zip(within, odds, strict=True):
        _weigh(likely, closer, odd / sum(odds))


def _weigh(likely: dict[str, float], char: str, share: float) -> None:
    """Give a character this share of the probability, and what is left to the others."""
    others = sum(likely.values()) - likely[char]
    if others > 0:
        for other in likely:
            likely[other] = share if other == char else likely[other] / others * (1 - share)


LOST_APOSTROPHE = r"[a-zA-Z](?:\?|\x{FFFD}|\x{E2}[\x{20AC}?\x{FFFD}])[?\x{FFFD}]?(?:t|s|re|ve|ll|d|m)(?-u:\b)"
"""For whole frames (Rust syntax): documents that may hold an English word without its apostrophe."""
_SIGN = re.compile("[?\u00e2\ufffd]")
_MARK = re.compile(r"(?:\u00e2[\u20ac?\ufffd][?\ufffd]?|\ufffd{1,3}|\?)(?=[a-zA-Z])")
_BEFORE = re.compile(
    r"""(?<![\w/.?&=-])(?:
    (?P<n>(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|must|ai|need)n)
    |(?P<who>you|we|they|i)|it|that|he|she|there|what|who|here|let|where|how)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_BEHIND = {
    "n": re.compile(r"t\b(?![=&])"),
    "who": re.compile(r"(?:re|ve|ll|d|m)\b(?![=&])"),
    None: re.compile(r"s\b(?![=&])"),
}


def apostrophes(text: str) -> list[tuple[int, int]]:
    """What became of apostrophes in English words that cannot do without ("don?t"); a lone question mark may be a slip.

    >>> apostrophes("They don\ufffdt know, and it\ufffds late.")
    [(8, 9), (23, 24)]
    """
    found = []
    for sign in _SIGN.finditer(text):
        mark = _MARK.match(text, sign.start())
        if mark is None:
            continue
        start, end = mark.span()
        word = _BEFORE.search(text[max(0, start - 9) : start])
        if word and _BEHIND[word.lastgroup].match(text, end):
            found.append((start, end))
    return found if len(found) > 1 or any(text[start] != "?" for start, _ in found) else []
