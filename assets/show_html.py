"""A capture as one page of HTML: nothing is fetched, nothing runs, every text is escaped.

What belongs here: markup. What does not: colours (show.css) and what is shown (show).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from assets.show import LANES, Fact, Part, Piece, Shown
from assets.visible import visible

STYLE = Path(__file__).with_name("show.css")

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may do, said to the browser: look as it does."""


def _e(value: Any) -> str:
    """A value as text or as an attribute in double quotes."""
    return escape(visible(str(value)), quote=True)


def _link(url: str) -> str:
    if url.lower().startswith(("https://", "http://")):
        return f'<a rel="noreferrer nofollow" href="{escape(url, quote=True)}">{_e(url)}</a>'
    return _e(url)


def _because(shown: Shown, row: dict[str, Any]) -> str:
    """The rule of a row, and how sure it is, in words."""
    sure = f", {row['confidence']:.2f} sure" if row.get("confidence") is not None else ""
    return f"{row['rule_id']}{sure}\n{shown.rules.get(row['rule_id'], '')}".strip()


def _told(shown: Shown, fact: Fact) -> str:
    said = "; ".join(f"{name}: {words}" for name, words in fact.said)
    return f"{fact.number} {fact.kind} · {said}\n{_because(shown, fact.row)}"


def _piece(shown: Shown, piece: Piece) -> Iterator[str]:
    """A piece of text; in the flow of the text no element holds another's text, so that facts may overlap as they like."""
    words = _e(piece.text)
    if piece.edit is not None:
        why = _e(f"edit: {piece.edit['kind']}\n{_because(shown, piece.edit)}")
        words = f'<del data-tip="{why}" tabindex="0">{words}</del>'
        if piece.replacement:
            words += f'<ins data-tip="{why}">{_e(piece.replacement)}</ins>'
    if piece.facts:
        lines = ";".join(f"--u{lane}:var(--{_name(fact.kind)},var(--fact))" for lane, fact in _lines(piece.facts))
        why = _e("\n\n".join(_told(shown, fact) for fact in piece.facts))
        words = f'<span class="fact" style="{lines}" data-tip="{why}">{words}</span>'
    yield words
    for fact in piece.ending:
        why = _e(_told(shown, fact))
        yield f'<a class="n" id="at-{fact.number}" href="#fact-{fact.number}" data-tip="{why}">{fact.number}</a>'


def _lines(facts: tuple[Fact, ...]) -> list[tuple[int, Fact]]:
    return sorted({fact.lane: fact for fact in facts}.items())


def _name(kind: str) -> str:
    """A kind as a name in CSS: our own words, but it stands in an attribute."""
    return "".join(char for char in kind if char.isalnum() or char in "_-")


def _part(shown: Shown, part: Part, first: set[str]) -> Iterator[str]:
    if part.block is None:
        if any(piece.edit or piece.text.strip() for piece in part.pieces):
            yield '<div class="block gap"><span class="kind"></span><div class="text" dir="auto">'
            yield from (words for piece in part.pieces for words in _piece(shown, piece))
            yield "</div></div>\n"
        return
    kind, number = _name(part.block["kind"]), part.block["block_no"]
    anchor = "" if kind in first else f' id="first-{kind}"'
    first.add(kind)
    where = f"block {number} · {kind} · characters {part.block['span_start']:,} to {part.block['span_end']:,}"
    path = f"\n{part.block['xpath']}" if part.block.get("xpath") else ""
    why = _e(f"{where}\n{_because(shown, part.block)}{path}")
    yield f'<div class="block k-{kind}"{anchor}><span class="kind" tabindex="0" data-tip="{why}">{kind}</span><div class="text" dir="auto">'
    yield from (words for piece in part.pieces for words in _piece(shown, piece))
    yield "</div></div>\n"


