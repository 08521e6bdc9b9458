"""The words of what is said beside the open question, and of turns that only sound like something else."""

import pytest

from bot.dialogue.content import ContentError, read_yaml
from bot.settings import ROOT
from bot.understanding.asides import is_spared, is_spared_before, load_asides, said_in

DATA = ROOT / "data"
LANGUAGES = ("en", "sv")
_SAID = {
    "puzzled": ["what do you mean?", "I don't get it", "that makes no sense", "vad menar du", "fattar ej", "förklara"],
    "bare": ["huh?", "what??", "va", "hä?", "??", "sorry what"],
    "why": ["why do you need that", "what do you do with it", "vad ska ni ha det till", "varför måste jag säga det"],
    "private": ["who sees that", "is it safe to give you that", "är det säkert att lämna ut", "vem kan läsa det"],
    "safe": ["is that safe?", "can I trust you", "är det säkert", "kan jag lita på er"],
    "unless": ["what happens if I say no", "what if I don't", "kan jag slippa det", "om jag ångrar mig"],
    "refused": ["what if they say no", "what happens if it gets rejected", "och om ni säger nej", "om jag får avslag"],
    "valid": ["how long is the code valid", "when does it expire", "hur länge gäller koden", "när går den ut"],
    "there": ["hello?", "are you there", "anyone there??", "hallå", "är du där", "hej hej"],
    "store": ["can I come to a store instead", "kan jag gå till en butik istället", "kan man besöka er butik"],
    "bye": ["tack hej", "Tack, hej!", "tack för hjälpen hej hej", "thanks bye", "ok thanks a lot, bye"],
    "escalates": [
        "ni hör från min advokat",
        "you will hear from my lawyer",
        "I'll report you to ARN",
        "jag anmäler er till konsumentverket",
        "I'll see you in court",
        "jag går till tidningen",
        "jag tar det här till ARN",
        "I will sue",
        "this is a scam",
        "vilken jävla skitservice",
        "vi stämmer er",
    ],
    "genuine": ["how do I know you are IQOS?", "is this really iqos", "hur vet jag att ni är IQOS?", "är ni äkta"],
    "next": ["what happens then?", "and then?", "vad händer sen", "och sen?"],
    "expiry": [
        "how long do I have",
        "why doesn't the code you sent yesterday work",
        "hur lång tid har jag på mig",
        "hajj vrf funkar inte koden ni skicka igår",
    ],
    "neutral": ["jag har varit kund i 15 år", "I've been a customer for 15 years"],
    "elsewhere": ["Can I start over with a new account?", "kan jag börja om med ett nytt konto?", "can i reset it"],
    "restarted": ["I did reset it", "har redan startat om den", "i already tried restarting", "jag har nollställt den"],
}
_NOT_SAID = {
    "puzzled": ["you don't understand me", "not what I meant", "du fattar ingenting", "bra förklarat", "makes sense"],
    "bare": ["what is covered", "vad ingår"],
    "why": [
        "why is my charger not covered",
        "varför går det inte att gå med",
        "whats the number for support",
        "what can you do for me",
        "nu måste jag sticka",
        "vad har ni för nummer",
    ],
    "private": ["who knows", "is there a store near me", "who replaces it", "vem har mitt nummer", "if I sell it"],
    "safe": ["I trust you", "jag litar på dig", "is it safe to use it indoors", "är du säker?", "inte säkert"],
    "unless": ["what happens if I lost it", "vad händer om jag tappar den", "what if I want to"],
    "refused": ["what if they lose it", "om jag säger nej", "vad händer om den går sönder"],
    "valid": ["how long does the program last", "how long does it take", "hur länge gäller garantin"],
    "there": ["hello I have a problem", "hello you have not given me an answer", "är det gratis"],
    "store": ["do you sell them in stores", "can I return it in a store", "kan jag köpa den i butik"],
    "bye": ["hej", "hej tack", "tack så mycket", "tack hej hur länge gäller garantin", "bye"],
    "escalates": [
        "it was stolen and I reported it to the police",
        "jag har polisanmält stölden",
        "stämmer det",
        "stämmer iqos garantitid",
        "då stämmer er uppgift",
        "thieves took it",
        "I am going to press the button",
        "det är inte den rätta laddaren",
        "I read a bad review",
        "is this a scam",
        "my lawyer has one too",
        "var är min recension",
        "hi Arn",
        "hej Arn",
        "someone used my card, this was fraud",
        "my husband said: go to the media store and buy one",
        "terrible support from the shop I bought it at",
        "usel service i butiken",
        "det var bedrägeri på mitt kort",
    ],
    "genuine": ["is it really covered", "are you a robot", "är det verkligen gratis"],
    "next": ["what happens when it breaks", "vad händer om jag tappar den"],
    "expiry": ["how long do I have a warranty", "hur lång tid tar det"],
    "neutral": ["jag har varit kund i 10 år och är missnöjd", "I've been a customer for 15 years and this is bad"],
    "elsewhere": ["start over", "börja om", "restart", "can we start again"],
    "restarted": [
        "can i reset it",
        "how do I reset it",
        "should I restart it",
        "start over",
        "starta om",
        "restart",
        "I want to restart",
        "nollställ",
        "när startas programmet",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in _SAID.items() for text in texts])
def test_what_is_said_is_found(name, text):
    assert name in said_in(text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in _NOT_SAID.items() for text in texts])
def test_what_only_sounds_like_it_is_not(name, text):
    assert name not in said_in(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice_beside(language):
    lists = read_yaml(DATA / language / "asides.yml")["asides"]
    words = [word for line in lists["beside"] for word in str(line).split("|")]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("text", ["", "!", "…", "👍"])
def test_nothing_says_nothing(text):
    assert said_in(text) == frozenset()


@pytest.mark.parametrize("text", ["holder is fine though", "charger still works", "hållaren funkar", "laddaren är hel"])
def test_a_unit_is_said_to_be_fine(text):
    assert is_spared(text)


@pytest.mark.parametrize(
    "text", ["there is nothing wrong with the holder", "det är inget fel på laddaren", "it is not the charger"]
)
def test_so_it_is_before_its_name(text):
    assert is_spared_before(text)
    assert not is_spared(text)


@pytest.mark.parametrize(
    "text", ["holder is not fine", "charger isn't working", "hållaren funkar inte", "laddaren är trasig"]
)
def test_a_unit_is_not_said_to_be_fine(text):
    assert not is_spared(text)
    assert not is_spared_before(text)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [(("  puzzled:", "  puzled:"), "puzzled, why"), (("asides:", "aside:"), "the key 'asides'")],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (DATA / language / "asides.yml").read_text(encoding="utf-8")
        (tmp_path / language / "asides.yml").write_text(text.replace(*change) if language == "en" else text, "utf-8")
    with pytest.raises(ContentError, match=complaint) as error:
        load_asides(tmp_path)
    assert "asides.yml" in str(error.value)
