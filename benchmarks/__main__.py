"""Speed side by side with what one would use instead, never a test.

    python -m benchmarks [STATEMENTS…]

Claims against the bare parser on a thousand articles made of the practice corpus; identity and
events on generated articles; then everything from the build to the exports at sizes of so many
statements (`python -m benchmarks.speed`, whose options hold here too). Times depend on the machine;
the ratios do less so. `python -m benchmarks.peers` sets the claims beside open information
extraction.
"""

from __future__ import annotations

import sys

from benchmarks import reading, resolving
from benchmarks.speed.__main__ import main as speed


def main() -> None:
    reading.report()
    resolving.report()
    speed(sys.argv[1:])


if __name__ == "__main__":
    main()
