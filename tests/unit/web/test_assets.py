"""What is delivered to a customer's browser: how much, under which name, from which texts."""

from __future__ import annotations

import re
import shutil

import pytest

from bot.composition import widget_texts
from bot.dialogue.content import ContentError
from bot.web.assets import WIDGET, Assets, build_assets
from bot.web.demo import demo_identity
from bot.web.joining import CannotJoin, join_modules
from bot.web.texts import load_widget_texts
from tests.conftest import ROOT

LAUNCHER_LIMIT = 5_000
LIMIT = 25_000
"""Bytes, gzip: what a customer on a slow line waits for."""


@pytest.fixture(scope="module")
def assets() -> Assets:
    return build_assets(widget_texts())


def test_the_launcher_keeps_to_its_bytes(assets):
    assert len(assets.launcher.compressed) <= LAUNCHER_LIMIT


@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_together_keeps_to_its_bytes(assets, language):
    assert assets.bytes_for(language) < LIMIT


def test_a_changed_text_is_another_version_and_another_launcher(assets):
    texts = {language: dict(sections) for language, sections in widget_texts().items()}
    texts["en"]["menu"] = {**texts["en"]["menu"], "end": "Stop"}
    changed = build_assets(texts)
    assert changed.version != assets.version
    assert changed.launcher.integrity != assets.launcher.integrity


def test_nothing_in_the_widget_makes_markup_or_code_of_a_string():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|createContextual"
    )
    for file in WIDGET.glob("*.js"):
        assert not forbidden.search(file.read_text()), file.name


def test_every_text_that_a_module_uses_is_in_the_files_and_every_text_is_used():
    code = "\n".join(file.read_text() for file in WIDGET.glob("*.js"))
    for section, texts in load_widget_texts(ROOT / "data")["sv"].items():
        assert re.search(rf"\b{section}\b", code), section
        for key in texts:
            assert re.search(rf"\b{key}\b", code) or section in ("reasons", "bases", "damages", "units", "marks"), (
                f"{section}.{key}"
            )


@pytest.fixture
def folder(tmp_path):
    """The content files of the widget, to be broken."""
    for language in ("sv", "en"):
        (tmp_path / language).mkdir()
        shutil.copy(ROOT / "data" / language / "widget.yml", tmp_path / language)
    return tmp_path


def edit(file, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('  retry: "Try again"\n', "", "state.retry"),
        ('  send: "Send"\n', '  send: "Send"\n  extra: "x"\n', "composer.extra"),
        ("{count} characters left", "many characters left", "composer.left"),
        ('  send: "Send"\n', '  send: ""\n', "composer.send"),
        ("launcher:", "launcher: [", "not readable"),
    ],
    ids=["a missing pair", "one too many", "another variable", "an empty text", "no YAML"],
)
def test_a_mistake_in_a_text_file_is_refused_and_named(folder, old, new, named):
    edit(folder / "en" / "widget.yml", old, new)
    with pytest.raises(ContentError, match=re.escape(named)):
        load_widget_texts(folder)


def test_a_missing_file_is_refused(folder):
    (folder / "sv" / "widget.yml").unlink()
    with pytest.raises(ContentError, match="missing"):
        load_widget_texts(folder)


def test_joined_modules_keep_the_exports_of_the_entry_alone(tmp_path):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = `${b()} // no comment`;\n')
    (tmp_path / "b.js").write_text("// a comment\nexport function b() { return 'b'; }\n")
    joined = join_modules(tmp_path, "a.js")
    assert joined.count("export") == 1
    assert "// no comment" in joined
    assert "a comment" not in joined.replace("no comment", "")
    assert joined.index("function b") < joined.index("const a")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ('import { b } from "./b.js";\nconst same = 1;\n', "const same = 2;\nexport const b = 1;\n"),
        ('import { b as c } from "./b.js";\n', "export const b = 1;\n"),
        ('import * as b from "./b.js";\n', "export const b = 1;\n"),
        ('import { b } from "./b.js";\n', 'import { a } from "./a.js";\nexport const b = 1;\n'),
        ('import { b } from "./b.js";\n', "export default 1;\n"),
    ],
    ids=["a name twice", "renamed", "everything", "a circle", "a default"],
)
def test_what_joining_does_not_know_stops_the_start(tmp_path, a, b):
    (tmp_path / "a.js").write_text(a)
    (tmp_path / "b.js").write_text(b)
    with pytest.raises(CannotJoin):
        join_modules(tmp_path, "a.js")


def test_a_demo_identity_is_one_of_two():
    from datetime import datetime, timezone

    now = datetime(2026, 3, 9, tzinfo=timezone.utc)
    assert demo_identity("s" * 32, "C-1001", now) != demo_identity("s" * 32, "C-1006", now)
    with pytest.raises(KeyError):
        demo_identity("s" * 32, "C-1002", now)
