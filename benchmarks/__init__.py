"""Measurements beside what one would use instead; each module says what it measures.

Processes that are measured start from compiled modules, as those of an installation do, whatever
the shell of whoever measures says about writing them.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
