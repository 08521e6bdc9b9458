"""Customers of the demo registry, each test with a registry and a letterbox of its own."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from tests.conversations.people import MAJA, NOVEMBER, Letterbox, at_once


@pytest.fixture(scope="session")
def demo_registry_file(tmp_path_factory):
    """The demo registry, imported once."""
    from actions.registry import import_registry, registry_engine, upgrade

    file = tmp_path_factory.mktemp("registry") / "registry.db"
    engine = registry_engine(f"sqlite:///{file}")
    upgrade(engine)
    import_registry(engine, ROOT / "data" / "registry")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def registry_file(demo_registry_file, tmp_path):
    """The file of this test's registry."""
    return shutil.copy(demo_registry_file, tmp_path / "registry.db")


@pytest.fixture
def letterbox():
    """Where this test's mail arrives."""
    return Letterbox()


@pytest.fixture
def people(set_clock, registry_file, letterbox):
    """Puts the demo registry in place, on a day when it shows every reason code."""
    from actions.mail import Postman
    from actions.registry import Registry, TimelyRegistry

    registry = Registry.at(f"sqlite:///{registry_file}")
    set_clock(NOVEMBER, registry=TimelyRegistry(registry), postman=Postman(letterbox, at_once))
    yield registry
    registry.close()


@pytest.fixture
def code_mailed(people, letterbox):
    """The code in the mail that has just been sent: await code_mailed()."""
    from actions.services import services

    async def code() -> str:
        await services().postman.idle()
        return letterbox.code

    return code


@pytest.fixture
def identify(people, code_mailed):
    """Answers the bot's question who is asking: await identify(customer, *MAJA). Gives what the bot says then."""

    async def answer(customer, email=MAJA[0], serial=MAJA[1]):
        await customer.says(f"{email} {serial}")
        return await customer.says(await code_mailed())

    return answer


@pytest.fixture
def known(people, meet):
    """An adult for whom the website vouches: await known("en", "C-1001")."""
    import jwt

    from tests.conftest import IDENTITY_SECRET

    async def customer(language, customer_id="C-1001"):
        claims = {"sub": customer_id, "age_verified": True, "exp": NOVEMBER.timestamp() + 600}
        return await meet(language, identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))

    return customer


@pytest.fixture
def people_on_postgres(set_clock, letterbox, postgres_url):
    """The same on a PostgreSQL server."""
    from actions.mail import Postman
    from actions.registry import Registry, TimelyRegistry, import_registry, registry_engine, upgrade

    engine = registry_engine(postgres_url)
    upgrade(engine)
    import_registry(engine, ROOT / "data" / "registry")
    registry = Registry(engine)
    set_clock(NOVEMBER, registry=TimelyRegistry(registry), postman=Postman(letterbox, at_once))
    yield engine
    registry.close()
