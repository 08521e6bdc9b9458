"""A mail in its two forms: the same words, nothing that a value could break, nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from actions.content import ContentError
from actions.mail import load_mail_texts
from actions.mail.layout import as_html, as_text, load_layout
from tests.conftest import ROOT

DATA = ROOT / "data"
PATTERN = "# About {name}\n\nHello {name}.\n\n> {said}\n\n- A: {name}\n- B: b\n\n{lines}"
VALUES = {"name": "Maja", "said": "one\ntwo", "lines": ["x", "y"]}
HOSTILE = '</p><script>alert(1)</script><img src="https://evil.example/x.png">\n\n# Heading\n\n- item {code} & $subject'


class Elements(HTMLParser):
    """The elements of a document, and that they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attrs) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self._open.pop() == tag

    @property
    def names(self) -> set[str]:
        return {tag for tag, _ in self.found}


def test_the_plain_form():
    assert as_text(PATTERN, VALUES) == (
        "About Maja\n----------\n\nHello Maja.\n\n> one\n> two\n\n- A: Maja\n- B: b\n\n- x\n- y\n"
    )


def test_the_html_form():
    assert as_html(PATTERN, VALUES).replace("\n", "") == (
        "<h2>About Maja</h2><p>Hello Maja.</p><blockquote>one<br>two</blockquote>"
        "<ul><li>A: Maja</li><li>B: b</li></ul><ul><li>x</li><li>y</li></ul>"
    )


def test_no_value_becomes_markup_or_structure():
    values = {"name": HOSTILE, "said": HOSTILE, "lines": [HOSTILE]}
    page = load_layout(DATA / "mail.html").around(as_html(PATTERN, values), HOSTILE, "en")
    elements = Elements(page)
    assert elements.names == {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "br", "blockquote", "ul", "li",
    }  # fmt: skip
    assert [tag for tag, _ in elements.found].count("h2") == 1
    assert "$subject" in page  # a value is not filled in again
    assert all(line.startswith("> ") for line in as_text("> {said}", values).splitlines())


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_mail_works_without_anything_from_elsewhere_and_names_its_language(language):
    for name, text in load_mail_texts(language, DATA).items():
        values = dict.fromkeys(re.findall(r"{(\w+)}", text.subject + text.text), "x")
        page = text.mail("maja@example.com", values).html
        elements = Elements(page)
        assert elements.found[0] == ("html", {"lang": language}), name
        assert not elements.names & {"img", "script", "link", "iframe", "object", "form"}, name
        assert "http" not in page
        assert "url(" not in page
        assert "@import" not in page


def test_the_words_of_both_forms_are_the_same():
    for language in ("en", "sv"):
        for text in load_mail_texts(language, DATA).values():
            values = {key: f"<{key}>" for key in re.findall(r"{(\w+)}", text.subject + text.text)}
            mail = text.mail("maja@example.com", values)
            shown = re.sub(r"<(?!/?(h2|p|ul|li|br|blockquote)>)", "", mail.html.split("</h1>")[1].split("</main>")[0])
            words = re.sub(r"</?\w+>", " ", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
            plain = re.sub(r"^(- |> |-+$)", "", mail.text, flags=re.MULTILINE)
            assert words.replace("&#x27;", "'").split() == plain.split()


@pytest.mark.parametrize(
    "content", ["<p>$content</p>", "$language $subject $content $other", "$language $subject $ $content"]
)
def test_a_layout_with_other_names_is_refused(tmp_path, content):
    (tmp_path / "mail.html").write_text(content)
    with pytest.raises(ContentError, match=r"mail\.html: must have \$language"):
        load_layout(tmp_path / "mail.html")


def test_a_missing_layout_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"mail\.html: cannot be read"):
        load_layout(tmp_path / "mail.html")
