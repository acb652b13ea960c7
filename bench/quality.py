"""Figures on the labelled news data, by the scorers that come with it. ``make bench``, or ``python -m bench.quality``.

The data and the scorers stay where they are (``$NEWSLEDGER_BENCH``); nothing of them is copied. Documents whose
sha256(id) is odd are never looked at while rules are written: the two halves are scored apart, and both are published.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import corpus

HALVES: dict[str, Callable[[str], bool]] = {
    "even": lambda name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0,
    "odd": lambda name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1,
}


def _score(scorer: str, *arguments: object) -> str:
    """What a scorer prints."""
    path = corpus.bench_data() / "scorers" / scorer
    environment = {**os.environ, "PYTHONPATH": f"{path.parent}{os.pathsep}{corpus.ROOT}", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, str(path), *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=corpus.ROOT,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{scorer} failed:\n{done.stderr[-2000:]}")
    return done.stdout.strip()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _half(path: Path, half: str, scratch: Path) -> Path:
    """The documents of a set that belong to one half, as a set of their own."""
    kept = scratch / f"{half}-{path.name}"
    with gzip.open(kept, "wt", encoding="utf-8") as out:
        for row in _rows(path):
            if HALVES[half](str(row.get("id") or row["doc"])):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return kept


def dumps(scratch: Path, halves: list[str]) -> None:
    """Bodies of text dumps, mojibake and dates."""
    pages = corpus.bench_data() / "pages"
    for half in halves:
        for name in ("dump_main", "dump_full", "dump_glued", "dump_by_site_main", "dump_by_site_full"):
            data = _half(pages / f"{name}.jsonl.gz", half, scratch)
            print(
                _score(
                    "pages/score_dump_body.py",
                    "--data",
                    data,
                    "--call",
                    "bench.adapters_clean:dump_body",
                    "--name",
                    f"{name} {half}",
                )
            )
        data = _half(corpus.bench_data() / "mojibake" / "lines.jsonl.gz", half, scratch)
        print(
            _score(
                "pages/score_mojibake.py",
                "--data",
                data,
                "--call",
                "bench.adapters_clean:repair",
                "--name",
                f"mojibake {half}",
            )
        )
        data = _half(pages / "pages.jsonl.gz", half, scratch)
        for trap in ((), ("--trap",)):
            call = ("--text", *trap, "--call", "bench.adapters_normalise:date_of_text")
            print(
                _score(
                    "pages/score_date.py", "--data", data, *call, "--name", f"date from text {half} {' '.join(trap)}"
                )
            )


def sites(scratch: Path, halves: list[str]) -> None:
    """Bodies where lines that repeat on a site are learned first: from all pages of it, whichever half is scored."""
    from bench import adapters_sites

    folder, made = corpus.bench_data() / "pages", scratch / "sites.jsonl"
    for name in ("dump_by_site_main", "dump_by_site_full", "pages_by_site"):
        adapters_sites.main(str(folder / f"{name}.jsonl.gz"), str(made))
        scorer = "pages/score_html_body.py" if name == "pages_by_site" else "pages/score_dump_body.py"
        for half in halves:
            data = _half(folder / f"{name}.jsonl.gz", half, scratch)
            print(_score(scorer, "--data", data, "--pred", made, "--name", f"{name} {half}, repeated lines"))


def pages(scratch: Path, halves: list[str]) -> None:
    """Bodies, dates, titles and authors of HTML pages. Dates are scored without the address, which often holds one."""
    folder = corpus.bench_data() / "pages"
    for half in halves:
        for name in ("pages", "pages_by_site"):
            data = ("--data", _half(folder / f"{name}.jsonl.gz", half, scratch), "--name", f"{name} {half}")
            print(_score("pages/score_html_body.py", *data, "--call", "bench.adapters_pages:page_body"))
        data = ("--data", scratch / f"{half}-pages.jsonl.gz", "--name", f"pages {half}")
        print(_score("pages/score_date.py", *data, "--call", "bench.adapters_pages:page_date"))
        print(_score("pages/score_metadata.py", *data, "--call", "bench.adapters_pages:page_fields"))


def texts(scratch: Path, halves: list[str]) -> None:
    """What a text alone tells: title and authors; outlet and agencies, kinds of blocks by our own labels."""
    from bench import adapters_labels, score_blocks, score_outlets

    folder = corpus.bench_data() / "pages"
    for half in halves:
        data = ("--data", _half(folder / "pages.jsonl.gz", half, scratch))
        for name in ("dump_main", "dump_full"):
            dump = ("--dump", _half(folder / f"{name}.jsonl.gz", half, scratch), "--name", f"fields of {name} {half}")
            print(_score("pages/score_metadata.py", *data, *dump, "--call", "bench.adapters_labels:text_fields"))
    given, made = scratch / "inputs.jsonl", scratch / "made.jsonl"
    for what, scorer in (("outlets", score_outlets), ("blocks", score_blocks)):
        closing = ["--closing"] if what == "outlets" and "odd" in halves else []
        scorer.main(["--inputs", str(given), *closing])
        adapters_labels.main(what, str(given), str(made))
        scorer.main([str(made), *closing])


def places(scratch: Path, halves: list[str]) -> None:
    """Places: found, and told apart."""
    from bench import adapters_places

    folder = corpus.bench_data() / "places"
    for half in halves:
        docs, gold, made = (scratch / f"places-{half}-{name}.jsonl" for name in ("docs", "gold", "made"))
        for whole, kept, key in ((folder / "docs.jsonl", docs, "id"), (folder / "gold.jsonl", gold, "doc")):
            lines = whole.read_text("utf-8").rstrip("\n").split("\n")
            kept.write_text("".join(line + "\n" for line in lines if HALVES[half](str(json.loads(line)[key]))), "utf-8")
        adapters_places.main(str(docs), str(made))
        print(f"# places {half}\n" + _score("facts/score_places.py", gold, made))


def facts(scratch: Path) -> None:
    """Quotes and speakers, attributions, agencies, quantities."""
    from bench import adapters_attributions, adapters_normalise, adapters_quantities, adapters_quotes

    for part in ("train", "dev"):
        folder = corpus.bench_data() / "quotes" / part
        made = scratch / f"quotes-{part}.jsonl"
        adapters_quotes.main(str(folder / "docs.jsonl"), str(made))
        print(
            f"# quotes/{part}\n" + _score("facts/score_quotes.py", folder / "docs.jsonl", folder / "gold.jsonl", made)
        )
        adapters_attributions.main(str(folder / "docs.jsonl"), str(made))
        found = _score("facts/score_quotes.py", folder / "docs.jsonl", folder / "gold.jsonl", made)
        print(
            f"# attributions, quotes/{part}\n" + "\n".join(row for row in found.split("\n") if row.startswith("attr"))
        )
        adapters_normalise.main(str(folder / "docs.jsonl"), str(made))
        print(f"# agency, quotes/{part}\n" + _score("facts/score_agency.py", folder / "wires.jsonl", made))
    for name in ("age", "currency", "dimension", "temperature"):
        folder = corpus.bench_data() / "quantities" / name
        made = scratch / f"quantities-{name}.jsonl"
        adapters_quantities.main(str(folder / "docs.jsonl"), str(made))
        print(f"# quantities/{name}\n" + _score("facts/score_quantities.py", folder / "gold.jsonl", made))


def times(scratch: Path, halves: list[str]) -> None:
    """Time expressions, on the stand-off gold of bench/gold: the anchor that the labeller had is the publication date."""
    from bench import adapters_times
    from bench.gold import fill

    for half in halves:
        folder = scratch / f"times-{half}"
        fill.main(["times", str(folder), half])
        adapters_times.main(str(folder / "docs.jsonl"), str(folder / "pred.jsonl"))
        print(f"# times {half}\n" + _score("facts/score_times.py", folder / "gold.jsonl", folder / "pred.jsonl"))


def quantities(scratch: Path, halves: list[str]) -> None:
    """Quantities of news sentences, on the stand-off gold of bench/gold."""
    from bench import adapters_quantities
    from bench.gold import fill

    for half in halves:
        folder = scratch / f"quantities-{half}"
        fill.main(["quantities", str(folder), half])
        adapters_quantities.main(str(folder / "docs.jsonl"), str(folder / "pred.jsonl"), heads=True)
        score = _score("facts/score_quantities.py", folder / "gold.jsonl", folder / "pred.jsonl")
        print(f"# quantities of news {half}\n{score}")


def main() -> None:
    """Print all figures; the odd half only with ``--closing``."""
    halves = list(HALVES) if "--closing" in sys.argv else ["even"]
    with tempfile.TemporaryDirectory() as scratch:
        dumps(Path(scratch), halves)
        sites(Path(scratch), halves)
        pages(Path(scratch), halves)
        texts(Path(scratch), halves)
        facts(Path(scratch))
        places(Path(scratch), halves)
        times(Path(scratch), halves)
        quantities(Path(scratch), halves)


if __name__ == "__main__":
    main()
