"""Notes on where a text is from: who helped, whose material it uses, who answers for it, who owns it.

What belongs here: contributor lines, notes at the end of the text or beside it, copyright lines. What does not: bylines,
datelines and sign-offs (``agencies.py``), and reading one line (``credit_lines.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.agency_names import may_be_inside, may_name
from pipelines.normalise.credit_lines import PHOTO, Credit, Kinds, credit_of, inside, named_alone, pieces
from pipelines.normalise.outlet_words import NOTE_WORDS, held
from pipelines.normalise.registry import agencies
from pipelines.rules import load_rules

_RULES = load_rules("bylines")
_REPORTING = _RULES["reporting_by"].regex
_COPYRIGHT = _RULES["agency_copyright"].regex
_MATERIAL = _RULES["agency_material"].regex
_NOTE = _RULES["agency_note"].regex

_CLOSING_BLOCKS = 4
_BEHIND = 12  # blocks behind the text
_LONGEST_CREDIT = 1500
_LONGEST_NOTE = 400
_BEFORE = 6  # blocks before the text in which a note on its source can stand
_BUTTONS = ("interface", "promo")
_BESIDE = ("related", "metadata", "promo", "interface", "unknown", "deck", "copyright", "byline")
_SIGNS = ("©", "(c)", "(C)", "Copyright", "COPYRIGHT")
_FIGURES = re.compile(r"\b(?:quotes|quotations|market|stock|indices|delayed|real-time|prices)\b", re.IGNORECASE)
"""Words of a note on who owns figures beside the text."""
_LENT = re.compile(r"\b(?:Wire|Newsource|Monitoring|To see more)\b")
_LIFE = re.compile(r"\b(?:I|my|worked|wrote|joined|joining|previously|formerly|before|graduated)\b")


def thanks(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """The agencies in contributor lines, and in notes at the end of the text that a cleaner may have left in it or filed elsewhere."""
    for block in kinds.get("contributors", ()):
        text = document.clean[block.start : min(block.end, block.start + _LONGEST_CREDIT)]
        if (not may_name(text) and "eporting by" not in text and "riting by" not in text) or _LIFE.search(text):
            continue
        named = list(inside(text, block.start, "agency_contributors"))
        named += [
            credit_of(agency, block.start + start, block.start + end, "agency_contributors")
            for part, at in pieces(text.rstrip(" .)]"))
            for agency, start, end in named_alone(part, at)
            if agency.code_only
        ]
        yield from named
        if not named and (found := _REPORTING.search(text)):
            yield credit_of(
                agencies()["Reuters"], block.start + found.start(), block.start + found.end(), "reporting_by"
            )
    body = kinds.get("body", [])
    first, last = (body[0].block_no, body[-1].block_no) if body else (0, 0)
    ends = [*body[-_CLOSING_BLOCKS:], *kinds.get("crosshead", [])[-1:]]
    beside = [block for block in document.blocks[max(0, first - _BEFORE) : last + _BEHIND] if block.kind in _BESIDE]
    clean = document.clean
    texts = []
    for block in [*ends, *beside]:
        start = max(block.start, block.end - _LONGEST_CREDIT)
        texts.append((start, clean[start : block.end], block.kind not in _BUTTONS))
    together = "\n".join([text for _, text, _ in texts])  # nearly always there is no note: one look tells
    words = [word for word in held(document, NOTE_WORDS) if word in together]
    for start, text, helped in texts if words else ():
        yield from _noted(text, start, words, helped=helped)


def _noted(text: str, start: int, words: list[str], *, helped: bool) -> Iterator[Credit]:
    """The agencies that a note names, if the text is one.

    ``start``: its place, ``words``: those without one of which it is none, ``helped``: can it be one on who helped?
    """
    if not any(map(text.__contains__, words)):
        return
    if ("eporting by" in text or "riting by" in text) and (found := _REPORTING.search(text)):
        yield credit_of(agencies()["Reuters"], start + found.start(), start + found.end(), "reporting_by")
    elif len(text) < _LONGEST_NOTE and may_be_inside(text):
        note = "agency_note" if _NOTE.search(text) else "agency_material" if helped and _MATERIAL.search(text) else None
        if note and not PHOTO.search(text):
            yield from inside(text, start, note)


def copyrights(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """The agencies that own the text; a publisher's own pages bear its copyright, and what it lends to others says so."""
    near = [block for block in kinds.get("related", ()) if document.clean.startswith(_SIGNS, block.start)]
    for block in [*kinds.get("copyright", ()), *near]:
        text = document.clean[block.start : min(block.end, block.start + 600)]
        for found in _COPYRIGHT.finditer(text):
            if PHOTO.search(found[0]) or _FIGURES.search(text, max(0, found.start() - 80), found.end() + 80):
                continue
            for credit in inside(found[0], block.start + found.start(), "agency_copyright"):
                if not agencies()[credit.agency_id].publisher or _LENT.search(text, found.start(), found.end() + 40):
                    yield credit
