"""The message as it was meant, and its vector."""

import shutil

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import build
from bot.nlu.encoder.files import FOLDER, GRAPH, TOKENIZER, VERSION, EncoderMissing
from bot.nlu.encoder.runtime import WIDTH, Encoder
from bot.nlu.language import LANGUAGE
from bot.nlu.reading import CORRECTIONS, IN_ENGLISH, MessageReader
from bot.nlu.sentences import SentenceEncoder
from bot.nlu.tokens import BilingualTokenizer

_CONTEXT = ExecutionContext(GraphSchema({}), model_id="test", node_name="node")
_EXAMPLES = {
    "sv": ["hur länge gäller garantin", "laddaren är trasig", "vad kostar programmet"],
    "en": ["how long is the warranty valid", "the charger is broken", "what does the program cost"],
}


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


@pytest.fixture
def storage(tmp_path):
    return LocalModelStorage.create(tmp_path)


def message(text, language):
    return Message(data={TEXT: text, LANGUAGE: {"name": language, "confidence": 1.0}})


@pytest.fixture
def reader(storage):
    """Trained on the six examples above and the project's glossary."""
    component = MessageReader.create({}, storage, Resource("reader"), _CONTEXT)
    component.train(TrainingData([message(text, name) for name, texts in _EXAMPLES.items() for text in texts]))
    return component


def read(reader, text, language):
    (result,) = reader.process([message(text, language)])
    return result


@pytest.mark.parametrize("text", ["recently the chargre is not usable", "in the east i was not aware of the waranty"])
def test_real_words_that_no_example_has_stay_beside_slips(reader, text):
    corrected = text.replace("chargre", "charger").replace("waranty", "warranty")
    assert read(reader, text, "en").get(IN_ENGLISH) == corrected


@pytest.mark.parametrize(
    ("text", "language", "in_english"),
    [
        ("Hur länge gäller garantin?", "sv", "how long apply warranty ?"),
        ("hur lange galler grantin", "sv", "how long apply warranty"),
        ("the chargr is brokn", "en", "the charger is broken"),
        ("what does the programmet cost", "en", "what does the programmet cost"),
        ("is it necesary", "en", "is it necessary"),  # a common word that no example has
        ("laddaren är trasig", None, "charger is broken"),
    ],
)
def test_the_encoder_reads_english_without_typing_errors(reader, text, language, in_english):
    result = read(reader, text, language)
    assert result.get(IN_ENGLISH) == in_english
    assert result.get(TEXT) == text


def test_a_stored_reader_reads_the_same(reader, storage):
    loaded = MessageReader.load({}, storage, Resource("reader"), _CONTEXT)
    for text, language in (("hur lange galler grantin", "sv"), ("the chargr is brokn", "en"), ("", "sv")):
        ours, theirs = read(reader, text, language), read(loaded, text, language)
        assert (ours.get(IN_ENGLISH), ours.get(CORRECTIONS)) == (theirs.get(IN_ENGLISH), theirs.get(CORRECTIONS))


def test_a_corrected_word_is_read_as_the_word_that_was_meant(reader, storage):
    tokenizer = BilingualTokenizer.create(BilingualTokenizer.get_default_config(), storage, Resource("t"), _CONTEXT)
    tokenizer.train(TrainingData([message(text, "sv") for text in _EXAMPLES["sv"]]))
    lemmas = [token.lemma for token in tokenizer.tokenize(read(reader, "hur länge gäller garantin", "sv"), TEXT)]
    for written in ("hur länge gäller garantin", "hur lnge gälle rgarantin", "hurlänge gälller garantin"):
        tokens = tokenizer.tokenize(read(reader, written, "sv"), TEXT)
        assert " ".join(token.text for token in tokens if token.text) == "hur länge gäller garantin"
        assert [lemma for token in tokens for lemma in token.lemma.split()] == lemmas


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("the chargr isn't broken", "the charger is n't broken"), ("The.chargr.is", "The.charger.is"),
     ("write to chargr@brokn.com", "write to chargr@brokn.com"), ("thecharger is brokn", "the charger is broken")],
)  # fmt: skip
def test_only_what_is_misspelt_is_read_differently(reader, storage, text, tokens):
    tokenizer = BilingualTokenizer.create(BilingualTokenizer.get_default_config(), storage, Resource("t"), _CONTEXT)
    tokenizer.train(TrainingData([message(text, "en") for text in _EXAMPLES["en"]]))
    read_message = read(reader, text, "en")
    assert " ".join(token.text for token in tokenizer.tokenize(read_message, TEXT)) == tokens


