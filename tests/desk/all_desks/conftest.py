"""The same conversations with each of the desks, on real storage and mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tests.desk.conftest import NIGHT
from tests.desk.every_desk import DESKS, make_place
from tests.mail_server import MailServer


@pytest.fixture
def mail_server():
    """A server that takes mail."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=list(DESKS))
async def place(request, agent, set_clock, tmp_path, mail_server):
    """The web chat with each of the desks, on a Monday at ten."""
    made = make_place(agent, set_clock, tmp_path, mail_server, request.param)
    yield made
    await made.hang_up()
    made.close()


@pytest.fixture
def at_night(place):
    """The same when support is closed."""
    place.at(NIGHT)
    return place


@pytest.fixture
def registry(place, tmp_path):
    """The demo registry."""
    from actions import services
    from actions.registry import Registry, TimelyRegistry, import_registry, registry_engine, upgrade

    engine = registry_engine(f"sqlite:///{tmp_path}/registry.db")
    upgrade(engine)
    import_registry(engine, ROOT / "data" / "registry")
    made = Registry(engine)
    services.use(replace(services.services(), registry=TimelyRegistry(made)))
    yield made
    made.close()
