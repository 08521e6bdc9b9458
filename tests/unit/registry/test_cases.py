"""One open case for each device, whatever races."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from actions.program import Damage
from actions.registry import CaseStatus, OpenedCase, Registry, RegistryError, UnknownDevice
from actions.registry.cases import open_case
from actions.registry.engine import for_writing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
SERIAL = "HQA1 X773 0002"
THREADS = 12


def test_a_case_keeps_what_it_was_opened_with(registry: Registry) -> None:
    opened = registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW, "conversation-1")
    assert opened.is_new
    case = opened.case
    assert (case.damage, case.created_at, case.status) == (Damage.ACCIDENT, NOW, CaseStatus.OPEN)
    assert (case.language, case.conversation_id) == ("sv", "conversation-1")


def test_a_device_with_an_open_case_keeps_that_case(registry: Registry) -> None:
    first = registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW)
    again = registry.open_case("C-1", "hqai-x773-ooo2", Damage.DEFECT, "en", NOW)
    assert again == OpenedCase(first.case, is_new=False)


def test_after_closing_a_new_case_can_be_opened(registry: Registry) -> None:
    first = registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW)
    assert registry.close_case(first.case.reference)
    second = registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW)
    assert second.is_new
    assert second.case.reference != first.case.reference


def test_closing_twice_says_that_nothing_was_open(registry: Registry) -> None:
    reference = registry.open_case("C-1", SERIAL, Damage.LOST, "sv", NOW).case.reference
    assert [registry.close_case(reference), registry.close_case(reference)] == [True, False]


def test_each_device_has_its_own_case(registry: Registry) -> None:
    charger = registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW)
    holder = registry.open_case("C-1", "HQA1 X773 0001", Damage.ACCIDENT, "sv", NOW)
    assert charger.is_new
    assert holder.is_new


@pytest.mark.parametrize(
    ("customer_id", "serial"),
    [("C-2", SERIAL), ("C-9", SERIAL), ("C-1", "HQA1 X773 9999"), ("C-1", "?"), ("C-1\x00", SERIAL)],
)
def test_a_case_cannot_be_opened_for_somebody_else_s_device(
    registry: Registry, count: Callable[[str], int], customer_id: str, serial: str
) -> None:
    with pytest.raises(UnknownDevice, match="^the customer has no such device$"):
        registry.open_case(customer_id, serial, Damage.ACCIDENT, "sv", NOW)
    assert count("cases") == 0


def test_a_reference_that_is_taken_is_not_used_again(engine: Engine, registry: Registry) -> None:
    taken = registry.open_case("C-1", "HQA1 X773 0001", Damage.ACCIDENT, "sv", NOW).case.reference
    references = iter([taken, taken, "FRE-EEE"])
    with Session(for_writing(engine), future=True) as session, session.begin():
        opened = open_case(session, "C-1", SERIAL, Damage.LOST, "sv", NOW, None, lambda: next(references))
    assert (opened.case.reference, opened.is_new) == ("FRE-EEE", True)


def test_without_a_free_reference_it_gives_up(engine: Engine, registry: Registry) -> None:
    taken = registry.open_case("C-1", "HQA1 X773 0001", Damage.ACCIDENT, "sv", NOW).case.reference
    with (
        Session(for_writing(engine), future=True) as session,
        pytest.raises(RegistryError, match="no free case"),
    ):
        open_case(session, "C-1", SERIAL, Damage.LOST, "sv", NOW, None, lambda: taken)


def test_of_many_who_open_at_once_one_opens_and_all_hear_the_same_case(
    registry: Registry, count: Callable[[str], int]
) -> None:
    start = Barrier(THREADS)

    def open_one(number: int) -> OpenedCase:
        start.wait()
        return registry.open_case("C-1", SERIAL, Damage.ACCIDENT, "sv", NOW, f"conversation-{number}")

    with ThreadPoolExecutor(THREADS) as pool:
        opened = list(pool.map(open_one, range(THREADS)))
    assert sum(one.is_new for one in opened) == 1
    assert len({one.case for one in opened}) == 1
    assert count("cases") == 1


def test_opening_and_closing_at_once_never_leaves_two_open_cases(
    registry: Registry, count: Callable[[str], int]
) -> None:
    start = Barrier(THREADS)

    def open_and_close(number: int) -> bool:
        start.wait()
        return registry.close_case(registry.open_case("C-1", SERIAL, Damage.LOST, "sv", NOW).case.reference)

    with ThreadPoolExecutor(THREADS) as pool:
        closed = list(pool.map(open_and_close, range(THREADS)))
    assert sum(closed) == count("cases")
