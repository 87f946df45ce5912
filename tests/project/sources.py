"""The source files of the project, parsed once, for the rules about the code."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tracker", "api")


@cache
def modules() -> dict[str, ast.Module]:
    """The modules of the product by dotted name; migrations are written by Django and left out."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {dotted(path): ast.parse(path.read_text()) for path in files if "migrations" not in path.parts}


def dotted(path: Path) -> str:
    """The name under which a file is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that is imported anywhere in the tree, dotted and absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in the tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def texts() -> Iterator[Path]:
    """Every file of the repository that people read."""
    ignored = {".git", ".venv", "var", "__pycache__", "node_modules", "staticfiles"}
    for path in sorted(ROOT.rglob("*")):
        hidden = any(part.endswith("_cache") or part.startswith((".hypothesis", ".venv")) for part in path.parts)
        if path.is_file() and not hidden and ignored.isdisjoint(path.relative_to(ROOT).parts):
            yield path
