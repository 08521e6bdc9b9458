"""What customers write, one unmistakable message a topic and language."""

MESSAGES = {
    "faq/program_overview": ("What is the Customer Benefit Program?", "Vad är Customer Benefit Program?"),
    "faq/cost": ("Is the program free of charge?", "Kostar det något att vara med i programmet?"),
    "faq/join": ("How do I join the program?", "Hur går jag med i programmet?"),
    "faq/cannot_join": ("Why can't I join the program?", "Varför kan jag inte gå med i programmet?"),
    "faq/duration": ("How long does the program last?", "Hur länge gäller programmet?"),
    "faq/country": ("In which country is the program valid?", "I vilket land gäller programmet?"),
    "faq/transfer": (
        "Can I transfer my program to another person?",
        "Kan jag överlåta mitt program till någon annan?",
    ),
    "faq/multiple_devices": (
        "I have two devices, which one is the program based on?",
        "Jag har två enheter, vilken gäller programmet för?",
    ),
    "faq/accident_protection": ("What is the accident protection?", "Vad är olycksfallsskyddet?"),
    "faq/replacement_limit": (
        "How many times can a device be replaced?",
        "Hur många gånger kan man byta ut sin enhet?",
    ),
    "faq/replaced_before_launch": (
        "My device was replaced before the program was launched, does that count?",
        "Räknas ett byte som jag gjorde innan programmet lanserades?",
    ),
    "faq/lost_device": ("Do you replace lost devices?", "Ersätter ni borttappade enheter?"),
    "faq/stolen_device": ("Do you replace stolen devices?", "Ersätter ni stulna enheter?"),
    "faq/cosmetic_damage": ("Are scratches covered?", "Byter ni ut enheter med repor?"),
    "faq/warranty": ("How long is the warranty?", "Hur lång garanti har en IQOS?"),
    "faq/offers_retailers": ("Which retailers does the offer apply to?", "I vilka butiker gäller erbjudandet?"),
    "faq/news_and_offers": ("Do members get exclusive products?", "Får medlemmar exklusiva produkter?"),
    "faq/iqos_expert": ("What does the personal IQOS Expert do?", "Vad gör en personlig IQOS-expert?"),
    "faq/international_assistance": ("What is International Assistance?", "Vad är International Assistance?"),
    "faq/care_plus": ("What is included in Care Plus?", "Vad ingår i Care Plus?"),
    "faq/free_gift": ("How do I redeem my free gift?", "Hur löser jag in min välkomstgåva?"),
    "faq/age_requirement": ("What is the age limit?", "Vad är åldersgränsen?"),
    "faq/health_risks": ("Is IQOS harmful to your health?", "Är IQOS farligt för hälsan?"),
    "faq/quit_smoking": ("Can IQOS help me quit smoking?", "Kan IQOS hjälpa mig att sluta röka?"),
    "ask_contact": ("What is the phone number to support?", "Vad har ni för telefonnummer?"),
    "ask_opening_hours": ("What are your opening hours?", "Vilka öppettider har ni?"),
    "talk_to_human": ("I want to talk to a person", "Jag vill prata med en person"),
    "complaint": ("I want to make a complaint", "Jag vill lämna ett klagomål"),
    "greet": ("hello", "hejsan"),
    "goodbye": ("goodbye", "hej då"),
    "thank": ("thank you", "tack så mycket"),
    "affirm": ("yes", "japp"),
    "deny": ("nope", "nej"),
    "help": ("What can you do?", "Vad kan du göra?"),
    "bot_challenge": ("Are you a bot?", "Är du en robot?"),
    "change_language": ("Can we speak Swedish?", "engelska tack"),
    "repeat": ("What did you say?", "Vad sa du?"),
    "start_over": ("start over", "börja om"),
    "privacy": ("What do you store about me?", "Vad sparar ni om mig?"),
    "export_my_data": ("Can I get a copy of my data?", "Kan jag få en kopia på mina uppgifter?"),
    "delete_my_data": ("Delete my data", "Radera mina uppgifter"),
    "positive_feedback": ("That was very helpful", "Det var till stor hjälp"),
    "negative_feedback": ("That did not help", "Det hjälpte inte"),
    "unsupported_topic": ("How much is an ILUMA?", "Vad kostar en ILUMA?"),
    "out_of_scope": ("Tell me a joke", "Vem vann matchen igår?"),
}
"""Topic -> (English, Swedish)."""

ANSWERS = {
    "ask_contact": "say_ask_contact_open",
    "ask_opening_hours": "say_ask_opening_hours_open",
    "talk_to_human": "say_talk_to_human_open",
    "complaint": "say_complaint_open",
    "affirm": "say_affirm_unclear",
    "deny": "say_deny",
    "change_language": "say_language_changed",
    "repeat": "say_age_confirmed_ask",
    "start_over": "say_started_over",
    "delete_my_data": "say_delete_confirm",
    "negative_feedback": "say_negative_feedback",
}
"""The answers that a skill chooses, for an adult on a Monday morning; all others are `utter_<topic>`."""

UNTIL = {"en": "19.00", "sv": "kl. 19.00"}


def answer_to(topic: str) -> str:
    """The name of the answer to a topic."""
    return ANSWERS.get(topic, f"utter_{topic}")

VAGUE = {
    "en": [
        "how about the old one",
        "what if it goes wrong",
        "what about my old one",
        "the one with the offer",
        "is it still on",
    ],
    "sv": [
        "och sen då med grejen",
        "kan jag byta",
        "och min gamla",
        "ett par frågor om det där",
        "vad gäller med den där",
    ],
}
"""Each may be about several topics. Whether the model doubts it is its own affair: the first that it does is said."""
