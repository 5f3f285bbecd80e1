"""Imports point inwards, and importing us does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import digestbot

PACKAGE = Path(digestbot.__file__).parent

INNER = {"model", "errors"}
SEEN_BY_STAGES = INNER | {
    "ports", "contract", "contract_feature", "templating", "text", "stages",
}  # fmt: skip

LAW: dict[str, set[str]] = {
    "__init__": INNER | {"wiring", "bot", "checking", "reading"},
    "model": set(),
    "errors": set(),
    "contract": INNER,
    "ports": INNER,
    "templating": INNER,
    "text": INNER | {"text"},
    "stages": SEEN_BY_STAGES,
    "adapters": SEEN_BY_STAGES | {"adapters"},
    "serial": INNER,
    "contract_table": INNER | {"contract"},
    "contract_file": INNER | {"contract", "contract_table"},
    "contract_feature": INNER | {"contract", "contract_file", "contract_table"},
    "library": INNER
    | {"contract", "contract_feature", "contract_file", "contract_table", "templating"},
    "report": INNER | {"text"},
    "pages": INNER | {"text", "pages"},
    "results": INNER | {"pages"},
    "editions": INNER | {"contract"},
    "ledger": INNER | {"ports"},
    "gates": SEEN_BY_STAGES | {"editions"},
    "issue": SEEN_BY_STAGES | {"editions"},
    "pipeline": SEEN_BY_STAGES | {"editions", "gates", "issue", "ledger", "results"},
    "memory": SEEN_BY_STAGES | {"editions"},
    "desk": SEEN_BY_STAGES | {"editions", "ledger", "results", "pipeline"},
    "bot": SEEN_BY_STAGES
    | {"editions", "issue", "ledger", "results", "pipeline", "memory", "desk"},
    "testing": INNER | {"ports"},
    "config": INNER,
}
"""What each part of the package may import from the package. The outermost
parts (wiring, the command line and what only it uses) are not listed: they may
see everything but each other's insides."""

ONLY_WIRING_SEES = {"adapters", "library"}
OUTERMOST = {
    "wiring", "__main__", "checking", "claims", "cli", "commands", "doctor", "drafts", "items",
    "posts", "reading", "schedule", "specimens", "starter", "tellings",
}  # fmt: skip


def _files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path) -> set[str]:
    """The parts of digestbot that a file imports, but for what only a type checker reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unread = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "digestbot":
                names |= {f"digestbot.{alias.name}" for alias in node.names}
            else:
                names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("digestbot.")}


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_inwards(path: Path) -> None:
    part = _part(path)
    if part in OUTERMOST:
        return
    assert part in LAW, f"{part} has no line in the law of imports"
    assert _imports(path) - LAW[part] - {part} == set()


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_wiring_chooses_adapters(path: Path) -> None:
    part = _part(path)
    if part not in {"wiring", "adapters", "library"}:
        allowed = {"library"} if part in OUTERMOST else set()
        assert _imports(path) & ONLY_WIRING_SEES <= allowed


def test_stages_and_text_leave_clocks_environment_and_sockets_alone() -> None:
    forbidden = {"os", "socket", "time", "subprocess", "random", "asyncio", "threading"}
    for path in _files():
        if _part(path) in {"stages", "text"} and path.stem != "publish":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imported = {
                alias.name.split(".")[0]
                for node in ast.walk(tree)
                if isinstance(node, ast.Import)
                for alias in node.names
            }
            assert not imported & forbidden, path


def test_importing_digestbot_loads_no_vendor() -> None:
    code = "import sys, digestbot; print([m for m in sys.argv[1:] if m in sys.modules])"
    vendors = [
        "openai",
        "langchain_core",
        "feedparser",
        "fastfeedparser",
        "aiohttp",
        "jinja2",
        "sqlalchemy",
        "rich",
        "selectolax",
        "markdown_it",
        "pydantic",
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *vendors], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_front_door_lists_what_it_has() -> None:
    missing = [name for name in digestbot.__all__ if not hasattr(digestbot, name)]
    assert missing == []
    assert len(digestbot.__all__) == len(set(digestbot.__all__))


def test_every_module_and_public_thing_says_what_it_is() -> None:
    silent = []
    for path in _files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(PACKAGE)))
        silent += [
            f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []
