"""What was said in the web chat, in order: for the replies of a turn, the stream and the customer's transcript."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Callable, Dict, List, Optional, Sequence, Text

import sqlalchemy as sa

from bot.storage.sqlite import engine_for

_tables = sa.MetaData()
_conversations = sa.Table(
    "webchat_conversations",
    _tables,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("started_at", sa.String(40), nullable=False),
    sa.Column("erased", sa.Boolean, nullable=False, default=False),
)
_messages = sa.Table(
    "webchat_messages",
    _tables,
    sa.Column("conversation_id", sa.String(32), sa.ForeignKey(_conversations.c.id), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("turn", sa.String(64), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
_turns = sa.Table(
    "webchat_turns",
    _tables,
    sa.Column("conversation_id", sa.String(32), sa.ForeignKey(_conversations.c.id), primary_key=True),
    sa.Column("client_id", sa.String(64), primary_key=True),
)

_feedback = sa.Table(
    "webchat_feedback",
    _tables,
    sa.Column("conversation_id", sa.String(32), sa.ForeignKey(_conversations.c.id), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("at", sa.String(40), nullable=False),
)

# What every turn asks and adds, put together once.
_this = _conversations.c.id == sa.bindparam("conversation")
_TURN = (
    sa.select(_conversations.c.erased, _turns.c.client_id.label("done"))
    .outerjoin(
        _turns, (_turns.c.conversation_id == _conversations.c.id) & (_turns.c.client_id == sa.bindparam("client"))
    )
    .where(_this)
)
_last = sa.select(sa.func.max(_messages.c.position)).where(_messages.c.conversation_id == sa.bindparam("conversation"))
_END = sa.select(_conversations.c.erased, _last.scalar_subquery().label("last")).where(_this)
_NEW_TURN, _NEW_MESSAGES = _turns.insert(), _messages.insert()

Message = Dict[Text, Any]
CUSTOMER = "customer"
BLANK = "[…]"


class Erased(Exception):
    """The conversation was deleted on the customer's wish."""


class UnknownConversation(Exception):
    """There is no such conversation."""


