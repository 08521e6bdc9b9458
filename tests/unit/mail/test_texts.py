"""Mail texts are complete in both languages, and a mistake in them is named."""

import shutil

import pytest

from actions.content import ContentError
from actions.mail import load_mail_texts
from actions.mail.texts import VARIABLES
from tests.conftest import ROOT

DATA = ROOT / "data"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_mail_can_be_filled(language):
    texts = load_mail_texts(language, DATA)
    assert set(texts) == set(VARIABLES)
    values = {name: "402 117" for names in VARIABLES.values() for name in names}
    for name, text in texts.items():
        mail = text.mail("maja@example.com", values)
        assert "402 117" in mail.text, name
        assert "402 117" in mail.html, name
        assert "{" not in mail.subject + mail.text
        assert f'lang="{language}"' in mail.html


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_subject_says_a_code_or_what_a_customer_wrote(language):
    for text in load_mail_texts(language, DATA).values():
        secret = {name: "SECRET" for names in VARIABLES.values() for name in names}
        mail = text.mail("maja@example.com", {**secret, "reference": "7KQ-42P", "topic": "Lost device"})
        assert "SECRET" not in mail.subject


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("is {code}", "is", r"code\.text: must have \{code\}"),
        ("within {minutes}", "within {hours}", r"code\.text: must have \{code\}"),
        ("within {minutes}", "within {minutes", r"code\.text: has a brace too many or too few"),
        ("subject:", "title:", r"code\.title: unknown key"),
        ("code:\n", "kode:\n", "kode: unknown key"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, said):
    shutil.copytree(DATA / "en", tmp_path / "en")
    shutil.copy(DATA / "mail.html", tmp_path)
    file = tmp_path / "en" / "mails.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"en/mails\.yml: {said}"):
        load_mail_texts("en", tmp_path)
