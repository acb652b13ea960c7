"""Which outlet published an article: declared, hosted, or named by the page when it speaks of itself.

What belongs here: evidence for the outlet. What does not: the registry (``registry.py``), and the agencies that the text
comes from (``agencies.py``). Without evidence there is no outlet; none is ever invented.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipelines.document import Document
from pipelines.normalise.outlet_evidence import OutletFound, evidence, found_by, stated_name
from pipelines.normalise.page_fields import addresses, declared_by_page
from pipelines.normalise.registry import host_of, outlet_by_host, outlet_by_name, outlets, site_of

_DECLARED_FIELDS = ("outlet", "site_name", "publisher", "hostname")

_TITLE_TAIL = re.compile(r"\s[|–—-]\s([^|–—]{2,40})$")
_HOST = re.compile(r"^(?:https?://\S+|[a-z0-9.-]+\.[a-z]{2,})$")


def _host_id(host: str) -> str:
    outlet = outlet_by_host(host)
    return outlet.outlet_id if outlet else f"host:{site_of(host)}"


def _declared(document: Document) -> Iterator[OutletFound]:
    for field in _DECLARED_FIELDS:
        value = document.metadata.get(field)
        stated = " ".join(value.split())[:200] if isinstance(value, str) else ""
        if not stated:
            continue
        outlet = outlets().get(stated) or outlet_by_name(stated)
        host = host_of(stated if "/" in stated else f"//{stated}") if not outlet and _HOST.search(stated) else None
        yield found_by(
            outlet.outlet_id if outlet else _host_id(host) if host else stated, "declared", "declared", stated
        )


def _hosted(document: Document) -> Iterator[OutletFound]:
    host = host_of(document.url) if document.url else None
    if host:
        yield found_by(_host_id(host), "url", "url_host", host)


def _titled(document: Document) -> Iterator[OutletFound]:
    title = document.metadata.get("title")
    tail = _TITLE_TAIL.search(title[-80:]) if isinstance(title, str) else None
    outlet = outlet_by_name(tail[1]) if tail else None
    if tail and outlet:
        yield found_by(outlet.outlet_id, "declared", "title_suffix", tail[1])


def _by_page(document: Document) -> Iterator[OutletFound]:
    """An outlet that an HTML page names as its own, then the site of the address that it gives for itself.

    The name comes first, since a page that took an article over often gives the address that it took it from. A name
    that is not registered comes last: it may be that of a publishing house.
    """
    names = [value[:200] for _, value in declared_by_page(document, "outlet")]
    for name in names:
        known = outlet_by_name(name) or outlet_by_name(name.split(" | ")[0].split(" - ")[0])
        if known:
            yield found_by(known.outlet_id, "declared", "page_publisher", name)
    for address in addresses(document):
        host = host_of(address)
        if host:
            yield found_by(_host_id(host), "url", "page_address", host)
    for name in names:
        if stated := stated_name(name):
            yield found_by(stated, "declared", "page_publisher", name, factor=0.85)


_ENOUGH = 0.6
"""Confidence from which the text tells the outlet; a name alone on a line, once, is less."""
_AGAIN = 0.5
"""How much the second phrase of a rule counts; a third adds nothing."""


def _weighed(document: Document) -> OutletFound | None:
    """The outlet for which the text's own words speak most, with the strongest of them; the first of equals."""
    doubt: dict[str, float] = {}
    times: Counter[tuple[str, str]] = Counter()
    strongest: dict[str, OutletFound] = {}
    for found in evidence(document):
        key = found.outlet_id, found.rule_id
        times[key] += 1
        if times[key] > 2:
            continue
        weight = found.confidence * (1.0 if times[key] == 1 else _AGAIN)
        doubt[found.outlet_id] = doubt.get(found.outlet_id, 1.0) * (1.0 - weight)
        if found.confidence > strongest.get(found.outlet_id, found._replace(confidence=0.0)).confidence:
            strongest[found.outlet_id] = found
    if not doubt:
        return None
    best = min(doubt, key=lambda outlet_id: doubt[outlet_id])
    sure = round(min(1.0 - doubt[best], 0.95), 3)
    return strongest[best]._replace(confidence=sure) if sure >= _ENOUGH else None


def outlet(document: Document) -> OutletFound | None:
    """The outlet that is declared, or the page's host, or the one that the text's own words tell; ``None`` without any."""
    for strong in (_declared, _hosted, _by_page, _titled):
        for found in strong(document):
            return found
    return _weighed(document)
