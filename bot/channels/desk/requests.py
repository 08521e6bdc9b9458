"""What the desk's page may send, checked field by field."""

from __future__ import annotations

import json
from typing import Any, Dict, Text

from bot.channels.turns import readable
from bot.channels.webchat.problems import Problem

LARGEST_BODY = 32 * 1024


def fields(body: bytes, **longest: int) -> Dict[Text, Text]:
    """The texts in a JSON object: exactly those named, each of 1 to so many characters, made readable.

    Raises:
        Problem: 400 or 413.
    """
    if len(body) > LARGEST_BODY:
        raise Problem(413, f"The body is larger than {LARGEST_BODY:,} bytes.")
    try:
        given: Any = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise Problem(400, "The body must be JSON in UTF-8.") from None
    if not isinstance(given, dict) or set(given) != set(longest):
        raise Problem(400, f"The body must be a JSON object with {', '.join(longest) or 'nothing'}.")
    texts: Dict[Text, Text] = {}
    for name, most in longest.items():
        value = given[name]
        text = readable(value) if isinstance(value, str) and len(value) <= most else ""
        if not text:
            raise Problem(400, f"'{name}' must be a text of 1 to {most:,} characters.")
        texts[name] = value if name == "password" else text
    return texts
