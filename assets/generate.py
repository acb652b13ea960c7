"""Write the generated files: ``sql/tables.sql`` and ``docs/tables.md``. Run by ``make docs``; a test fails when they are stale."""

from __future__ import annotations

from assets.home import CHECKOUT
from assets.tables import ddl, markdown

FILES = {"sql/tables.sql": lambda: HEADER + ddl(), "docs/tables.md": markdown}
HEADER = (
    "-- Generated from the contracts by `make docs`; do not edit. The schema of the published store (marts aside).\n\n"
)


def main() -> None:
    """Write all of them."""
    for name, make in FILES.items():
        (CHECKOUT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
