"""Run the extractor of attributions over labelled documents and write what the bench's scorer reads.

usage: python -m bench.adapters_attributions DOCS.jsonl PRED.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.adapters_quotes import document_of_lines
from pipelines.extract.attributions import attributions


def main(docs: str, predictions: str) -> None:
    with Path(docs).open(encoding="utf-8") as lines, Path(predictions).open("w", encoding="utf-8") as out:
        for line in lines:
            doc = json.loads(line)
            for row in attributions([document_of_lines(doc["text"])]).iter_rows(named=True):
                source = [] if row["source_start"] is None else [[row["source_start"], row["source_end"]]]
                record = {
                    "doc": doc["id"],
                    "kind": "mixed" if row["quote_ids"] else "indirect",
                    "content": [[span["start"], span["end"]] for span in row["statement_spans"]],
                    "source": source,
                    "quoted": [list(map(int, quote.rpartition(":")[2].split("-"))) for quote in row["quote_ids"]],
                    "rule": row["rule_id"].partition("/")[2],
                    "cue": [row["cue_start"], row["cue_end"]],
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