def test_corrections_of_the_message_are_not_those_of_its_answer(reader, storage):
    tokenizer = BilingualTokenizer.create(BilingualTokenizer.get_default_config(), storage, Resource("t"), _CONTEXT)
    answered = read(reader, "the chargr", "en")
    answered.set("response", "You get")
    assert [token.text for token in tokenizer.tokenize(answered, "response")] == ["You", "get"]


def test_rasa_trains_again_when_the_glossary_has_changed(tmp_path):
    addons = set()
    for line in ("warranty: garanti", "guarantee: garanti"):
        (tmp_path / "glossary.txt").write_text(line, encoding="utf-8")
        addons.add(MessageReader.fingerprint_addon({"glossaries": {"sv": str(tmp_path / "glossary.txt")}}))
    assert len(addons) == 2


def test_what_means_the_same_is_closer_than_what_does_not(encoder):
    same, also, other = encoder.encode(["how long does the warranty last", "until when am I covered", "I like cats"])
    assert same @ also > 0.3 > same @ other
    assert np.linalg.norm(same) == pytest.approx(1, abs=1e-4)


def test_texts_encoded_together_are_encoded_as_alone(encoder):
    texts = ["is it free", "hello", "my charger is broken", "what is it", "x" * 5000]
    assert encoder.encode(texts) == pytest.approx(np.vstack([encoder.encode([text]) for text in texts]))


def test_a_message_without_text_gets_a_row_of_zeros():
    featurizer = SentenceEncoder.create(SentenceEncoder.get_default_config(), None, Resource("e"), _CONTEXT)
    empty, written = featurizer.process([Message.build(""), Message.build("hello")])
    vectors = [one.get_dense_features(TEXT)[1].features for one in (empty, written)]
    assert [vector.shape for vector in vectors] == [(1, WIDTH), (1, WIDTH)]
    assert not vectors[0].any()
    assert vectors[1].any()


def test_a_missing_encoder_names_the_command_that_builds_it(tmp_path):
    with pytest.raises(EncoderMissing, match=r"not been built.*python -m bot\.nlu\.encoder"):
        Encoder(tmp_path)


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_damaged_encoder_names_the_command_that_builds_it(tmp_path, name):
    shutil.copytree(FOLDER, tmp_path / "encoder")
    (tmp_path / "encoder" / name).write_bytes(b"damaged")
    with pytest.raises(EncoderMissing, match=r"cannot be read.*python -m bot\.nlu\.encoder"):
        Encoder(tmp_path / "encoder")


@pytest.mark.parametrize("version", [None, b"", b"\xff", b"another"])
def test_an_encoder_of_another_version_names_the_command_that_builds_it(tmp_path, version):
    shutil.copytree(FOLDER, tmp_path / "encoder")
    if version is None:
        (tmp_path / "encoder" / VERSION).unlink()
    else:
        (tmp_path / "encoder" / VERSION).write_bytes(version)
    with pytest.raises(EncoderMissing, match=r"not by this version.*python -m bot\.nlu\.encoder"):
        Encoder(tmp_path / "encoder")


def test_weights_that_are_not_the_published_ones_are_refused_and_nothing_is_left(tmp_path, monkeypatch):
    def fetch(target):
        target.mkdir()
        (target / "model.safetensors").write_bytes(b"other weights")

    monkeypatch.setattr(build, "_fetch", fetch)
    with pytest.raises(build.BuildFailed, match=r"model\.safetensors is not the published file"):
        build.build(tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []
