"""`python -m bot.nlu.encoder`: build the sentence encoder, if it is not there."""

from __future__ import annotations

import argparse
import sys

from bot.nlu.encoder.build import BuildFailed, build
from bot.nlu.encoder.files import FOLDER, ROOT, built


def main() -> int:
    """0: it is there; 1: it cannot be built, one line says why."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.encoder", description=__doc__)
    parser.add_argument("--force", action="store_true", help="build it even if it is there")
    if built() and not parser.parse_args().force:
        print("The sentence encoder is there.")
        return 0
    print("Building the sentence encoder (90 MB to fetch the first time) …", flush=True)
    try:
        build()
    except (BuildFailed, OSError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    print(f"Built: {FOLDER.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
