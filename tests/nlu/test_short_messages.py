"""What the trained model makes of messages of a word or two, and of those that it cannot know."""

import pytest
from rasa.core.channels.channel import UserMessage


@pytest.fixture
def parse(agent):
    """What the trained model understands of a text."""

    async def understand(text):
        return await agent.processor.parse_message(UserMessage(text))

    return understand


_OUTSIDE = ("unsupported_topic", "out_of_scope")
"""The titles of these say what a message is not about."""

_SHORT = [
    ("hej", "sv"), ("tack", "sv"), ("ja", "sv"), ("nej", "sv"), ("hejdå", "sv"), ("hjälp", "sv"),
    ("öppettider", "sv"), ("va", "sv"), ("trasig hållare", "sv"), ("hur mycket kostar det", "sv"),
    ("hello", "en"), ("thanks", "en"), ("yes", "en"), ("no", "en"), ("bye", "en"), ("warranty?", "en"),
    ("opening hours", "en"), ("what", "en"), ("broken holder", "en"), ("how much is it", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), _SHORT)
async def test_the_language_of_a_short_message_is_known(parse, text, language):
    detected = (await parse(text))["language"]
    assert detected["name"] == language
    assert detected["confidence"] >= 0.7


@pytest.mark.parametrize("text", ["😀", "1985-03-12", "!!!"])
async def test_a_text_without_words_has_no_language(parse, text):
    assert (await parse(text))["language"] == {"name": None, "confidence": 0.0}


@pytest.mark.parametrize("text", ["", " ", "😀😀", "???"])
async def test_a_text_without_words_has_no_topic(parse, text):
    assert (await parse(text))["intent"]["name"] in (None, "nlu_fallback")


@pytest.mark.parametrize("text", ["asdf qwer zxcv", "zxqj wvkp", "zxqj wvkp qqfz", "asdf jkl qwer"])
async def test_unknown_words_have_no_topic(parse, text):
    assert (await parse(text))["intent"]["name"] == "nlu_fallback"


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_a_topic_s_title_that_is_typed_is_that_topic(parse, content, language):
    expected = {title: topic for topic, title in content.titles[language].items() if topic not in _OUTSIDE}
    found = {}
    for title in expected:
        intent = (await parse(title))["intent"]
        found[title] = intent.get("full_retrieval_intent_name") or intent["name"]
    assert found == expected


@pytest.mark.parametrize("text", ["Is the program free of charge?", "Är programmet gratis?"])
async def test_the_answer_is_as_sure_as_its_intent(parse, text):
    parsed = await parse(text)
    response = parsed["response_selector"]["faq"]["response"]
    assert parsed["intent"]["name"] == "faq"
    assert response["intent_response_key"] == "faq/cost" == parsed["intent_ranking"][0]["name"]
    assert response["confidence"] == parsed["intent"]["confidence"]


@pytest.mark.parametrize("text", ["hello", "hejsan"])
async def test_a_plain_intent_selects_no_answer(parse, text):
    assert "faq" not in ((await parse(text)).get("response_selector") or {})


@pytest.mark.parametrize(
    ("text", "value"), [("English please", "en"), ("på svenska tack", "sv"), ("SWEDISH", "sv"), ("engelska?", "en")]
)
async def test_the_language_that_is_asked_for_is_found(parse, text, value):
    entities = (await parse(text))["entities"]
    assert [(e["entity"], e["value"]) for e in entities] == [("requested_language", value)]
