"""The trainable components on small data: what they store, load and refuse."""

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import CountVectorizer

from bot.nlu.classifier import TopicClassifier
from bot.nlu.component import ModelDoesNotFit
from bot.nlu.counts import MessageCounts
from bot.nlu.entities import EntityRules
from bot.nlu.language import LanguageDetector, LanguageModel
from bot.nlu.tokens import BilingualTokenizer

_EXAMPLES = {
    "greet": ["hello there", "hi there", "good morning"],
    "faq/cost": ["what does it cost", "is it free", "what is the price"],
    "faq/join": ["how can I join", "where do I register", "how do I sign up"],
}
_COUNTS = CountVectorizer().fit([text for texts in _EXAMPLES.values() for text in texts])
_CONTEXT = ExecutionContext(GraphSchema({}), model_id="test")
_COMPONENTS = [LanguageDetector, BilingualTokenizer, EntityRules, TopicClassifier]


@pytest.fixture
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


def _featurized(message):
    counts = _COUNTS.transform([message.get(TEXT)])
    message.add_features(Features(counts, FEATURE_TYPE_SENTENCE, TEXT, "counts"))
    return message


@pytest.fixture
def classifier(storage):
    """Trained on the nine examples above."""
    component = TopicClassifier.create({}, storage, Resource("topics"), _CONTEXT)
    examples = [Message.build(text, intent=intent) for intent, texts in _EXAMPLES.items() for text in texts]
    component.train(TrainingData([_featurized(example) for example in examples]))
    return component


def _understood(classifier, text, featurized=True):
    message = Message.build(text)
    (result,) = classifier.process([_featurized(message) if featurized else message])
    return result


def test_a_retrieval_intent_brings_its_answer_at_its_own_confidence(classifier):
    message = _understood(classifier, "is it free")
    response = message.get("response_selector")["faq"]["response"]
    assert message.get(INTENT)["name"] == "faq"
    assert response["intent_response_key"] == "faq/cost"
    assert response["confidence"] == message.get(INTENT)["confidence"]


def test_the_ranking_has_every_intent_in_falling_order(classifier):
    ranking = _understood(classifier, "how do I join").get(INTENT_RANKING_KEY)
    assert {entry["name"] for entry in ranking} == set(_EXAMPLES)
    assert [e["confidence"] for e in ranking] == sorted((e["confidence"] for e in ranking), reverse=True)


@pytest.mark.parametrize("text", ["", "😀", "qwertz"])
def test_a_text_without_a_known_feature_has_no_intent_and_confidence_0(classifier, text):
    message = _understood(classifier, text)
    assert message.get(INTENT) == {"name": None, "confidence": 0.0}
    assert message.get(INTENT_RANKING_KEY) == []


def test_a_message_that_no_featurizer_touched_has_no_intent_and_confidence_0(classifier):
    assert _understood(classifier, "", featurized=False).get(INTENT) == {"name": None, "confidence": 0.0}


def test_a_stored_classifier_understands_the_same(classifier, storage):
    loaded = TopicClassifier.load({}, storage, Resource("topics"), _CONTEXT)
    for text in ("hello", "what is the price", "where do I sign up", "nothing known"):
        before, after = _understood(classifier, text), _understood(loaded, text)
        assert after.get(INTENT_RANKING_KEY) == before.get(INTENT_RANKING_KEY)


def test_a_single_intent_is_refused(storage):
    component = TopicClassifier.create({}, storage, Resource("topics"), _CONTEXT)
    with pytest.raises(ValueError, match="two intents"):
        component.train(TrainingData([_featurized(Message.build("hello there", intent="greet"))]))


@pytest.fixture
def languages():
    """Trained on a few words, each twice, because a clue has to be seen twice."""
    words = {"sv": ["hej på dig", "tack så mycket", "jag har en fråga"], "en": ["hello you", "thank you", "a question"]}
    examples = [(text, language, 1.0) for language, texts in words.items() for text in texts]
    return LanguageModel.fit(["sv", "en"], examples * 2)


@pytest.mark.parametrize(("text", "language"), [("hej", "sv"), ("TACK!", "sv"), ("hello", "en"), ("thank", "en")])
def test_a_word_is_enough_for_the_language(languages, text, language):
    name, confidence = languages.detect(text)
    assert name == language
    assert confidence > 0.5


@pytest.mark.parametrize("text", ["", "12345", "😀", "عربي"])
def test_a_text_without_a_known_clue_has_no_language(languages, text):
    assert languages.detect(text) is None


def test_a_stored_language_model_detects_the_same(languages, storage):
    detector = LanguageDetector.create({}, storage, Resource("language"), _CONTEXT)
    detector.model = languages
    detector._persist()
    loaded = LanguageDetector.load({}, storage, Resource("language"), _CONTEXT)
    for text in ("hej", "hello", "tack thank", "12345"):
        assert loaded.model.detect(text) == languages.detect(text)


@pytest.mark.parametrize("component", _COMPONENTS)
def test_a_model_without_the_files_of_a_component_is_refused(component, storage):
    with pytest.raises(ModelDoesNotFit, match=f"{component.__name__}.*python -m bot train"):
        component.load(component.get_default_config(), storage, Resource("never trained"), _CONTEXT)


@pytest.mark.parametrize("stored", ["[]", "{}", '["greet"]', "no json"])
@pytest.mark.parametrize(("component", "file"), [(TopicClassifier, "topics.json"), (LanguageDetector, "language.json")])
def test_a_model_with_files_of_another_version_is_refused(component, file, stored, storage):
    with storage.write_to(Resource("old")) as folder:
        (folder / file).write_text(stored, encoding="utf-8")
    with pytest.raises(ModelDoesNotFit):
        component.load(component.get_default_config(), storage, Resource("old"), _CONTEXT)


@pytest.mark.parametrize("settings", [{"max_ngram": 2}, {"analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4}])
def test_counts_of_a_message_are_those_of_rasa_and_there_are_none_of_its_words(storage, settings):
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
    from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer

    texts = ["what does it cost", "is it free", "what is the price", ""]
    counted = []
    for kind in (CountVectorsFeaturizer, MessageCounts):
        messages = [Message({TEXT: text}) for text in texts]
        WhitespaceTokenizer(WhitespaceTokenizer.get_default_config()).process(messages)
        config = {**kind.get_default_config(), **settings}
        component = kind.create(config, storage, Resource(kind.__name__), _CONTEXT)
        component.train(TrainingData(messages[:3]))
        component.process_training_data(TrainingData(messages[:2]))
        component.process(messages[2:])
        counted.append([message.get_sparse_features(TEXT) for message in messages])
    for (_, of_rasa), (of_words, ours) in zip(*counted):
        assert of_words is None
        assert (ours is None) == (of_rasa is None)
        assert ours is None or (ours.features != of_rasa.features).nnz == 0