class WebChatStore:
    """Messages by conversation and position (1, 2, 3 …); a message's public id is its position.

    All calls block and are meant for a thread. Personal data is masked before it comes here.

    Raises (all calls): Erased, UnknownConversation, sqlalchemy.exc.SQLAlchemyError.
    """

    def __init__(self, url: Text) -> None:
        self._engine = engine_for(url)
        _tables.create_all(self._engine)

    @property
    def url(self) -> Any:
        """Of the database, as an SQLAlchemy URL."""
        return self._engine.url

    def start(self, conversation: Text, now: datetime) -> None:
        """A new, empty conversation."""
        with self._engine.begin() as connection:
            connection.execute(
                _conversations.insert().values(id=conversation, started_at=now.isoformat(), erased=False)
            )

    def check(self, conversation: Text) -> Text:
        """When the conversation started (ISO 8601)."""
        with self._engine.connect() as connection:
            return self._check(connection, conversation)

    def replies(
        self, conversation: Text, client_id: Text, also: Optional[Callable[[Any], None]] = None
    ) -> Optional[List[Message]]:
        """The replies of a turn that was taken before; None for a new one: then `also` reads what else it begins with,
        with the same connection.
        """
        with self._engine.connect() as connection:
            row = connection.execute(_TURN, {"conversation": conversation, "client": client_id}).first()
            _exists(row, conversation)
            if row.done is None:
                if also:
                    also(connection)
                return None
            rows = self._select(connection, conversation, _messages.c.turn == client_id)
        return [message for message in rows if message["from"] != CUSTOMER]

    def add(
        self,
        conversation: Text,
        client_id: Optional[Text],
        messages: Sequence[Message],
        also: Optional[Callable[[Any], None]] = None,
    ) -> List[Message]:
        """Append messages in one transaction and return them with their ids.

        Args:
            conversation: the conversation's id.
            client_id: of the turn that they belong to; None for messages outside a customer's turn.
            messages: as in the contract, without `id`.
            also: changes something else with the same connection, in the same transaction.
        """
        with self._engine.begin() as connection:
            row = connection.execute(_END, {"conversation": conversation}).first()
            _exists(row, conversation)
            position = row.last or 0
            added = [{"id": str(position + n), **message} for n, message in enumerate(messages, start=1)]
            if client_id is not None:
                connection.execute(_NEW_TURN, {"conversation_id": conversation, "client_id": client_id})
            rows = [
                {
                    "conversation_id": conversation,
                    "position": int(message["id"]),
                    "turn": client_id or "",
                    "body": json.dumps(message, ensure_ascii=False),
                }
                for message in added
            ]
            if rows:
                connection.execute(_NEW_MESSAGES, rows)
            if also:
                also(connection)
        return [message for message in added if message["from"] != CUSTOMER]

    def after(self, conversation: Text, position: int) -> List[Message]:
        """All messages behind a position, the customer's own among them, oldest first."""
        with self._engine.connect() as connection:
            self._check(connection, conversation)
            return self._select(connection, conversation, _messages.c.position > position)

    def latest(self, conversations: Sequence[Text]) -> Dict[Text, Message]:
        """The last message of each of these conversations that has any."""
        last = (
            sa.select(_messages.c.conversation_id, sa.func.max(_messages.c.position).label("position"))
            .where(_messages.c.conversation_id.in_(list(conversations)))
            .group_by(_messages.c.conversation_id)
            .subquery()
        )
        same = (_messages.c.conversation_id == last.c.conversation_id) & (_messages.c.position == last.c.position)
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_messages.c.conversation_id, _messages.c.body).join(last, same))
            return {row.conversation_id: json.loads(row.body) for row in rows}

    def rate(
        self, conversation: Text, message: Text, helpful: bool, comment: Optional[Text], now: datetime
    ) -> bool:
        """Keep what the customer thinks of a message, in place of an earlier word; False: it is not the bot's."""
        position = int(message)
        with self._engine.begin() as connection:
            self._check(connection, conversation)
            rated = self._select(connection, conversation, _messages.c.position == position)
            if not rated or rated[0]["from"] == CUSTOMER:
                return False
            forgotten = any(said["text"] == BLANK for said in self._select(connection, conversation, sa.true()))
            row = (_feedback.c.conversation_id == conversation) & (_feedback.c.position == position)
            connection.execute(sa.delete(_feedback).where(row))
            connection.execute(
                _feedback.insert().values(
                    conversation_id=conversation,
                    position=position,
                    helpful=helpful,
                    comment=None if forgotten else comment,  # nothing of what a minor writes is kept
                    at=now.isoformat(),
                )
            )
        return True

    def ratings(self, conversation: Text) -> Dict[Text, Dict[Text, Any]]:
        """What the customer thinks of messages, by their ids: `helpful`, and `comment` where there is one."""
        with self._engine.connect() as connection:
            self._check(connection, conversation)
            rows = connection.execute(sa.select(_feedback).where(_feedback.c.conversation_id == conversation))
            return {
                str(row.position): {"helpful": row.helpful, **({"comment": row.comment} if row.comment else {})}
                for row in rows
            }

    @staticmethod
    def blank(connection: Any, conversation: Text) -> None:
        """Take the words out of what the customer wrote, within the connection's transaction; that something was
        written stays.
        """
        for message in WebChatStore._select(connection, conversation, sa.true()):
            if message["from"] == CUSTOMER:
                body = json.dumps({**message, "text": BLANK})
                row = (_messages.c.conversation_id == conversation) & (_messages.c.position == int(message["id"]))
                connection.execute(sa.update(_messages).where(row).values(body=body))
        connection.execute(
            sa.update(_feedback).where(_feedback.c.conversation_id == conversation).values(comment=None)
        )

    def erase(self, conversation: Text) -> None:
        """Delete what was said; only that the conversation was erased is kept."""
        with self._engine.begin() as connection:
            for table in (_feedback, _messages, _turns):
                connection.execute(sa.delete(table).where(table.c.conversation_id == conversation))
            connection.execute(sa.update(_conversations).where(_conversations.c.id == conversation).values(erased=True))

    @staticmethod
    def _check(connection: Any, conversation: Text) -> Text:
        query = sa.select(_conversations.c.started_at, _conversations.c.erased).where(
            _conversations.c.id == conversation
        )
        row = connection.execute(query).first()
        _exists(row, conversation)
        return str(row.started_at)

    @staticmethod
    def _select(connection: Any, conversation: Text, condition: Any) -> List[Message]:
        query = sa.select(_messages.c.body).where(_messages.c.conversation_id == conversation, condition)
        return [json.loads(row.body) for row in connection.execute(query.order_by(_messages.c.position))]


def _exists(row: Any, conversation: Text) -> None:
    if row is None:
        raise UnknownConversation(conversation)
    if row.erased:
        raise Erased(conversation)
