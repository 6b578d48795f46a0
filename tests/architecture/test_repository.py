"""The repository keeps its own rules: layers, sizes, doors, documentation, locks."""

import ast
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from campaign_dashboard import env

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50
SOURCES = sorted(
    path for folder in ("timeline", "campaign_dashboard") for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_keep_the_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


def test_no_module_is_longer_than_the_ceiling() -> None:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in SOURCES}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_the_ceiling() -> None:
    lengths = {
        f"{shown(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in SOURCES
        for node in functions(path)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_every_query_says_what_it_exposes() -> None:
    # Django's own models and the tables behind many-to-many fields have no other manager.
    bare = re.compile(r"(?<!\bUser)(?<!\bGroup)(?<!\bthrough)(?<!\blink)\.objects\b")

    found = [shown(path) for path in SOURCES if bare.search(path.read_text())]

    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        shown(path)
        for path in SOURCES
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_template_has_nothing_that_the_content_security_policy_forbids(template: Path) -> None:
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", template.read_text(), flags=re.S)

    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", text) == []
    assert re.findall(r"<style\b", text) == []
    assert re.findall(r"<[^>]*\sstyle=", text) == []
    assert re.findall(r"<[^>]*\son[a-z]+=", text) == []
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", text) == []
    assert "javascript:" not in text


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=io.StringIO())


def test_every_setting_is_documented_and_nothing_else() -> None:
    table = (ROOT / "docs" / "operations.md").read_text().split("## Settings")[1].split("\n## ")[0]
    documented = re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.M)
    declared = {name for name in env.DECLARED if not name.startswith("TL_")}

    assert sorted(documented) == sorted(declared)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-npm"])
def test_lock_file_has_every_pin_with_a_hash_and_no_address(name: str) -> None:
    wanted = re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / f"{name}.in").read_text(), flags=re.M)
    locked = (ROOT / f"{name}.txt").read_text()

    assert [pin for pin in wanted if f"{pin[0]}=={pin[1]}" not in locked] == []
    assert locked.count("--hash=sha256:") >= len(re.findall(r"^[a-z0-9-]+==", locked, flags=re.M))
    assert "://" not in locked


def test_front_end_packages_are_locked_with_a_hash_and_no_address() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    for name, version in package["dependencies"].items():
        entry = locked[f"node_modules/{name}"]
        assert entry["version"] == version
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_make_help_names_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]

    undocumented = [name for name in phony if not re.search(rf"^{name}:.*## ", makefile, flags=re.M)]

    assert undocumented == []


@pytest.mark.parametrize("catalogue", sorted((ROOT / "campaign_dashboard" / "locale").rglob("*.po")), ids=shown)
def test_compiled_translation_is_that_of_its_source(catalogue: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with catalogue.open("rb") as source:
        write_mo(compiled, read_po(source, locale=catalogue.parts[-3]))

    assert catalogue.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make messages`"
