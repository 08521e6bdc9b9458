"""Words that customers use, in languages that the bot does not speak or reads as another: what a dictionary may lack.

Among them are those that look much like ours ("programm", "garantie"): by themselves they would speak for English or
Swedish. Lower case, by the code of the language.
"""

from __future__ import annotations

from typing import Dict, List, Text

_WORDS: Dict[Text, Text] = {
    "de": """programm programms kostet kosten kostenlos garantie gilt gelten gültig mitglied mitglieder gerät
        geräte halter ladegerät kaputt defekt verloren gestohlen hilfe wie wo wann warum was wer ist das der
        ein eine mein meine mir ich nicht kann kein werde wird ihr euch euer noch vorteile angebote sprechen
        mensch rauchen""",
    "nl": """programma kost kosten gratis garantie geldig lid worden word apparaat houder oplader kapot verloren
        gestolen hulp hoe waar wanneer waarom wat wie het een mijn ik niet kan geen jullie nog voordelen
        aanbiedingen praten mens roken""",
    "fr": """programme coûte combien gratuit garantie valable membre appareil cassé perdu volé aide comment où
        quand pourquoi quoi qui est le la les un une mon ma je ne pas peux avantages offres parler personne
        fumer""",
    "es": """programa cuesta cuánto gratis garantía válido miembro dispositivo roto perdido robado ayuda cómo
        dónde cuándo por qué quién es el la los un una mi yo no puedo ventajas ofertas hablar persona fumar""",
    "it": """programma costa quanto gratuito garanzia valido membro dispositivo rotto perso rubato aiuto come
        dove quando perché chi il la un una mio mia io non posso vantaggi offerte parlare persona fumare""",
    "pt": """programa custa quanto gratuito garantia válido membro dispositivo partido perdido roubado ajuda como
        onde quando porque quem o um uma meu minha eu não posso vantagens ofertas falar pessoa fumar""",
    "fi": """ohjelma ohjelman maksaa ilmainen takuu voimassa jäsen laite laturi rikki kadonnut varastettu apua
        miten missä milloin miksi mikä kuka on minun minä en voi edut tarjoukset puhua ihminen tupakointi""",
    "pl": """program programu kosztuje ile darmowy gwarancja ważny członek urządzenie zepsute zgubiłem skradzione
        pomoc jak gdzie kiedy dlaczego co kto jest mój moje nie mogę korzyści oferty rozmawiać człowiek
        palenie""",
    "tr": """program programı ücretsiz ücretli ne kadar garanti geçerli üye cihaz bozuk kayıp çalındı yardım
        nasıl nerede ne zaman neden kim mi benim ben değil""",
    "ro": """program programul costă cât gratuit garanție valabil membru dispozitiv stricat pierdut furat ajutor
        cum unde când ce cine este meu mea eu nu pot""",
    "hu": """program programot kerül mennyibe ingyenes garancia érvényes tag készülék elromlott elveszett
        ellopták segítség hogyan hol mikor miért ki a az én nem""",
    "cs": """program programu stojí kolik zdarma záruka platí člen zařízení rozbité ztratil ukradli pomoc jak kde
        kdy proč co kdo je můj moje já""",
    "hr": """program programa košta koliko besplatan jamstvo vrijedi član uređaj pokvaren izgubio ukraden pomoć
        kako gdje kada zašto što tko je moj moja ja ne""",
    "et": """programm programmi maksab palju tasuta garantii kehtib liige seade katki kadunud varastatud abi
        kuidas kus millal miks mis kes on minu mina ei kas""",
    "lt": """programa programos kainuoja kiek nemokama garantija galioja narys prietaisas sugedo pamečiau pavogė
        pagalba kaip kur kada kodėl kas yra mano aš ne ar""",
    "da": """programmet programmer koster gratis garanti garantien gælder medlem enhed enheden holder oplader
        ødelagt mistet stjålet hjælp hvordan hvor hvornår hvorfor hvad hvem er det en et min mit jeg ikke
        kan bliver fordele tilbud""",
    "nb": """programmet programmer koster gratis garanti garantien gjelder varer medlem enhet enheten holder
        lader ødelagt mistet stjålet hjelp hvordan hvor når hvorfor hva hvem er det en et min mitt jeg ikke
        kan blir lenge fordeler""",
}


def words_of_customers(language: Text) -> List[Text]:
    """In the order of the list; none for a language that has no list."""
    return _WORDS.get(language, "").split()
