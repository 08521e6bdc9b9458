"""data/contact.yml is read as it is meant, or refused with one sentence that names file, key and mistake."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.content import ContentError
from actions.support.hours import WEEKDAYS, Contact, ExceptionDay, Interval, load_contact

SHIPPED = Path(__file__).parents[3] / "data" / "contact.yml"
GOOD = {
    "phone": "020-25 10 10",
    "email": "contact.se@iqos.com",
    "time_zone": "Europe/Stockholm",
    "opening_hours": "".join(f"\n  {day}: 08.00-19.00" for day in WEEKDAYS),
    "exceptions": "{}",
}


def load(folder: Path, text: str | None = None, **changes: str | None) -> Contact:
    path = folder / "contact.yml"
    lines = [f"{key}: {value}\n" for key, value in (GOOD | changes).items() if value is not None]
    path.write_text("".join(lines) if text is None else text, encoding="utf-8")
    return load_contact(path)


def week(monday: str) -> str:
    return GOOD["opening_hours"].replace("monday: 08.00-19.00", f"monday: {monday}")


def test_the_shipped_file_says_what_the_faq_says() -> None:
    contact = load_contact(SHIPPED)
    assert (contact.phone, contact.email) == ("020-25 10 10", "contact.se@iqos.com")
    assert contact.hours.zone == ZoneInfo("Europe/Stockholm")
    assert contact.hours.week == ((Interval(480, 1140),),) * 5 + ((Interval(600, 1080),),) * 2
    assert contact.hours.exceptions == ()


@pytest.mark.parametrize(
    ("written", "intervals"),
    [
        ("closed", ()),
        ("08:00 - 19:00", (Interval(480, 1140),)),
        ("8.00–24.00", (Interval(480, 1440),)),
        ("13.00-19.00, 08.00-12.00", (Interval(480, 720), Interval(780, 1140))),
        ("08.00-12.00, 12.00-19.00", (Interval(480, 1140),)),
    ],
)
def test_a_day_has_any_number_of_intervals(tmp_path: Path, written: str, intervals: tuple[Interval, ...]) -> None:
    assert load(tmp_path, opening_hours=week(written)).hours.week[0] == intervals


def test_an_exception_has_its_own_hours_and_maybe_a_note(tmp_path: Path) -> None:
    contact = load(
        tmp_path,
        exceptions="\n  2026-12-31: {hours: 10.00-15.00}\n  2026-12-24: {hours: closed, note: Christmas Eve}",
    )
    assert contact.hours.exceptions == (
        ExceptionDay(date(2026, 12, 24), (), "Christmas Eve"),
        ExceptionDay(date(2026, 12, 31), (Interval(600, 900),)),
    )


def test_exceptions_may_be_left_empty(tmp_path: Path) -> None:
    assert load(tmp_path, exceptions="").hours.exceptions == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fax": "1"}, "fax: unknown key"),
        ({"phone": None}, "phone: is missing"),
        ({"phone": ""}, "phone: must be a text"),
        ({"phone": "call us"}, "phone: 'call us' is not a phone number"),
        ({"email": "contact.se"}, "email: 'contact.se' is not an e-mail address"),
        ({"time_zone": "Europe/Stokholm"}, "time_zone: 'Europe/Stokholm' is not a known time zone"),
        ({"time_zone": "../etc"}, "time_zone: '../etc' is not a known time zone"),
        ({"time_zone": "Europe"}, "time_zone: 'Europe' is not a known time zone"),
        ({"opening_hours": "always"}, "opening_hours: must have these keys below it: monday"),
        (
            {"opening_hours": week("08.00-19.00") + "\n  holiday: closed"},
            "opening_hours.holiday: unknown key",
        ),
        (
            {"opening_hours": GOOD["opening_hours"].replace("\n  sunday: 08.00-19.00", "")},
            "opening_hours.sunday: is missing",
        ),
        ({"opening_hours": week("")}, "opening_hours.monday: must be a text and not empty"),
        ({"opening_hours": week("[08.00-19.00]")}, "opening_hours.monday: must be a text"),
        ({"opening_hours": week("8-19")}, "opening_hours.monday: '8-19' is not of the form 08.00-19.00"),
        ({"opening_hours": week("08.00-19.60")}, "opening_hours.monday: '08.00-19.60' has a time that no"),
        ({"opening_hours": week("08.00-24.01")}, "opening_hours.monday: '08.00-24.01' has a time that no"),
        ({"opening_hours": week("19.00-08.00")}, "opening_hours.monday: '19.00-08.00' does not close after"),
        ({"opening_hours": week("08.00-08.00")}, "opening_hours.monday: '08.00-08.00' does not close after"),
        ({"opening_hours": week("08.00-12.00, 11.59-19.00")}, "has hours that overlap"),
        ({"opening_hours": week("closed, 08.00-12.00")}, "opening_hours.monday: 'closed' is not of the form"),
        ({"opening_hours": week("closed") + "\n  monday: closed"}, "opening_hours.monday: stands a second"),
        ({"exceptions": "[2026-12-24]"}, "exceptions: needs dates below it"),
        (
            {"exceptions": "{2026-02-30: {hours: closed}}"},
            "exceptions.2026-02-30: '2026-02-30' is not a date",
        ),
        ({"exceptions": "{24/12: {hours: closed}}"}, "exceptions.24/12: '24/12' is not a date"),
        (
            {"exceptions": "{2026-12-24: closed}"},
            "exceptions.2026-12-24: must have these keys below it: hours",
        ),
        ({"exceptions": "{2026-12-24: {note: Eve}}"}, "exceptions.2026-12-24.hours: is missing"),
        ({"exceptions": "{2026-12-24: {hours: closed, who: me}}"}, "exceptions.2026-12-24.who: unknown key"),
        (
            {"exceptions": "\n  2026-12-24: {hours: closed}\n  2026-12-24: {hours: closed}"},
            "exceptions.2026-12-24: stands a second time on line 14",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_key(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    with pytest.raises(ContentError) as refused:
        load(tmp_path, **changes)
    assert str(refused.value).startswith(f"{tmp_path / 'contact.yml'}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phone: [", "is not YAML"),
        ("just words", "must have lines of the form"),
        ("", "must have lines of the form"),
        ("- phone", "must have lines of the form"),
        ("phone: 1\nphone: 2", "phone: stands a second time on line 2"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ContentError) as refused:
        load(tmp_path, text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read: No such file"):
        load_contact(tmp_path / "contact.yml")
    (tmp_path / "contact.yml").write_bytes(b"phone: \xff")
    with pytest.raises(ContentError, match="is not UTF-8"):
        load_contact(tmp_path / "contact.yml")
