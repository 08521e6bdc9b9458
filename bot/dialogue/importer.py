"""Makes Rasa's domain and training data out of one content folder a language."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Union

from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from bot.dialogue.content import LANGUAGES, Answer, Button, Content, ContentError, load_content
from bot.nlu.language import LANGUAGE

CONTENT_FOLDER = "data"

# Rasa expects its own components for these kinds of data and warns where it does not find them; here
# TopicClassifier answers retrieval intents and EntityRules reads look-up tables and synonyms. And it takes
# the intent of a retrieval intent's examples for a second definition of the one in domain.yml. It looks for
# RulePolicy by that name, too; `/restart` and `/back`, of which it warns, are text like any other here.
for _advice in (
    "You have defined training data with examples for training a response selector",
    "You have defined training data consisting of lookup tables",
    "You have defined synonyms in your training data",
    "The following duplicated intents have been found across multiple domain files: faq",
    "'RulePolicy' is not included in the model's policy configuration",
):
    warnings.filterwarnings("ignore", message=f"(?s).*{_advice}")


class ContentImporter(RasaFileImporter):
    """Rasa's file importer, plus answers as native conditional variations and the language of each example.

    Answers are added when the data to train on are the content folder's: with foreign data
    (`rasa train nlu --nlu any.yml`) this importer behaves like Rasa's own.
    """

    def __init__(
        self,
        config_file: Optional[Text] = None,
        domain_path: Optional[Text] = None,
        training_data_paths: Optional[Union[List[Text], Text]] = None,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._folder = (Path(config_file).resolve().parent if config_file else Path.cwd()) / CONTENT_FOLDER

    def get_domain(self) -> Domain:
        """The domain file, with the answers that rules name (`utter_…`) as its responses.

        The skills' own answers (`say_…`) stay out: to Rasa every response is an action, and it would warn
        of each that no rule uses it.

        Raises:
            ContentError: a content file is wrong.
        """
        domain = super().get_domain()
        if domain.is_empty() or not self._folder.is_dir():
            return domain
        every = responses(load_content(self._folder))
        named_by_rules = {name: answer for name, answer in every.items() if name.startswith(UTTER_PREFIX)}
        return domain.merge(Domain.from_dict({"responses": named_by_rules}))

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """The training examples, each with its language where the content folder tells it."""
        parts: List[TrainingData] = []
        for file in self._nlu_files:
            _refuse_unknown_keys(file)
            part = load_data(file, language)
            folder_language = self._language_of(Path(file).resolve())
            if folder_language:
                for example in part.training_examples:
                    example.set(LANGUAGE, folder_language)
            parts.append(part)
        return TrainingData().merge(*parts)  # at once: every merge copies all examples

    def _language_of(self, file: Path) -> Optional[Text]:
        return next((language for language in LANGUAGES if self._folder / language in file.parents), None)


def responses(content: Content) -> Dict[Text, List[Dict[Text, Any]]]:
    """The answers in Rasa's format: one variation a language, chosen by the slot `language`."""
    result: Dict[Text, List[Dict[Text, Any]]] = {}
    for language in LANGUAGES:
        for name, answer in content.answers[language].items():
            result.setdefault(name, []).append(_variation(answer, language))
    return result


def _variation(answer: Answer, language: Text) -> Dict[Text, Any]:
    variation: Dict[Text, Any] = {
        "condition": [{"type": "slot", "name": "language", "value": language}],
        "text": answer.text,
    }
    if answer.buttons:
        variation["buttons"] = [_rasa_button(button) for button in answer.buttons]
    return variation


def _rasa_button(button: Button) -> Dict[Text, Any]:
    values = json.dumps(button.values, ensure_ascii=False) if button.values else ""
    rasa_button = {"title": button.title, "payload": f"/{button.topic}{values}"}
    if button.role:
        rasa_button["role"] = button.role
    return rasa_button


_NLU_KEYS = {
    "intent": {"intent", "examples", "metadata"},
    "synonym": {"synonym", "examples"},
    "lookup": {"lookup", "examples"},
    "regex": {"regex", "examples"},
}


def _refuse_unknown_keys(file: Text) -> None:
    """Rasa only warns of a mistyped key in an example file and leaves the entry out; here it is refused."""
    if not file.endswith((".yml", ".yaml")):
        return
    content = YAML(typ="safe").load(Path(file).read_text(encoding="utf-8")) or {}
    for number, entry in enumerate(content.get("nlu") or [], start=1):
        kind = next((kind for kind in _NLU_KEYS if kind in entry), None)
        if kind is None:
            raise ContentError(f"{file}, entry {number}: must have one of the keys {', '.join(_NLU_KEYS)}.")
        for key in entry:
            if key not in _NLU_KEYS[kind]:
                known = ", ".join(sorted(_NLU_KEYS[kind]))
                raise ContentError(f"{file}, {kind} '{entry[kind]}': unknown key '{key}'; known: {known}.")
