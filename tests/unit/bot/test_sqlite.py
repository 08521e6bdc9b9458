"""SQLite as the conversations' database: a log that is flushed at each commit, connections that stay open."""

import pytest
import sqlalchemy as sa

from actions.support.database import Database
from bot.channels.webchat.store import WebChatStore
from bot.storage.sqlite import engine_for
from bot.storage.tracker import ConversationStore

_FULL = 2


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path}/conversations.db"


def _settings(connection) -> tuple:
    return tuple(connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous"))


def test_a_commit_is_flushed_to_the_log(url):
    with engine_for(url).connect() as connection:
        assert _settings(connection) == ("wal", _FULL)
    with Database(url).transaction() as connection:
        assert _settings(connection) == ("wal", _FULL)


@pytest.mark.parametrize("store", [WebChatStore, lambda url: ConversationStore(url, str)], ids=["chat", "tracker"])
def test_connections_stay_open(url, store):
    made = store(url)
    engine = made.engine if isinstance(made, ConversationStore) else made._engine
    opened: list = []
    engine.dispose()
    sa.event.listen(engine, "connect", lambda *_: opened.append(1))
    for _ in range(3):
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT 1"))
    assert opened == [1]


def test_one_reads_while_another_writes(url):
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (x INTEGER)"))
    with engine.begin() as writing, engine.connect() as reading:
        writing.execute(sa.text("INSERT INTO t VALUES (1)"))
        assert reading.execute(sa.text("SELECT count(*) FROM t")).scalar() == 0
