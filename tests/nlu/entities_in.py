"""The entities that a component finds in a text."""

from rasa.shared.nlu.training_data.message import Message


def found_in(rules, text):
    """All entities of a text."""
    (message,) = rules.process([Message.build(text)])
    return message.get("entities")


def values(rules, text, entity):
    """What is found of one entity, in the order of the text."""
    return [found["value"] for found in found_in(rules, text) if found["entity"] == entity]
