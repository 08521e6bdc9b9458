"""The words that tell of danger: found in spite of a slip, told apart from what only sounds like it, broken files."""

import pytest

from bot.dialogue.content import ContentError
from bot.settings import ROOT
from bot.understanding.danger import is_in_danger, load_danger

DATA = ROOT / "data"
LANGUAGES = ("en", "sv")


@pytest.mark.parametrize(
    "text",
    [
        "MY CHARGER IS ON FIRE",
        "it does not charge and sparks come out",
        "holder not charging battery swollen",
        "there is a burn hole in my sofa",
        "it burned through my sofa",
        "my iluma is smoking",
        "it's still smoking",
        "lots of smoke",
        "my charger is burnt",
        "den brinner av sig själv",
        "min laddare ryker",
        "min iqos luktar bränt",
        "den brände mej",
        "den ger stötar",
        "help, it's burning!!",
        "it burned my fingers",
        "the charger got so hot I couldn't hold it",
        "it exploded in my pocket",
        "my holder's battery is bulging",
        "sparks came out when I plugged it in",
        "the plastic has meltedd",
        "the batery is swolen",
        "it burns tobacco and now the charger is on fire",
        "can you help me, my charger caught fire",
        "HJÄLP DET BRINNER",
        "den tog eld när jag laddade",
        "brände mig på hållaren",
        "jag har fått brännskador på handen",
        "laddaren ar svullen",
        "det gnistrar om laddaren",
        "batteriet läcker",
        "den exploderade i fickan",
        "laddarens plast har smält",
        "FIRE!",
        "help, fire",
        "my charger went up in smoke",
        "my fingers got burned",
        "hjälp, eld",
        "jag fick ström i mig",
        "laddaren börja brinna inatt",
        "batteriet är uppblåst",
        "batteriet har blivit tjockt",
        "laddaren blir jättevarm",
        "den blir väldigt varm när den laddas",
        "den blir så varm att det gör ont",
        "det kmr rök ur laddarn",
        "my pocket charger is boiling hot",
        "charger gets super hot when charging, normal?",
        "holder gets very hot while charging",
        "it was so hot that it hurt my hand",
        "theres a burnt smell",
        "the house almost burned down because of your charger",
        "it went bang and theres black marks everywhere",
        "blister on my lip from the holder",
        "it short circuited",
        "I think my charger short-circuited",
        "the charger shorted out",
        "it popped and went dead",
        "small bang and then nothing",
        "I heard a bang from the charger",
        "the battery is hissing",
        "den sprack med en smäll",
        "laddaren kortslöt",
        "jag tror det blev kortslutning",
        "laddaren dog med en smäll",
        "laddaren poppade till",
        "det hördes en knall",
        "is electric shock covered",
        "it burned, does warranty cover that?",
    ],
)
def test_danger_is_understood(text):
    assert is_in_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "batteriet håller på att ta slut",
        "jag håller på att ta reda på det",
        "det small när jag tappade den",
        "hållaren ryker inte",
        "det kommer lite rök",
        "glider ur handen",
        "I'm going to catch a flight",
        "I was about to burst into tears",
        "do you sell spares?",
        "nothing is burning",
        "no one got burned",
        "it burns through battery",
        "iqos smoking cessation",
        "I have a burning question",
        "does it burn the tobacco or only heat it",
        "it is not on fire",
        "can it explode?",
        "it tastes burnt",
        "my holder gets warm",
        "my wife started smoking",
        "I got a shock when I saw the price",
        "the price exploded",
        "we are meeting at the battery factory",
        "is it spelled with one l",
        "jag brinner för det här",
        "det brinner inte",
        "kommer det rök?",
        "tål den stötar?",
        "den fick en stöt när jag tappade den",
        "det var snällt",
        "sparas det jag skriver?",
        "laddaren är varm",
        "den luktar bränd tobak",
        "kan batteriet explodera?",
        "are burn marks covered by the warranty?",
        "does the warranty cover fire",
        "the LED is burning red",
        "då ryker väl chansen",
        "my holder gets really hot",
        "den blir väldigt varm när jag använder den",
        "hållaren blir jättevarm",
        "does the charger get very hot?",
        "the charger is not very hot",
        "they say it is just hot air and can't hurt anyone",
        "very hot, is it changing?",
        "kan den börja brinna?",
        "kan vi börja om",
        "batteriet är slut så fort",
        "det är så varmt ute och jag vill börja använda den",
        "den fick en smäll när den föll",
        "an explosion of taste",
        "what a taste explosion",
        "en explosion av smaker",
        "I spilled boiling hot coffee on it",
        "spillde kokhett kaffe på den",
        "jag spillde skållhet choklad på hållaren",
        "the lid popped off",
        "I will pop by your shop",
        "it hit the floor with a loud bang",
        "den ramlade med en smäll i golvet",
        "dosan fick sig en smäll",
        "the battery runs out in a short time",
        "my order is sorted",
        "can it short circuit?",
        "does the warranty cover short circuits",
        "täcker garantin kortslutning",
        "det poppade upp en ruta",
        "",
    ],
)
def test_what_only_sounds_like_it_is_no_danger(text):
    assert not is_in_danger(text)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("  harmless:", "  harmles:"), "signs, alone, cries, harmless, known"),
        (("    - in flames\n", "    - 5\n"), "must be a list of texts"),
        (("danger:", "dangers:"), "the key 'danger'"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path, change, complaint):
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        text = (DATA / language / "danger.yml").read_text(encoding="utf-8")
        (tmp_path / language / "danger.yml").write_text(text.replace(*change) if language == "en" else text, "utf-8")
    with pytest.raises(ContentError, match=complaint) as error:
        load_danger(tmp_path)
    assert "danger.yml" in str(error.value)
