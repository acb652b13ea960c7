"""A capture as one page of HTML: nothing is fetched, nothing runs, every text is escaped.

What belongs here: markup. What does not: colours (show.css) and what is shown (show).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from assets.show import LANES, Fact, Part, Piece, Shown, language_of
from assets.visible import visible

STYLE = Path(__file__).with_name("show.css")

FURNITURE = frozenset(("interface", "related", "promo", "comment", "copyright", "separator", "unknown"))
"""Kinds of block of which long runs are folded."""

LONGEST_RUN = 5
"""Blocks of furniture in a row that are shown as they are."""

TEASED = 90
"""Characters of a folded run that are told."""

QUIET = frozenset(("mentions",))
"""Kinds of fact of which there are so many that the text bears no numbers for them, and their list is closed at first."""

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
        kind = _name(fact.kind)
        told = "" if fact.kind in QUIET else f' data-tip="{_e(_told(shown, fact))}"'
        yield f'<a class="n f-{kind}" id="at-{fact.number}" href="#fact-{fact.number}"{told}>{fact.number}</a>'


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
        ("language", _e(language_of(article) or "")),
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
    for kind, facts in _by_kind(shown).items():
        line = f"--u0:var(--{_name(kind)},var(--fact))"
        yield f'<label><input type="checkbox" id="see-{_name(kind)}" checked><span class="fact" style="{line}">{_e(kind)}</span> <b>{len(facts):,}</b></label>'
    if any(piece.edit for part in shown.parts for piece in part.pieces):
        yield "<span><del>removed</del> <ins>read instead</ins></span>"
    yield "</nav>\n"


def _fact(shown: Shown, fact: Fact) -> Iterator[str]:
    row = fact.row
    yield f'<li id="fact-{fact.number}" style="--u0:var(--{_name(fact.kind)},var(--fact))">'
    yield f'<a class="back" href="#at-{fact.number}" aria-label="fact {fact.number}, to its place">{fact.number}</a>'
    yield f'<p class="words" dir=auto>{_e(row["text"])}</p>'
    if fact.kind in QUIET:  # thousands in a long text: as few elements as will do
        said = " · ".join(f"{name} {words}" for name, words in fact.said)
        yield f'<p class="what" dir=auto>{_e(said)} · {_e(row["rule_id"])}, {row["confidence"]:.2f} sure</p></li>\n'
        return
    yield f'<p class="what">{_e(fact.kind)} in {_e(row["block_kind"])}</p><dl>'
    yield from (
        f"<dt>{_e(name)}</dt><dd dir=auto>{_e(words)}</dd>" for name, words in fact.said if words != row["text"]
    )
    rule = _e(shown.rules.get(row["rule_id"], ""))
    yield f'<dt>rule</dt><dd><span tabindex="0" data-tip="{rule}">{_e(row["rule_id"])}</span>, {row["confidence"]:.2f} sure</dd></dl></li>\n'


def _by_kind(shown: Shown) -> dict[str, list[Fact]]:
    """The facts of each kind; the quiet kinds last."""
    kinds: dict[str, list[Fact]] = {}
    for fact in sorted(shown.facts, key=lambda fact: fact.kind in QUIET):
        kinds.setdefault(fact.kind, []).append(fact)
    return kinds


def _facts(shown: Shown) -> Iterator[str]:
    """The lists of facts, one for each kind; a link into a closed one opens it."""
    yield '<aside aria-label="Facts">\n'
    for kind, facts in _by_kind(shown).items():
        opened = "" if kind in QUIET else " open"
        yield f"<details{opened}><summary>{_e(kind)} <b>{len(facts):,}</b></summary><ol>\n"
        for fact in facts:
            yield from _fact(shown, fact)
        yield "</ol></details>\n"
    yield "</aside>" if shown.facts else "<p>No facts.</p></aside>"


def _plain(part: Part) -> bool:
    """Whether a part is furniture in which there is nothing to see."""
    return (part.block is None or part.block["kind"] in FURNITURE) and not any(
        piece.edit or piece.facts for piece in part.pieces
    )


def _folded(shown: Shown) -> Iterator[str]:
    """The parts, long runs of furniture folded; a link into one, or a search for its words, opens it."""
    first: set[str] = set()
    for plain, run in groupby(shown.parts, key=_plain):
        parts = list(run)
        blocks = [part for part in parts if part.block]
        fold = plain and len(blocks) > LONGEST_RUN
        if fold:
            kinds = Counter(part.block["kind"] for part in blocks if part.block)
            counts = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
            words = " · ".join(" ".join("".join(piece.text for piece in part.pieces).split()) for part in blocks[:9])
            yield f'<details class="fold"><summary>{_e(counts)} <span class="how" dir="auto">{_e(words[:TEASED])} …</span></summary>\n'
        for part in parts:
            yield from _part(shown, part, first)
        if fold:
            yield "</details>\n"


def _seen(shown: Shown) -> str:
    """The style that takes a kind's lines and numbers away where its box in the legend is not ticked."""
    names = [_name(kind) for kind in _by_kind(shown)]
    return "\n".join(
        f"body:has(#see-{name}:not(:checked)) main {{ --{name}: transparent }}\n"
        f"body:has(#see-{name}:not(:checked)) .n.f-{name} {{ display: none }}"
        for name in names
    ) + "".join(f"\n.n.f-{name} {{ font-size: 0; margin: 0; padding: 0 }}" for name in sorted(QUIET))


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
{_seen(shown)}
</style></head><body>
"""
    yield from _head(shown)
    yield from _legend(shown)
    yield '<div class="both"><main>\n'
    yield from _folded(shown)
    yield "</main>\n"
    yield from _facts(shown)
    yield "</div>\n</body></html>\n"


def page(shown: Shown) -> str:
    """The page; UTF-8 has all of it, since no text of the store holds half a surrogate pair."""
    return "".join(_pages(shown))
