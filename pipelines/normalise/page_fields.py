"""What an HTML page declares about its article, as the read stage kept it: values with the source that states them.

What belongs here: looking them up. What does not: choosing among them (each field's own module).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.document import Document


def declared_by_page(document: Document, field: str) -> Iterator[tuple[str, str]]:
    """The sources and values of a field, in the order in which the page was read; nothing for a text."""
    page = document.metadata.get("page")
    fields = page.get("declared") if isinstance(page, dict) else None
    values = fields.get(field) if isinstance(fields, dict) else None
    for entry in values if isinstance(values, list) else ():
        if isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry):
            yield entry[0], entry[1]


def addresses(document: Document) -> list[str]:
    """The page's own address: that of the record, else those that it declares."""
    return [document.url] if document.url else [value for _, value in declared_by_page(document, "url")]
