"""What the trainable components of this package have in common."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Dict, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException


class ModelDoesNotFit(RasaException):
    """A stored model lacks what this version of the code needs; it has to be trained again."""


class StoredComponent(GraphComponent):
    """A component that is trained once, stored in the model and loaded at start.

    Subclasses implement `train`, `_read(folder)` and `_write(folder)`. Unlike several of Rasa's own
    components this one never loads silently untrained: a model without its files is refused.
    """

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self.config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> StoredComponent:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> StoredComponent:
        """Read a trained component.

        Raises:
            ModelDoesNotFit: the model holds no or other files for this component.
        """
        component = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                component._read(folder)
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise ModelDoesNotFit(
                f"The model does not fit this version of {cls.__name__} ({error}). Train again: python -m bot train"
            ) from error
        return component

    def _persist(self) -> Resource:
        with self._model_storage.write_to(self._resource) as folder:
            self._write(folder)
        return self._resource

    @abstractmethod
    def _read(self, folder: Any) -> None:
        """Take from the folder what `_write` has put there."""

    @abstractmethod
    def _write(self, folder: Any) -> None:
        """Put what was learned into the folder."""
