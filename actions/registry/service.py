"""The registry as the skills use it: one call, one transaction, named errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from actions.program import Damage
from actions.registry import cases, queries
from actions.registry.engine import for_writing, registry_engine
from actions.registry.errors import RegistryUnavailable
from actions.registry.migrate import is_current


class Registry:
    """Customers, devices, claims and cases. Safe to share between threads; every call blocks, so not for an
    event loop.

    Every method raises RegistryUnavailable where the database does not answer as it should.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = for_writing(engine)

    @classmethod
    def at(cls, url: str, answer_within: float = 5) -> "Registry":
        """The registry at `url`. On PostgreSQL a statement that takes more than `answer_within` seconds is
        given up.

        Raises RegistryUrlError.
        """
        return cls(registry_engine(url, answer_within))

    def account(self, customer_id: str) -> queries.Account | None:
        """One customer's data, devices, claims and open cases; None where there is no such customer."""
        with self._transaction(self._engine) as session:
            return queries.account(session, customer_id)

    def owner(self, serial: str, email: str) -> queries.Owner | None:
        """Whose device it is if serial and e-mail address belong together; else None, whichever of them is
        wrong.
        """
        with self._transaction(self._engine) as session:
            return queries.owner(session, serial, email)

    def open_case(
        self,
        customer_id: str,
        serial: str,
        damage: Damage,
        language: str,
        now: datetime,
        conversation_id: str | None = None,
    ) -> cases.OpenedCase:
        """Open a case for a customer's device, or give back the one that is open (see `cases.open_case`).

        Raises UnknownDevice where the customer has no such device.
        """
        with self._transaction(self._writing) as session:
            return cases.open_case(session, customer_id, serial, damage, language, now, conversation_id)

    def close_case(self, reference: str) -> bool:
        """Close a case; says whether it was open."""
        with self._transaction(self._writing) as session:
            return cases.close_case(session, reference)

    def is_ready(self) -> bool:
        """Whether the database is there and at the newest revision. Raises nothing where it is not."""
        try:
            return is_current(self._engine)
        except (DBAPIError, PoolTimeout):
            return False

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, future=True) as session, session.begin():
                yield session
        except IntegrityError:
            raise
        except (DBAPIError, PoolTimeout) as error:
            # Without the original's text: it holds the statement's parameters, that is personal data.
            raise RegistryUnavailable(f"the registry does not answer ({type(error).__name__})") from None
