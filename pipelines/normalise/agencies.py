"""Which news organisations an article's text is credited to.

What belongs here: credits of the text, wherever they stand. What does not: photo credits ("via AP"), sources in the prose
("according to Reuters"), the outlet that printed it (``outlets.py``), reading one line (``credit_lines.py``), and notes
beside the text (``credit_notes.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.document import Document
from pipelines.normalise.agency_names import agency_by_code, agency_by_host, may_be_inside, may_name
from pipelines.normalise.credit_lines import PHOTO, Credit, Kinds, credit_of, inside, named_alone, pieces, whole_credit
from pipelines.normalise.credit_notes import copyrights, thanks
from pipelines.normalise.page_fields import declared_by_page
from pipelines.normalise.registry import Agency, agencies, host_of, outlets
from pipelines.rules import load_rules

_RULES = load_rules("bylines")
_DATELINES = tuple(_RULES[name].regex for name in ("agency_dateline", "agency_dateline_bare", "agency_dateline_open"))
_GLUED = _RULES["agency_glued"].regex
_SIGNOFF = _RULES["agency_signoff"].regex

_OPENING_BLOCKS = 4
_OPENING = 130  # characters in which a dateline stands
_OVER = 4  # blocks over the headline in which its credit can stand
_UNDER = 12  # blocks under the headline in which its credit can stand
_BEHIND = 12  # blocks behind the text
_SIGNED_WITHIN = 3  # blocks behind the text in which an agency signs it
_BIOGRAPHY = re.compile(
    r"\b(?:I|my|is|was|has|have|had|worked|wrote|written|joined|joining|covers?|previously|formerly|before|author of|graduated|freelance)\b"
)
_HEADER = ("deck", "interface", "section", "unknown", "credit", "metadata")
_SIGNING = ("related", "credit", "caption", "unknown", "byline", "metadata", "separator", "interface")
_MOST_DECLARED = 40
_PAGE_SOURCES = ("json_ld", "og", "meta")
_BY = re.compile(r"\W*(?:[Bb]y|BY)\b:?[ ]")
_FULL = r"[^\W\d_][\w.'’-]*(?:[ ][A-ZÀ-Þ][\w.'’-]*){1,3}"
_BEHIND_NAME = re.compile(rf"\W*(?:[Bb]y|BY):?[ ](?:{_FULL}(?:,?[ ](?:and|AND)[ ]{_FULL})?(?:,[ ]|[ ]*[/|(][ ]*|[ ]))?")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b|[0-9][/.][0-9]")
_TAGS = re.compile(
    r"\W*(?:tags?|topics?|related|filed|more|in this|keywords?|read|categor(?:y|ies)|see also)\b", re.IGNORECASE
)
_MARKED = re.compile(r"\W")
_SOURCE = re.compile(r"\W*(?:source|agency|text|quelle|fonte|fuente|text by|posted by|von|par|avec)\b", re.IGNORECASE)


def _named(names: str, at: int, rule: str, before: str = "") -> Iterator[Credit]:
    """The agencies that a credit such as "AP" or "Reuters/AFP" consists of; codes by the place ``before`` it."""
    for part, start in pieces(names):
        code = agency_by_code(part.strip(), before) if before else None
        found = [(code, start, start + len(part))] if code else named_alone(part, start)
        for agency, first, last in found:
            yield credit_of(agency, at + first, at + last, rule)


def _datelines(document: Document, kinds: Kinds) -> Iterator[Credit]:
    body = kinds.get("body", [])
    opening = [*kinds.get("dateline", ()), *kinds.get("deck", ()), *body[:_OPENING_BLOCKS]]
    for number, block in enumerate(opening):
        text = document.clean[block.start : min(block.end, block.start + _OPENING)]
        bracketed = "(" in text or "/" in text
        bare = not bracketed and number <= len(opening) - len(body[:_OPENING_BLOCKS]) and may_name(text)
        for pattern in _DATELINES if bracketed else _DATELINES[-1:] if bare else ():
            found = pattern.match(text)
            if found is None:
                continue
            start = found.start("credit")
            if credits := list(_named(found["credit"], block.start + start, "agency_dateline", text[:start])):
                yield from credits
                break
    for block in body[:1]:
        text = document.clean[block.start : min(block.end, block.start + 300)]
        for found in _GLUED.finditer(text) if may_be_inside(text) else ():
            for credit in inside(found["words"], block.start + found.start("words"), "agency_glued"):
                if credit.end == block.start + found.end("words"):
                    yield credit


def _phrases(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """Agencies known by the words with which they open a report, in the first lines of the text."""
    opening = [*kinds.get("deck", ()), *kinds.get("body", ())[:2]]
    if opening:
        first, last = opening[0].start, min(opening[-1].end, opening[0].start + 600)
        for agency, phrase in _opening_phrases():
            at = document.clean.find(phrase, first, last)
            if at >= 0:
                yield credit_of(agency, at, at + len(phrase), "agency_phrase")


@cache
def _opening_phrases() -> tuple[tuple[Agency, str], ...]:
    return tuple((agency, phrase) for agency in agencies().values() for phrase in agency.phrases)


def _own(document: Document, kinds: Kinds) -> tuple[int, int]:
    """First and last number of the blocks that can belong to the article: those of other stories lie farther away."""
    body = kinds.get("body")
    if not body:
        return 0, len(document.blocks)
    heads = [block.block_no for block in kinds.get("headline", ()) if block.block_no < body[0].block_no]
    return (heads[-1] - _OVER if heads else 0), body[-1].block_no + _BEHIND


def _bylines(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """Bylines and their like; behind the text of no other story, and not what they tell of a writer's life."""
    first, last = _own(document, kinds)
    text_ends = kinds["body"][-1].block_no if "body" in kinds else last
    foreign = next((block.block_no for block in kinds.get("related", ()) if block.block_no > text_ends), last + 1)
    for block in [block for kind in ("byline", "metadata", "dateline") for block in kinds.get(kind, ())]:
        if not first <= block.block_no <= last or block.block_no > foreign:
            continue
        if (
            block.block_no
            and document.blocks[block.block_no - 1].kind == "caption"
            and not _BY.match(document.read(block))
        ):
            continue  # below a picture
        text = document.clean[block.start : min(block.end, block.start + 300)]
        if not may_name(text) or PHOTO.search(text) or _BIOGRAPHY.search(text):
            continue
        if block.kind == "byline":
            yield from inside(text, block.start, "agency_byline")
        begun = _BY.match(text)
        if not begun and "/" in text and not _YEAR.search(text) and not whole_credit(text):
            continue  # "Ada Moss / Reuters", at a picture
        listed = _TAGS.match(text) or not _YEAR.search(text)
        if block.kind == "metadata" and not begun and listed and not whole_credit(text, people=True):
            continue  # names among others: topics, links
        for part, start in pieces(text[begun.end() :] if begun else text):
            at = start + (begun.end() if begun else 0)
            for agency, left, right in named_alone(part, at):
                code = agency.code_only and " " not in text[left:right]
                if not code or (block.kind != "metadata" and (left == 0 or _signed_for(text, left, right))):
                    yield credit_of(agency, block.start + left, block.start + right, "agency_byline")


