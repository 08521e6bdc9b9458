"""What is counted in a message is what scikit-learn, which chose what there is to count, would count."""

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import CountVectorizer

from bot.nlu.component import ModelDoesNotFit
from bot.nlu.counts import MessageCounts
from bot.nlu.grams import Grams

_TEXTS = [
    "hur länge gäller garantin", "garantin gäller hur länge", "what's the price, and for whom?", "a", "å", "i i i",
    "is it __NUMBER__ kr", "hållare  \t löst", "e\u0301te\u0301", "ﬁn ½ ²", "😀 ok", "x-y_z", "", "   ",
    "ab abc abcd abcde abcdef",
]  # fmt: skip
_UNSEEN = [*_TEXTS, "vad kostar garantin i länge", "zzz", "löst lost lös", "price price price for the price"]
_CONTEXT = ExecutionContext(GraphSchema({}), model_id="test")


@pytest.mark.parametrize("accents", [None, "unicode"])
@pytest.mark.parametrize(
    ("analyzer", "least", "most"),
    [("word", 1, 1), ("word", 1, 2), ("word", 2, 3), ("char_wb", 2, 5), ("char_wb", 1, 3), ("char_wb", 4, 4)],
)
def test_the_counts_are_those_of_scikit_learn(analyzer, least, most, accents):
    reference = CountVectorizer(
        token_pattern=r"(?u)\b\w+\b" if analyzer == "word" else None,
        analyzer=analyzer,
        ngram_range=(least, most),
        strip_accents=accents,
    ).fit(_TEXTS)
    config = {"analyzer": analyzer, "min_ngram": least, "max_ngram": most, "strip_accents": accents}
    grams = Grams(config, {gram: int(column) for gram, column in reference.vocabulary_.items()})
    for text in _UNSEEN:
        expected, found = reference.transform([text]), grams.row(text)
        assert (found.shape, found.dtype) == (expected.shape, expected.dtype)
        assert np.array_equal(found.toarray(), expected.toarray()), text
        assert found.indices.tolist() == sorted(found.indices.tolist())


def _messages(texts):
    messages = [Message({TEXT: text}) for text in texts]
    return WhitespaceTokenizer(WhitespaceTokenizer.get_default_config()).process(messages)


def test_a_stored_component_counts_the_same(tmp_path):
    storage, config = LocalModelStorage.create(tmp_path), {**MessageCounts.get_default_config(), "max_ngram": 2}
    trained = MessageCounts.create(config, storage, Resource("counts"), _CONTEXT)
    trained.train(TrainingData(_messages(["what does it cost", "is it free"])))
    loaded = MessageCounts.load(config, storage, Resource("counts"), _CONTEXT)
    for text in ("is it what it is", "does it", "nothing known", ""):
        before, after = (component.process(_messages([text]))[0] for component in (trained, loaded))
        rows = [message.get_sparse_features(TEXT)[1] for message in (before, after)]
        assert [row and row.features.toarray().tolist() for row in rows][0] == (
            rows[1] and rows[1].features.toarray().tolist()
        )


@pytest.mark.parametrize("stored", [None, "[]", "no json"])
def test_a_model_without_what_there_is_to_count_is_refused(tmp_path, stored):
    storage = LocalModelStorage.create(tmp_path)
    if stored is not None:
        with storage.write_to(Resource("counts")) as folder:
            (folder / "vocabularies.json").write_text(stored, encoding="utf-8")
    with pytest.raises(ModelDoesNotFit, match="MessageCounts.*python -m bot train"):
        MessageCounts.load(MessageCounts.get_default_config(), storage, Resource("counts"), _CONTEXT)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("analyzer", "char"), ("strip_accents", "ascii"), ("lowercase", False), ("use_shared_vocab", True),
     ("stop_words", "english"), ("OOV_token", "oov")],
)  # fmt: skip
def test_settings_that_only_rasas_own_component_knows_are_refused(setting, value):
    with pytest.raises(InvalidConfigException, match=f"MessageCounts: '{setting}' must be .*, not {value!r}"):
        MessageCounts.validate_config({setting: value})
    MessageCounts.validate_config(MessageCounts.get_default_config())
