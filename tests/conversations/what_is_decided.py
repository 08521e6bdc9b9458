"""What customers write where something that cannot be undone is offered; language and text each."""

REFUSALS = [
    ("sv", "jag vill inte öppna ett ärende"),
    ("sv", "jag vill inte öppna"),
    ("sv", "jag vill inget ärende"),
    ("sv", "öppna inte ärendet"),
    ("sv", "öppna inget ärende"),
    ("sv", "nej, öppna inget ärende"),
    ("sv", "jag vill stänga ärendet"),
    ("sv", "jag vill avbryta ärendet"),
    ("sv", "jag vill fråga om ärendet"),
    ("sv", "det kan du inte göra"),
    ("sv", "ja, öppna det inte"),
    ("sv", "nej öppna"),
    ("sv", "skicka det inte"),
    ("sv", "jag vill inte skicka det"),
    ("sv", "radera inget"),
    ("sv", "jag vill inte radera mina uppgifter"),
    ("sv", "jag tror det"),
    ("sv", "ja den är min"),
    ("en", "I would rather not open a case"),
    ("en", "I want no case"),
    ("en", "open no case"),
    ("en", "I want to cancel the case"),
    ("en", "I need help with my case"),
    ("en", "I don't want to open a case"),
    ("en", "please don't send my message"),
    ("en", "I would rather not send it"),
    ("en", "never delete it"),
    ("en", "I do not want my data deleted"),
    ("en", "yes to the other one"),
    ("en", "yeah right"),
    ("en", "yes. no. yes"),
    ("en", "yes 👎"),
    ("en", "👎"),
    ("en", "I guess so"),
]
"""No yes to anything."""

OPENING = [
    ("en", "open a case"),
    ("en", "open it"),
    ("en", "I need a case"),
    ("en", "yes, open a case"),
    ("sv", "öppna ett ärende"),
    ("sv", "jag vill öppna ett ärende"),
]
SENDING = [
    ("en", "send it"),
    ("en", "send my message"),
    ("en", "yes, send it"),
    ("sv", "skicka det"),
    ("sv", "ja, skicka det"),
]
DELETING = [
    ("en", "delete it"),
    ("en", "delete"),
    ("en", "delete that"),
    ("en", "delete my data"),
    ("en", "yes, delete it"),
    ("sv", "radera mina uppgifter"),
    ("sv", "radera det"),
    ("sv", "ta bort det"),
]
"""Imperatives of each deed, which agree to no other."""

PRAISE = [
    ("en", "good"),
    ("en", "great"),
    ("en", "nice"),
    ("en", "wow, super"),
    ("sv", "bra"),
    ("sv", "toppen"),
    ("sv", "kanon"),
    ("sv", "vad bra"),
]
"""No yes to what cannot be undone."""

YES = [
    ("sv", "såklart"),
    ("sv", "klart du ska"),
    ("sv", "ja det får du"),
    ("sv", "ja varför inte"),
    ("sv", "j"),
    ("sv", "mmm"),
    ("sv", "jadå"),
    ("sv", "okej"),
    ("en", "why not"),
    ("en", "please"),
    ("en", "uh huh"),
    ("en", "you may"),
    ("en", "ok thanks"),
    ("en", "absolutely"),
    ("en", "sure go for it"),
    ("en", "👍"),
]
"""A yes to whatever is offered."""

NO = [
    ("sv", "nehej"),
    ("sv", "nej tack"),
    ("sv", "inte nu"),
    ("en", "nay"),
    ("en", "not really"),
    ("en", "not now"),
    ("en", "👎"),
]
"""A no to whatever is offered."""