def _signed_for(text: str, start: int, end: int) -> bool:
    """Whether a code stands right behind By, a full name or a dash, and not behind a town: "Harbour Town, PA"."""
    if not text[start:end].isupper() or not _BY.match(text):
        return not text[start:end].isupper()
    return text[:start].rstrip()[-1:] in "/|(–—-" or _BEHIND_NAME.fullmatch(text, 0, start) is not None


def _header(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """Lines between the headline and the text that say nothing else; what stands at a picture is the picture's."""
    body = kinds.get("body")
    first = body[0].block_no if body else 0
    heads = [block.block_no for block in kinds.get("headline", ()) if block.block_no < first]
    top = heads[-1] if heads else 0  # without a headline, the first line is one
    between = document.blocks[top + 1 : min(first, top + (_UNDER if heads else _UNDER // 2))]
    pictured = sum(block.kind in ("caption", "credit") for block in between) > 1
    signed = any(block.kind == "byline" for block in between)
    before = ""
    for block in between:
        beside, before = before, block.kind
        if block.kind not in _HEADER or block.end - block.start > 120:
            continue
        if signed and block.kind not in ("deck", "metadata") and beside != "byline":
            continue  # who wrote it stands elsewhere
        text = document.read(block)
        if block.kind == "credit" and pictured and not _SOURCE.match(text):
            continue
        alone = block.kind == "deck" or (block.kind == "credit" and not signed)
        for agency, start, end in whole_credit(text, people=alone) if may_name(text) else ():
            code = agency.code_only and " " not in text[start:end]
            if (agency.publisher or code) and block.kind in ("interface", "section", "unknown") and beside != "byline":
                continue  # the name of a site, or another word, among its buttons
            yield credit_of(agency, block.start + start, block.start + end, "agency_byline")


def _sources(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """A line "Source: ..." by itself; under a picture, it names the picture's source."""
    if "credit" not in kinds:
        return
    first, last = _own(document, kinds)
    before = ""
    for block in document.blocks[max(0, first) : last + 1]:
        if block.kind == "credit" and before not in ("caption", "credit") and block.end - block.start <= 80:
            text = document.read(block)
            for agency, start, end in whole_credit(text) if _SOURCE.match(text) else ():
                yield credit_of(agency, block.start + start, block.start + end, "agency_byline")
        before = block.kind


def _signoffs(document: Document, kinds: Kinds) -> Iterator[Credit]:
    """An agency behind the last words of the text, in their block or in one of the next few."""
    body = kinds.get("body", [])
    for block in body[-2:]:
        start = max(block.start, block.end - 60)
        text = document.clean[start : block.end]
        whole = whole_credit(text, initials=True) if block.end - block.start <= 40 and may_name(text) else []
        for agency, left, right in whole:
            yield credit_of(agency, start + left, start + right, "agency_signoff")
        found = None if whole else _SIGNOFF.search(text)
        if found:
            yield from _named(found["credit"], start + found.start("credit"), "agency_signoff")
    if not body:
        return
    last = body[-1].block_no
    for block in document.blocks[last + 1 : last + 1 + _SIGNED_WITHIN]:
        if block.kind not in _SIGNING or block.end - block.start > 80:
            break
        text = document.read(block)
        if block.block_no > last + 1 and not _MARKED.match(text):
            continue
        if "page" in document.metadata and not _MARKED.match(text):
            continue  # a page's next line belongs to something else, unless it is marked
        for agency, start, end in (
            whole_credit(text, people=block.kind == "related", initials=True) if may_name(text) else ()
        ):
            if (agency.publisher or (agency.code_only and " " not in text[start:end])) and not _MARKED.match(text):
                continue  # the name of a site, or another word, alone
            yield credit_of(agency, block.start + start, block.start + end, "agency_signoff")


def _declared(document: Document) -> Iterator[Credit]:
    """Agencies that the record or the page gives as the author, alone or beside a name."""
    stated = document.metadata.get("authors")
    values = [value for value in stated if isinstance(value, str)] if isinstance(stated, list) else []
    values += [value for source, value in declared_by_page(document, "author") if source in _PAGE_SOURCES]
    values += [value for _, value in declared_by_page(document, "credit")]
    for value in values[:_MOST_DECLARED]:
        for agency, _, _ in whole_credit(
            value.title() if value.isupper() and " " in value else value.replace("/", ","), people=True
        ):
            yield Credit(agency.agency_id, None, None, "bylines/agency_declared")


def _site(document: Document, outlet_id: str | None) -> Agency | None:
    """The agency whose own site the page stands on, or whose name its outlet bears."""
    host = host_of(document.url) if document.url else None
    known = outlets().get(outlet_id) if outlet_id else None
    hosts = [host] if host else [*known.domains] if known else [outlet_id.removeprefix("host:")] if outlet_id else []
    return next((agency for name in hosts if (agency := agency_by_host(name))), None)


def agencies_credited(document: Document, outlet_id: str | None = None, *, sure: bool = True) -> list[Credit]:
    """The credits of the text, the first of each agency, in order of the agencies' names.

    ``outlet_id``: who published it. What stands on an agency's own site is the agency's; a publisher that also lends its
    reports is not credited with its own pages. ``sure``: the outlet is beyond doubt.
    """
    kinds: Kinds = {}
    for block in document.blocks:
        kinds.setdefault(block.kind, []).append(block)
    site = _site(document, outlet_id)
    first: dict[str, Credit] = {}
    for found in (
        *(
            reader(document, kinds)
            for reader in (_datelines, _phrases, _bylines, _header, _sources, thanks, copyrights, _signoffs)
        ),
        _declared(document),
    ):
        for credit in found:
            first.setdefault(credit.agency_id, credit)
    if site and site.publisher:
        first.pop(site.agency_id, None)
    elif site and sure:
        first.setdefault(site.agency_id, Credit(site.agency_id, None, None, "bylines/agency_site"))
    return [first[agency_id] for agency_id in sorted(first)]
