"""`python -m tests.api.at_a_moment MOMENT serve …`: the bot's command line, as if it were that moment when it starts.

Time goes on from there. The moment is ISO 8601 with its offset. Everything else is the real program.
"""

from __future__ import annotations

import sys
from datetime import datetime, timezone


def run(moment: str, *arguments: str) -> int:
    """The exit code of the command."""
    from bot.quiet import calm_environment

    calm_environment()
    from actions import services

    ahead = datetime.fromisoformat(moment) - datetime.now(timezone.utc)
    services._utc_now = lambda: datetime.now(timezone.utc) + ahead
    from bot.cli import main

    return main(list(arguments))


if __name__ == "__main__":
    raise SystemExit(run(*sys.argv[1:]))
