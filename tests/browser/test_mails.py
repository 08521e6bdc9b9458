"""Every mail in a browser, as a mailbox shows it: accessible, on a narrow screen and in the dark, loading nothing."""

from __future__ import annotations

import re

import pytest

from actions.mail import load_mail_texts
from tests.browser.accessibility import violations
from tests.conftest import ROOT

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "sv"])
async def test_every_mail_is_accessible_fits_a_narrow_screen_and_loads_nothing(browser, language, scheme):
    context = await browser.new_context(viewport=NARROW, color_scheme=scheme)
    page = await context.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    for name, text in load_mail_texts(language, ROOT / "data").items():
        values = dict.fromkeys(re.findall(r"{(\w+)}", text.text), "a-very-long-word-without-spaces " * 3)
        mail = text.mail("maja@example.com", {**values, "reference": "7KQ-42P", "topic": "x", "transcript": ["a", "b"]})
        await page.set_content(mail.html)
        assert await violations(page) == [], name
        assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
    assert asked_for == []
    await context.close()
