"""Loads a trained model without checking again what was checked when it was trained."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Text, Type, Union

from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_file, read_yaml


def load_into(agent: Agent, model: Path) -> None:
    """As `Agent.load_model`, in three quarters of the time; raises what that raises."""
    with _domains_are_read_once():
        agent.load_model(str(model))


@contextmanager
def _domains_are_read_once() -> Iterator[None]:
    """Rasa parses the domain of a model four times and compares it with a schema; it has written that file itself."""
    rasas = Domain.__dict__["from_path"]

    def from_path(cls: Type[Domain], path: Union[Text, Path]) -> Domain:
        files = [file for file in Path(path).glob("*") if file.is_file()] if Path(path).is_dir() else []
        if len(files) != 1:
            return rasas.__func__(cls, path)
        return cls.from_dict(read_yaml(read_file(files[0])))

    Domain.from_path = classmethod(from_path)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Domain.from_path = rasas
