"""The channels of credentials.yml."""

import pytest
from rasa.core.channels.rest import RestInput
from rasa.shared.exceptions import RasaException

from bot.connections import channels_of


@pytest.fixture
def credentials(tmp_path):
    """Writes a credentials.yml; returns the file."""

    def write(text: str):
        file = tmp_path / "credentials.yml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_channels_are_found_by_their_name_and_by_their_module(credentials):
    found = channels_of(credentials("rest:\nrasa.core.channels.rest.RestInput:\n"))
    assert [type(channel) for channel in found] == [RestInput, RestInput]


@pytest.mark.parametrize("name", ["pigeon", "bot.channels.Pigeon", "no.such.module.Pigeon"])
def test_a_channel_that_there_is_not_is_named(credentials, name):
    with pytest.raises(RasaException, match=f"'{name}'"):
        channels_of(credentials(f"{name}:\n"))
