"""Swedish rendered word by word in English."""

import pytest

from bot.nlu.glossary import Glossary, GlossaryError, all_forms, read_glossary
from tests.conftest import ROOT

ENTRIES = {"garanti": "warranty", "tid": "time", "hur länge": "how long", "gälla": "apply", "gå med": "join"}
ENTRIES["år"] = "year"
LEMMAS = {"garantin": "garanti", "gäller": "gälla", "gällde": "gälla", "Gäller": "gälla", "tiden": "tid"}
GLOSSARY = Glossary(all_forms(ENTRIES, LEMMAS))


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("Hur länge gäller garantin?", "how long apply warranty ?"),
        ("hur lange galler garantin", "how long apply warranty"),
        ("garantitiden", "warranty time"),
        ("gå med", "join"),
        ("2 år", "2 year"),
        ("garantis-tiden", "garantis time"),
        ("min iluma", "min iluma"),
        ("", ""),
    ],
    ids=["phrases and forms", "without dots", "a compound", "a phrase", "numbers stay", "a hyphen", "unknown", "empty"],
)
def test_a_text_is_rendered_word_by_word(swedish, english):
    assert GLOSSARY.render(swedish) == english


def test_forms_of_every_entry_are_known_and_the_entry_itself_wins():
    forms = all_forms({"bra": "good", "var": "where"}, {"var": "vara", "bättre": "bra"})
    assert forms["bättre"] == "good"
    assert forms["var"] == "where"


def test_where_a_word_is_listed_twice_the_first_line_counts(tmp_path):
    file = tmp_path / "glossary.txt"
    file.write_text("# words\n\nfault: fel\nwrong: fel,  FEL  aktig\n", encoding="utf-8")
    assert read_glossary(file) == {"fel": "fault", "fel aktig": "wrong"}


@pytest.mark.parametrize("line", ["no colon", "english:", ": svenska", "english: ett, , två"])
def test_a_line_that_cannot_be_read_is_named(tmp_path, line):
    file = tmp_path / "glossary.txt"
    file.write_text(f"fault: fel\n{line}\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"glossary\.txt, line 2"):
        read_glossary(file)


def test_the_glossary_of_the_project_has_the_words_of_everyday_and_of_the_program():
    entries = read_glossary(ROOT / "data" / "sv" / "glossary.txt")
    assert len(entries) > 1500
    assert {"garanti", "hållare", "laddare", "förmån", "olycksfall", "inte", "varför", "gå med"} <= set(entries)
