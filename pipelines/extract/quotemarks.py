"""Quoted runs: where quotation marks open and close.

What belongs here: which characters are quotation marks at all (an apostrophe, a foot or an inch is not), and which
opening mark belongs to which closing mark. What does not: who is quoted.

Writers mix marks: curly and straight, ``''`` typed for ``"``, an opening ``“`` closed by ``"``, a closing mark that
never comes. So a mark is judged by its shape *and* by what stands beside it, and nothing is carried from one paragraph
to the next: an unbalanced mark spoils its own paragraph at worst.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from pipelines.extract.speech import forms

_CERTAIN = '"“”«»„‟‘「『'
_SINGLE_HINT = re.compile(r"'(?:(?<![^\s(\[—–-]')(?=\w)|')")
# One set of characters comes first, so that the search skips to marks; a single mark alone is left to _singles.
_MARK = re.compile(r"[\"“”„‟«»‹›「」『』‘’'`](?:(?<=[\"“”„‟«»‹›「」『』])|(?<=')'{1,2}|(?<=’)’|(?<=‘)‘|(?<=`)`)")
_OPENERS = frozenset("“„«‹") | {"‘‘", "``"}
_CLOSERS = frozenset("”‟»›") | {"’’"}
_BEFORE_OPEN = frozenset(" \t\n\r\u00a0\u2009\u202f([{—–-/…") | {""}
_AFTER_CLOSE = frozenset(" \t\n\r\u00a0\u2009\u202f)]}.,;:!?—–-/…") | {""}
_OPENS = _BEFORE_OPEN | frozenset("'‘“\"’")
_CLOSES = _AFTER_CLOSE | frozenset("'’”\"")
_SENTENCE_END = frozenset(".,!?…;:—–-")
_CLIPPED = re.compile(r"(?:em|til|till|cause|tis|twas|n|round|bout|ere|kay|cuz|ol|un)\b|[0-9]{2}s?\b", re.IGNORECASE)
"""Words that begin with an apostrophe: 'em, '90s."""
_INCHES = re.compile(r"[0-9]['’′] ?[0-9]{1,2}$")

_OPEN, _CLOSE, _EITHER = 1, -1, 0
_LONGEST_SINGLE = 2000
"""A run in single marks is looked for this far: an apostrophe that looks like a mark must not cost the whole text."""
_SAID_WITHIN = 80
"""Characters behind a mark among which who speaks is named."""
_MOST_MARKS = 20_000
"""Marks that are read of one paragraph, thousands of times what prose has: behind them a run stays open, a text of nothing
but marks costs no more."""


class Run(NamedTuple):
    """A quoted run of the paragraph: the words between the marks are ``[start, end)``, the marks are in ``[outer, past)``.

    ``closed`` is false where the closing mark is absent and the run goes to the end of the paragraph, as in all but the
    last paragraph of a long quotation. ``single`` tells ‘…’ from “…”.
    """

    outer: int
    start: int
    end: int
    past: int
    closed: bool
    single: bool


class _Mark(NamedTuple):
    start: int
    end: int
    side: int


def may_quote(text: str) -> bool:
    """A cheap test: a text without a hit holds no quoted run.

    >>> may_quote("The judges' bench wasn't full"), may_quote("A 'bench'")
    (False, True)
    """
    for mark in _CERTAIN:
        if mark in text:
            return True
    return "'" in text and _SINGLE_HINT.search(text) is not None


def _side(text: str, start: int, end: int, mark: str) -> int:
    """Whether a double or angle mark opens, closes, or may do either, by its shape and neighbours."""
    if mark in "「『」』":
        return _OPEN if mark in "「『" else _CLOSE  # no blanks beside them, and never turned round
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    opens = before in _OPENS
    if opens and mark == "“":
        return _OPEN
    closes = after in _CLOSES
    if mark in _OPENERS:
        # A mark turned the wrong way shows by standing tight behind a word and in front of a gap.
        return _CLOSE if closes and not opens and after != "" else _OPEN
    if mark in _CLOSERS:
        return _OPEN if opens and not closes and before not in _SENTENCE_END else _CLOSE
    if opens and not closes:
        return _OPEN
    if closes and not opens:
        return _CLOSE
    return _EITHER


def _marks(text: str) -> list[_Mark]:
    """The double and angle marks of the text, in order; inches and attributes of left-over markup left out."""
    found = []
    attribute = False
    for match in islice(_MARK.finditer(text), _MOST_MARKS):
        mark = match.group()
        start, end = match.span()
        if mark == "'''":
            # Double beside single: the single mark is the inner one.
            mark = "''"
            if start == 0 or text[start - 1].isspace():
                end -= 1
            else:
                start += 1
        before = text[start - 1] if start else ""
        if before == "=" or (attribute and mark in '"”'):
            attribute = before == "=" and not attribute
            continue
        if mark == '"' and text[end : end + 1] == ">":
            continue  # the end of a tag
        if before.isdigit() and (
            (mark in ("''", "’’") and text[end : end + 1].isdigit())
            or (mark in '"”' and _INCHES.search(text, max(0, start - 5), start))
        ):
            continue
        found.append(_Mark(start, end, _side(text, start, end, mark)))
    return found


def _is_late(text: str, mark: _Mark) -> bool:
    """Whether a straight mark that looks like an opening one closes, a blank too late: "It is so, "he said; "so, "and left."""
    start, end = mark.start, mark.end
    if text[start] not in "\"'" or not text[start - 1].isspace() or text[start - 2] not in _SENTENCE_END:
        return False
    if text[end].islower():
        return True
    words = text[end : end + _SAID_WITHIN].lower().split()[:8]
    return any(word.rstrip(".,:") in forms() or word == "according" for word in words)


def _pair(text: str, marks: list[_Mark]) -> list[Run]:
    """Outermost runs of double and angle marks. One pass with a stack of at most a few open marks."""
    runs: list[Run] = []
    opened: list[_Mark] = []
    # How many marks that can only close are still to come: an opening inside an opening is nested only if both can close.
    closers_left = sum(1 for mark in marks if mark.side is not _OPEN)
    for number, mark in enumerate(marks):
        if mark.side is not _OPEN:
            closers_left -= 1
        side = mark.side
        if side is _EITHER:
            side = _CLOSE if opened else _OPEN
        if side is _CLOSE and not opened:
            # Nothing is open: a mark turned the wrong way opens if a closing mark follows before the next opening one.
            following = marks[number + 1] if number + 1 < len(marks) else None
            if mark.side is _CLOSE and text[mark.start] in '"' and mark.start and text[mark.start - 1].isdigit():
                continue
            if following is None or following.side is _OPEN or mark.end >= len(text):
                continue
            side = _OPEN
        if side is _OPEN and opened and (len(marks) - number) % 2 and _is_late(text, mark):
            side = _CLOSE
        if side is _OPEN:
            if opened:
                following = marks[number + 1] if number + 1 < len(marks) else None
                nested = (
                    following is not None
                    and following.side is not _OPEN
                    and closers_left >= len(opened) + 1
                    and len(opened) < 3
                )
                after_next = marks[number + 2] if number + 2 < len(marks) else None
                if nested and after_next is not None and after_next.side is _OPEN:
                    nested = False
                if not nested:
                    first = opened[0]
                    runs.append(Run(first.start, first.end, mark.start, mark.start, False, False))
                    opened.clear()
            opened.append(mark)
            continue
        last = opened.pop()
        if not opened:
            runs.append(Run(last.start, last.end, mark.start, mark.end, True, False))
    if opened:
        first = opened[0]
        runs.append(Run(first.start, first.end, len(text), len(text), False, False))
    return runs


def _opens_single(text: str, at: int) -> bool:
    """Whether the single mark at ``at`` can open a run."""
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    return before in _BEFORE_OPEN and (after.isalnum() or after in '“"…[$£€#@') and not _CLIPPED.match(text, at + 1)


def _single_end(text: str, start: int, limit: int) -> int | None:
    """Where the run in single marks that starts at ``start`` closes, or ``None``."""
    weak: int | None = None
    for match in _SINGLE_MARK.finditer(text, start, limit):
        at = match.start()
        before = text[at - 1]
        after = text[at + 1] if at + 1 < len(text) else ""
        if match.group() == "‘" or (before in _BEFORE_OPEN and before not in "—–-…/"):
            if _opens_single(text, at):
                break  # a second one opens: the first was none, or closes at the best mark so far
            continue
        if after not in _AFTER_CLOSE and after not in '”"':
            continue
        if before in _SENTENCE_END or after in ".,;:!?" or not after.strip():
            # The ' of "the states' rights" looks like a closing mark; a better one may follow.
            if before in "sS" and after == " " and text[at + 2 : at + 3].islower():
                weak = at if weak is None else weak
                continue
            return at
        weak = at if weak is None else weak
    return weak


def _singles(text: str, taken: list[Run]) -> list[Run]:
    """Runs in single marks outside of the runs already found."""
    runs: list[Run] = []
    bounds = [*taken, Run(len(text), 0, 0, len(text), True, False)]
    at, tried = 0, 0
    for run in bounds:
        while at < run.outer and tried < _MOST_MARKS:
            tried += 1
            match = _SINGLE_OPEN.search(text, at, run.outer)
            if match is None:
                break
            start = match.end()
            at = start
            if not _opens_single(text, start - 1):
                continue
            end = _single_end(text, start, min(run.outer, start + _LONGEST_SINGLE))
            if end is not None and end > start:
                runs.append(Run(start - 1, start, end, end + 1, True, True))
                at = end + 1
        at = max(at, run.past)
    return runs


def _tight(text: str, run: Run) -> Run:
    """The run without the blanks inside of its marks."""
    words = text[run.start : run.end]
    return run._replace(start=run.end - len(words.lstrip()), end=run.start + len(words.rstrip()))


_SINGLE_MARK = re.compile(r"[’'‘]")
_SINGLE_OPEN = re.compile(r"[‘'](?=[\w“\"…\[$£€#@])")


def quoted_runs(text: str) -> list[Run]:
    """The outermost quoted runs of one paragraph, in order.

    >>> [(text[r.start:r.end], r.closed) for text in ['“Yes," she said. "It’s 6\\'2" tall.'] for r in quoted_runs(text)]
    [('Yes,', True), ('It’s 6\\'2" tall.', False)]
    >>> [t[r.start:r.end] for t in ["The judges' ‘final word’ wasn't heard"] for r in quoted_runs(t)]
    ['final word']
    """
    if not may_quote(text):
        return []
    runs = _pair(text, _marks(text))
    if "‘" in text or "'" in text:
        runs = sorted([*runs, *_singles(text, runs)])
    runs = [run for run in runs if run.end > run.start and any(map(str.isalnum, text[run.start : run.end]))]
    return [_tight(text, run) if text[run.start].isspace() or text[run.end - 1].isspace() else run for run in runs]
