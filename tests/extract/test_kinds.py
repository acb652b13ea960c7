"""What a kind of fact finds does not depend on which other kinds have read the article before it in the same process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.document import Block, Document
from pipelines.extract.kinds import KINDS
from pipelines.text import Text

ARTICLES = (
    # Roles are read where a description asks for one: "the mayor" reads the first, "the Labour council" the second.
    "Ann Reed, a Labour mayor, was glad. “It is late,” the mayor said. It had rained for 3 days in Oslo, and nobody went out.\n\n"
    "The rain went on, the harbour stayed shut, and the boats lay idle in the bay as they had for much of the week.\n\n"
    "Later council chief Ann Reed left. The harbour master thanked the Labour council on Monday.",
    # Poe is nobody until he says something.
    "The pier was opened by Marlo Poe. “It is late,” Marlo Poe said. The harbour master arrested Poe on Monday.",
)


def _documents() -> Iterator[Document]:
    for number, text in enumerate(ARTICLES):
        yield Document(f"{number:064x}", Text(text, []), [Block(0, "body", 0, len(text), 1.0)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_alone_finds_what_it_finds_among_all(kind: str) -> None:
    together = list(_documents())
    found = {name: extractor(together) for name, (_, extractor) in KINDS.items()}
    assert KINDS[kind][1](_documents()).equals(found[kind])
    assert found[kind].height