def _head(shown: Shown) -> Iterator[str]:
    capture, article = shown.capture, shown.article

    def by(value: str, method: str, confidence: str) -> str:
        if article.get(value) is None:
            return ""
        sure = f", {article[confidence]:.2f} sure" if article.get(confidence) is not None else ""
        return f'{_e(article[value])} <span class="how">{_e(article.get(method))}{sure}</span>'

    rows = (
        ("outlet", by("outlet_id", "outlet_method", "outlet_confidence")),
        ("published", by("published_at" if article.get("published_at") else "published_on", "published_method", "published_confidence")),
        ("authors", _e(", ".join(article.get("authors") or ()))),
        ("agencies", _e(", ".join(article.get("agencies") or ()))),
        ("captured", _e(capture["captured_at"] or "")),
        ("url", _link(capture["url"] or "")),
        ("from", "<br>".join(_e(uri) for uri in dict.fromkeys([capture["uri"], *(row["uri"] for row in shown.deliveries)]))),
        ("read as", _e(f"{capture['media_type']}, {capture['encoding']}, {capture['size_bytes']:,} bytes")),
        ("capture", f"<code>{_e(capture['capture_id'])}</code>"),
    )  # fmt: skip
    yield f"<header><h1 dir=auto>{_e(article.get('headline') or capture['uri'].rpartition('/')[2])}</h1>\n<dl>"
    yield from (f"<dt>{name}</dt><dd>{words}</dd>\n" for name, words in rows if words)
    yield "</dl></header>\n"


def _legend(shown: Shown) -> Iterator[str]:
    yield '<nav aria-label="Legend">'
    for kind, count in shown.kinds.items():
        yield f'<a class="k-{_name(kind)}" href="#first-{_name(kind)}">{_e(kind)} <b>{count:,}</b></a>'
    kinds: dict[str, list[Fact]] = {}
    for fact in shown.facts:
        kinds.setdefault(fact.kind, []).append(fact)
    for kind, facts in kinds.items():
        line = f"--u0:var(--{_name(kind)},var(--fact))"
        yield f'<a href="#fact-{facts[0].number}"><span class="fact" style="{line}">{_e(kind)}</span> <b>{len(facts):,}</b></a>'
    if any(piece.edit for part in shown.parts for piece in part.pieces):
        yield "<span><del>removed</del> <ins>read instead</ins></span>"
    yield "</nav>\n"


def _fact(shown: Shown, fact: Fact) -> Iterator[str]:
    row = fact.row
    yield f'<li id="fact-{fact.number}" style="--u0:var(--{_name(fact.kind)},var(--fact))">'
    yield f'<a class="back" href="#at-{fact.number}" aria-label="fact {fact.number}, to its place">{fact.number}</a>'
    yield f'<p class="words" dir=auto>{_e(row["text"])}</p><p class="what">{_e(fact.kind)} in {_e(row["block_kind"])}</p><dl>'
    yield from (
        f"<dt>{_e(name)}</dt><dd dir=auto>{_e(words)}</dd>" for name, words in fact.said if words != row["text"]
    )
    rule = _e(shown.rules.get(row["rule_id"], ""))
    yield f'<dt>rule</dt><dd><span tabindex="0" data-tip="{rule}">{_e(row["rule_id"])}</span>, {row["confidence"]:.2f} sure</dd></dl></li>\n'


def _pages(shown: Shown) -> Iterator[str]:
    title = shown.article.get("headline") or shown.capture["uri"].rpartition("/")[2]
    lines = ",".join(f"linear-gradient(var(--u{lane},transparent) 0 0)" for lane in range(LANES))
    places = ",".join(f"0 calc(100% - {3 * (LANES - 1 - lane)}px)" for lane in range(LANES))
    yield f"""<!doctype html>
<html lang="{_e(shown.article.get("language") or "und")}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>{_e(title)}</title>
<style>
{STYLE.read_text("utf-8")}
.fact {{ background-image: {lines}; background-position: {places}; padding-bottom: {3 * LANES - 1}px; }}
</style></head><body>
"""
    yield from _head(shown)
    yield from _legend(shown)
    yield '<div class="both"><main>\n'
    first: set[str] = set()
    for part in shown.parts:
        yield from _part(shown, part, first)
    yield '</main>\n<aside aria-label="Facts"><ol>\n'
    for fact in shown.facts:
        yield from _fact(shown, fact)
    yield (
        "</ol></aside></div>\n</body></html>\n"
        if shown.facts
        else "</ol><p>No facts.</p></aside></div>\n</body></html>\n"
    )


def page(shown: Shown) -> str:
    """The page; UTF-8 has all of it, since no text of the store holds half a surrogate pair."""
    return "".join(_pages(shown))
