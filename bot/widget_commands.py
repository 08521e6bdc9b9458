"""`python -m bot widget`: what a web team needs to embed the chat widget."""

from __future__ import annotations

from typing import Text
from urllib.parse import urlsplit

from bot import composition
from bot.web.assets import LAUNCHER_FILE, build_assets


def run(address: Text) -> int:
    """Print the script tag with its integrity hash, the policy that the page needs, and the byte table.

    Raises:
        ValueError: the address is none, or a content file is wrong.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"'{address}' is no address; https://chat.shop.example is expected.")
    composition.prepare_skills()
    assets = build_assets(composition.widget_texts())
    place = address.rstrip("/")
    print(f'<script src="{place}/{LAUNCHER_FILE}" defer data-language="sv"></script>')
    print("\nPinned to this version (it pins the files that it loads, too; print it anew after each update):")
    print(
        f'<script src="{place}/{LAUNCHER_FILE}" defer data-language="sv"\n'
        f'  integrity="{assets.launcher.integrity}" crossorigin="anonymous"></script>'
    )
    origin = f"{parts.scheme}://{parts.netloc}"
    print(f"\nContent-Security-Policy of the page: script-src {origin}; connect-src {origin}\n")
    rows = [(LAUNCHER_FILE, assets.launcher, "with the page")]
    rows += [(name, asset, "when the chat is opened") for name, asset in assets.files.items()]
    for name, asset, when in rows:
        print(f"{name:10} {len(asset.compressed):6,} bytes gzip  {when}")
    opened = assets.bytes_for("sv")
    print(f"{'together':10} {opened:6,} bytes gzip  a customer in one language")
    return 0
