"""Left-over tags, entities and control characters in text that should be plain.

What belongs here: characters that belong to a carrier (HTML, terminals), not to the text. What does not: misread letters
(:mod:`pipelines.clean.mojibake`).
"""

from __future__ import annotations

import html
import re

from pipelines.rules import load_rules
from pipelines.text import Edit

# Only names that HTML defines: "<Name> said" in a transcript is text.
_INLINE = "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|iframe|img|input|ins|kbd|label|mark|q|s|samp|small|source|span|strike|strong|sub|sup|svg|time|tt|u|var|wbr|video|audio|object|embed|script|style|noscript|button|select|option|path|meta|link|figcaption|amp-img|picture"
_BREAKS = "p|br|div|li|ul|ol|dl|dt|dd|h1|h2|h3|h4|h5|h6|hr|table|tbody|thead|tfoot|tr|td|th|blockquote|section|article|aside|header|footer|nav|main|figure|center|address|pre|form|fieldset|body|html|head|title"
_TAG = re.compile(
    rf"</?(?P<name>{_INLINE}|{_BREAKS})(?:\s[^<>]{{0,2000}})?/?>|<!--[^<>]{{0,2000}}-->",
    re.IGNORECASE,
)
_LINE_BREAKS = frozenset(_BREAKS.split("|"))
_ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Controls that no text means: all but tab and line ends; C1 is left to the misreadings. Also BOMs, and object marks.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufff9-\ufffc]+")

MARKUP = r"<[A-Za-z/!]|&(?:[A-Za-z]|\x23)|[\x00-\x08\x0e-\x1f\x7f\x{FEFF}\x{FFF9}-\x{FFFC}]"
"""For whole frames (Rust syntax): documents that may hold a tag, an entity or a control character."""


def _rule(name: str) -> str:
    return load_rules("encoding")[name].rule_id


def _tag_edits(text: str) -> list[Edit]:
    edits = []
    for found in _TAG.finditer(text):
        name = (found["name"] or "").lower()
        # A tag that ends a line on the page ends a line here, unless the text already does.
        at_edge = text[max(0, found.start() - 1) : found.start()] in ("", "\n") or text[
            found.end() : found.end() + 1
        ] in ("", "\n", "\r")
        replacement = "\n" if name in _LINE_BREAKS and not at_edge else ""
        edits.append(Edit(found.start(), found.end(), replacement, "markup", _rule("tag")))
    return edits


def _entity_edits(text: str) -> list[Edit]:
    edits = []
    for found in _ENTITY.finditer(text):
        read = found[0]
        # &amp;rsquo; was escaped twice; a loop, because three times happens too.
        for _ in range(4):
            once = html.unescape(read)
            if once == read:
                break
            read = once
        if read.startswith("&") and read.endswith(";") and len(read) > 2:
            continue  # no entity that HTML knows
        edits.append(Edit(found.start(), found.end(), read, "entity", _rule("entity")))
    return edits


def leftovers(text: str) -> list[Edit]:
    """Edits for tags, entities and control characters, in order and disjoint."""
    edits: list[Edit] = []
    if "<" in text:
        edits += _tag_edits(text)
    if "&" in text:
        edits += _entity_edits(text)
    edits += [Edit(*found.span(), "", "control", _rule("control")) for found in _CONTROL.finditer(text)]
    edits.sort()
    disjoint: list[Edit] = []
    for edit in edits:
        if not disjoint or edit.start >= disjoint[-1].end:
            disjoint.append(edit)
    return disjoint
