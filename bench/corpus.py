"""A corpus of any size, recombined from the paragraphs of the labelled news data: real prose, no two articles alike."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 4_200
"""Characters of an article, about: the size that PERFORMANCE goals are stated for."""

MOJIBAKE_SHARE = 0.06


def bench_data() -> Path:
    """Where the labelled data is: ``$NEWSLEDGER_BENCH``, else ../shared/bench beside the checkout. Exits with a word if absent."""
    place = Path(os.environ.get("NEWSLEDGER_BENCH") or ROOT.parent / "shared" / "bench")
    if not place.is_dir():
        raise SystemExit(f"no labelled data at {place}; set NEWSLEDGER_BENCH to the folder that holds it")
    return place


def paragraphs() -> list[str]:
    """The paragraphs of the political news data, in the order of the file."""
    lines = (bench_data() / "quotes" / "train" / "docs.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [part for text in texts for part in text.split("\n") if len(part) > 60]


def articles(count: int, seed: int = 7) -> list[str]:
    """``count`` dumps: headline, byline, date, caption, promo, body of recombined paragraphs; some with mojibake."""
    pool, draw = paragraphs(), random.Random(seed)
    made = []
    for number in range(count):
        day = 1 + number * 7919 % 28
        head = draw.choice(pool)[:70].rsplit(" ", 1)[0]
        lines = [
            head,
            f"By {draw.choice(['Ana Ruiz', 'Tom Hale', 'Li Wen', 'Eva Novak'])}",
            f"{day} {draw.choice(['March', 'April', 'May', 'June', 'July'])} {2014 + number % 9}",
            f"{draw.choice(pool)[:120]}, on Wednesday. ({draw.choice(['AP', 'Reuters'])} Photo/Jo Dean)",
        ]
        size = sum(map(len, lines))
        while size < SIZE:
            part = draw.choice(pool)
            lines.append(part)
            size += len(part)
        lines.insert(7, f"Read more: {draw.choice(pool)[:60]}")
        text = "\n\n".join(lines)
        if draw.random() < MOJIBAKE_SHARE:
            text = text.encode("utf-8").decode("cp1252", "replace")
        made.append(f"{text}\n\nArticle {number}\n")
    return made


def write(folder: Path, count: int) -> Path:
    """The corpus as text dumps in a folder, 1,000 to a subfolder."""
    for number, text in enumerate(articles(count)):
        place = folder / f"{number // 1000:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06d}.txt").write_text(text, "utf-8")
    return folder


def write_dumps(folder: Path) -> Path:
    """The article regions of the labelled pages as text dumps in a folder: real articles of 200 sites, of all lengths."""
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(bench_data() / "pages" / "dump_main.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            (folder / f"{number:06d}.txt").write_text(json.loads(line)["text"], "utf-8")
    return folder
