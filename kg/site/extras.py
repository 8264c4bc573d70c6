"""Libraries that only some formats need: imported when asked for, named when missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import OutputError


def needed(module: str, form: str, extra: str) -> ModuleType:
    """Import a library that a format needs; say which extra brings it where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        told = f"needs {name}; install it with: pip install 'communique[{extra}]'"
        raise OutputError(f"-f {form}", told) from error
