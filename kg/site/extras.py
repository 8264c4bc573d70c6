"""Libraries that only some users need: imported when asked for, named when missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import OutputError


def needed(module: str, asked: str, extra: str) -> ModuleType:
    """Import a library that what is asked for needs; say which extra brings it if it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        told = f"needs {name}; install it with: pip install 'communique[{extra}]'"
        raise OutputError(asked, told) from error
