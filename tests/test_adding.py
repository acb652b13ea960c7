"""The recipes of docs/adding.md, done as they stand there in a checkout of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("assets", "docs", "pipelines", "sql", "seeds", "tests", "newsledger.py", "dagster.yaml", "pyproject.toml", "README.md", "LICENSE", "Makefile", "constraints.txt")  # fmt: skip
PIECES = (
    "seeds/outlets/nz.toml",
    "seeds/captures/moon-saltwick-echo.txt",
    "tests/gold/captures/moon-saltwick-echo.json",
    "seeds/rules/furniture.toml",
    "pipelines/extract/hashtags.py",
    "seeds/rules/hashtags.toml",
    "tests/extract/test_hashtags.py",
    "seeds/reference/da/quantities.toml",
    "sql/marts/unnamed_voices.sql",
    "pipelines/read/csv.py",
)
"""The files that the recipes write, in their order; the text before each names it."""
PIECE = re.compile(r"^```(?P<language>toml|text|json|python|sql)\n(?P<words>.*?)^```$", re.MULTILINE | re.DOTALL)
ROWS = 'id,headline,content,link,date\nc1,Pier mended,"The pier has 3 new lamps. ""It shines,"" said Mo Dale.",https://news.example/pier,2023-09-20\n'
DANISH = "Havnen er lukket af stormen\n\nDet siger borgmesteren efter stormen, som blev hård. Skaden er på 3,5 millioner kroner, og havnen skal være lukket i mere end 2 uger.\n"


def done(folder: Path, *command: str) -> str:
    """What a command says."""
    environment = {**os.environ, "NEWSLEDGER_HOME": str(folder / "home"), "COLUMNS": "200"}
    ran = subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with everything that the recipes say."""
    folder = tmp_path_factory.mktemp("adding")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)  # with the bytecode, which holds for files of equal times
        else:
            shutil.copy2(ROOT / name, folder / name)
    recipes, read_to = (ROOT / "docs" / "adding.md").read_text("utf-8"), 0
    for name, piece in zip(PIECES, PIECE.finditer(recipes), strict=True):
        before, read_to, path = recipes[read_to : piece.start()], piece.end(), folder / name
        at_the_end = f"At the end of `{name}`" in before
        assert f"`{name}`" in before, f"docs/adding.md does not say where this goes: {piece['words'][:80]}"
        assert path.exists() == at_the_end, f"{name} is there already, or is not"
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text("utf-8") + "\n" if at_the_end else "") + piece["words"], "utf-8")
    kinds, stage = folder / "pipelines/extract/kinds.py", folder / "pipelines/read/stage.py"
    (line,) = re.findall(r"^\+(.*\n)", recipes, re.MULTILINE)
    for path, old, new in (
        (kinds, "\n}\n", f"\n{line}}}\n"),
        (
            kinds,
            "from pipelines.extract import",
            "from pipelines.extract import hashtags\nfrom pipelines.extract import",
        ),
        (stage, "READERS: tuple[ModuleType, ...] = (", "READERS: tuple[ModuleType, ...] = (csv, "),
        (stage, "from pipelines.read import", "from pipelines.read import csv\nfrom pipelines.read import"),
    ):
        assert path.read_text("utf-8").count(old) == 1, f"{path}: {old}"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    labels = folder / "tests/gold/captures/moon-saltwick-echo.json"
    labels.write_text(json.dumps(json.loads(labels.read_text("utf-8")) | {"hashtags": ["#quietharbour"]}), "utf-8")
    done(folder, "-m", "assets.generate")
    (folder / "rows.csv").write_text(ROWS, "utf-8")
    (folder / "danish.txt").write_text(DANISH, "utf-8")
    return folder


def test_labels_rules_and_kinds_pass_the_tests(written: Path) -> None:
    told = done(written, "tests/gold/floors.py")
    assert "hashtags           1.0000  floor None -> 1.0" in told, told
    chosen = [
        "tests/test_gold.py",
        "tests/test_house.py",
        "tests/clean/test_line_rules.py",
        "tests/extract/test_hashtags.py",
    ]
    told = done(written, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-k", "not name_no_machine", *chosen)
    missing = [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))]
    (readme,) = missing  # the only step that the test leaves out
    assert "test_people_are_told_of_each_format[pipelines.read.csv]" in readme, told


def test_what_was_added_is_in_the_store(written: Path) -> None:
    fields = ("--field", "text=content", "--field", "url=link", "--field", "title=headline")
    told = done(
        written, "-m", "newsledger", "run", "seeds/captures/moon-saltwick-echo.txt", "rows.csv", "danish.txt", *fields
    )
    assert "The store holds 3 captures" in told, told
    assert "not covered (da 1)" in told, told
    query = "SELECT outlet_id, text FROM facts.hashtags JOIN clean.articles USING (capture_id)"
    assert 'saltwick-echo,"#quietharbour"' in done(written, "-m", "newsledger", "sql", query, "--format", "csv")
    query = "SELECT value_low, unit FROM facts.quantities JOIN clean.articles USING (capture_id) WHERE language = 'da'"
    assert "3500000.0,[DKK]" in done(written, "-m", "newsledger", "sql", query, "--format", "csv")
    assert "rows.csv#c1" in done(written, "-m", "newsledger", "sql", "SELECT uri FROM raw.captures")
    assert "speaker_text" in done(written, "-m", "newsledger", "sql", ".columns marts.unnamed_voices")
