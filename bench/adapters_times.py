"""Time expressions in the form of the bench's scorer.

usage: python -m bench.adapters_times docs.jsonl pred.jsonl
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from pipelines.extract.times import read


def predicted(text: str, published: str | None) -> list[dict[str, Any]]:
    """The time expressions of a text that was published on a day (YYYY-MM-DD, or unknown)."""
    day = dt.date.fromisoformat(published) if published else None
    return [
        {"start": found.start, "end": found.end, "type": found.timex_type, "value": found.value}
        for found in read(text, day)
    ]


def main(docs: str, pred: str) -> None:
    """Writes the time expressions of ``docs`` (id, text, date) to ``pred``, both JSON Lines."""
    with Path(docs).open(encoding="utf-8") as lines, Path(pred).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in predicted(doc["text"], doc.get("date")):
                out.write(json.dumps({"doc": doc["id"]} | row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
