"""A raw string, the edits that repair it, and the way between the two.

What belongs here: offsets. What does not: any opinion about what the text says. Offsets are code points, start
inclusive, end exclusive: the unit that Python ``str``, Polars ``str.slice`` and DuckDB ``substring`` share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """A repair: the raw characters ``[start, end)`` read as ``replacement``.

    ``kind`` says what was wrong (``mojibake``, ``entity``, ``markup``, ``control``); ``rule_id`` says which rule saw it.
    An edit always replaces at least one raw character, so that it lies inside or outside of any span, never on its edge.
    """

    start: int
    end: int
    replacement: str
    kind: str
    rule_id: str


class Text:
    """A raw string with sorted, disjoint edits; ``clean`` is what they make of it.

    >>> t = Text("Russia‚Äôs <b>fight</b>", [Edit(6, 9, "’", "mojibake", "r"), Edit(11, 14, "", "markup", "r"),
    ...          Edit(19, 23, "", "markup", "r")])
    >>> t.clean
    'Russia’s fight'
    >>> t.to_raw(9, 14)
    Span(start=14, end=19)
    >>> t.repaired(0, 10)
    'Russia’s'
    """

    __slots__ = ("_clean_ends", "_clean_starts", "_raw_ends", "_raw_starts", "clean", "edits", "raw")

    def __init__(self, raw: str, edits: Iterable[Edit] = ()) -> None:
        self.raw = raw
        self.edits: tuple[Edit, ...] = tuple(edits)
        self._raw_starts: list[int] = []
        self._raw_ends: list[int] = []
        self._clean_starts: list[int] = []
        self._clean_ends: list[int] = []
        if not self.edits:
            self.clean = raw
            return
        parts: list[str] = []
        at = length = 0
        for edit in self.edits:
            if not at <= edit.start < edit.end <= len(raw):
                raise ValueError(f"edits must be sorted, disjoint, non-empty and inside the text: {edit}")
            parts += (raw[at : edit.start], edit.replacement)
            length += edit.start - at
            self._raw_starts.append(edit.start)
            self._raw_ends.append(edit.end)
            self._clean_starts.append(length)
            length += len(edit.replacement)
            self._clean_ends.append(length)
            at = edit.end
        parts.append(raw[at:])
        self.clean = "".join(parts)

    def to_raw(self, start: int, end: int) -> Span:
        """The smallest raw span whose repaired text holds ``clean[start:end]``; a cut replacement is taken whole.

        Deleted text at either edge stays outside.
        """
        if not self.edits or start >= end:
            return Span(self._raw_point(start), self._raw_point(start)) if start >= end else Span(start, end)
        # The edit that holds the first character is the last one that starts at or before it and has not ended by it.
        i = bisect_right(self._clean_starts, start) - 1
        while i >= 0 and self._clean_ends[i] == self._clean_starts[i] == start:
            i -= 1
        if i >= 0 and self._clean_starts[i] <= start < self._clean_ends[i]:
            raw_start = self._raw_starts[i]
        else:
            raw_start = self._raw_point(start)
        # The edit that holds the last character is the first one that ends at or after the end.
        j = bisect_left(self._clean_ends, end)
        while j < len(self._clean_ends) and self._clean_ends[j] == self._clean_starts[j] == end:
            j += 1
        if j < len(self._clean_ends) and self._clean_starts[j] < end <= self._clean_ends[j]:
            raw_end = self._raw_ends[j]
        else:
            # Plain text ends here: count from the last edit that ended before it.
            k = bisect_left(self._clean_ends, end) - 1
            raw_end = end if k < 0 else self._raw_ends[k] + (end - self._clean_ends[k])
        return Span(raw_start, raw_end)

    def openers(self) -> tuple[Callable[[int, int], tuple[int, int]], Callable[[int, int], str]]:
        """What :meth:`to_raw` and :meth:`repaired` do, as cheap as this text allows: most have no edits, and count alike."""
        if self.edits:
            return self.to_raw, self.repaired
        raw = self.raw
        return (lambda start, end: (start, end)), (lambda start, end: raw[start:end])

    def cited(self, start: int, end: int) -> tuple[int, int, str]:
        """The raw span of ``clean[start:end]``, and its words as :meth:`repaired` gives them: what a row says of its place."""
        if not self.edits and start < end:
            return start, end, self.raw[start:end]
        span = self.to_raw(start, end)
        return span.start, span.end, self.repaired(span.start, span.end)

    def _raw_point(self, at: int) -> int:
        """The raw position of the plain clean character at ``at``, behind all text deleted before it."""
        if not self.edits:
            return at
        i = bisect_right(self._clean_ends, at) - 1
        return at if i < 0 else self._raw_ends[i] + (at - self._clean_ends[i])

    def to_clean(self, start: int, end: int) -> Span:
        """The clean span of the raw span ``[start, end)``; a raw edge inside an edit moves to include the edit's result."""
        if not self.edits:
            return Span(start, end)
        i = bisect_right(self._raw_starts, start) - 1
        if i >= 0 and start < self._raw_ends[i]:
            clean_start = self._clean_starts[i]
        else:
            clean_start = start if i < 0 else self._clean_ends[i] + (start - self._raw_ends[i])
        j = bisect_left(self._raw_ends, end)
        if j < len(self._raw_ends) and self._raw_starts[j] < end:
            clean_end = self._clean_ends[j]
        else:
            k = j - 1
            if j < len(self._raw_ends) and self._raw_ends[j] == end:
                k = j
            clean_end = end if k < 0 else self._clean_ends[k] + (end - self._raw_ends[k])
        return Span(clean_start, max(clean_start, clean_end))

    def whole(self, start: int, end: int) -> Span:
        """The raw span ``[start, end)`` widened to the whole of each edit that it cuts.

        >>> Text("gone.Â\xa0", [Edit(5, 7, "\xa0", "mojibake", "r")]).whole(0, 6)
        Span(start=0, end=7)
        """
        i = bisect_right(self._raw_starts, start) - 1
        if i >= 0 and start < self._raw_ends[i]:
            start = self._raw_starts[i]
        j = bisect_left(self._raw_ends, end)
        if j < len(self._raw_ends) and self._raw_starts[j] < end:
            end = self._raw_ends[j]
        return Span(start, end)

    def repaired(self, start: int, end: int) -> str:
        """The raw span ``[start, end)`` with the edits inside it applied: what a fact's ``text`` must equal."""
        if not self.edits:
            return self.raw[start:end]
        parts: list[str] = []
        at = start
        i = bisect_left(self._raw_starts, start)
        while i < len(self.edits) and self._raw_ends[i] <= end:
            edit = self.edits[i]
            parts += (self.raw[at : edit.start], edit.replacement)
            at = edit.end
            i += 1
        parts.append(self.raw[at:end])
        return "".join(parts)
