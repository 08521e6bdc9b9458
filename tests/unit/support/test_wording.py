"""Hours and moments are said in the customer's language, with the words of data/<language>/words.yml."""

from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.content import ContentError
from actions.support.hours import Contact, Interval, OpeningHours, load_contact
from actions.support.wording import DATA, describe_moment, describe_week, load_words

ZONE = ZoneInfo("Europe/Stockholm")
SHIPPED = load_contact(DATA / "contact.yml")
NOW = datetime(2026, 6, 1, 18, 30, tzinfo=ZONE)  # a Monday


def contact(*week: tuple[Interval, ...]) -> Contact:
    return Contact("020", "a@b.se", OpeningHours(week, (), ZONE))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Monday–Friday 08.00–19.00, Saturday–Sunday 10.00–18.00"),
        ("sv", "måndag–fredag 08.00–19.00, lördag–söndag 10.00–18.00"),
    ],
)
def test_equal_neighbouring_days_are_said_as_one(language: str, said: str) -> None:
    assert describe_week(SHIPPED, language) == said


def test_closed_days_and_pauses_are_said() -> None:
    split = (Interval(480, 720), Interval(780, 1440))
    week = contact(split, (), split, split, (), (), ())
    assert describe_week(week, "en") == (
        "Monday 08.00–12.00 and 13.00–24.00, Tuesday closed, Wednesday–Thursday 08.00–12.00 and 13.00–24.00, "
        "Friday–Sunday closed"
    )
    assert describe_week(contact(*[()] * 7), "sv") == "måndag–söndag stängt"


@pytest.mark.parametrize(
    ("moment", "english", "swedish"),
    [
        ("2026-06-01T19:00", "19.00", "kl. 19.00"),
        ("2026-06-02T08:00", "tomorrow, Tuesday, at 08.00", "i morgon, tisdag, kl. 08.00"),
        ("2026-06-03T08:05", "Wednesday at 08.05", "onsdag kl. 08.05"),
        ("2026-06-07T10:00", "Sunday at 10.00", "söndag kl. 10.00"),
        ("2026-06-08T08:00", "8 June at 08.00", "8 juni kl. 08.00"),
        ("2027-01-04T08:00", "4 January 2027 at 08.00", "4 januari 2027 kl. 08.00"),
    ],
)
def test_a_moment_is_said_by_how_far_it_is(moment: str, english: str, swedish: str) -> None:
    assert describe_moment(at(moment), NOW, "en") == english
    assert describe_moment(at(moment), NOW, "sv") == swedish


def test_what_is_today_is_decided_in_the_time_zone_of_the_moment() -> None:
    late = datetime(2026, 6, 1, 22, 30, tzinfo=timezone.utc)  # already Tuesday in Stockholm
    assert describe_moment(at("2026-06-02T08:00"), late, "en") == "08.00"


def test_the_day_after_a_clock_change_is_tomorrow() -> None:
    assert describe_moment(at("2026-03-29T10:00"), at("2026-03-28T23:30"), "sv").startswith("i morgon, söndag")
    assert describe_moment(at("2026-10-26T08:00"), at("2026-10-25T00:10"), "en").startswith("tomorrow, Monday")


def test_naive_moments_are_refused() -> None:
    for moment, now in ((NOW.replace(tzinfo=None), NOW), (NOW, NOW.replace(tzinfo=None))):
        with pytest.raises(ValueError, match="time zone"):
            describe_moment(moment, now, "en")


def test_every_language_folder_has_its_words() -> None:
    languages = {path.parent.name for path in DATA.glob("*/words.yml")}
    assert languages >= {"en", "sv"}
    for language in languages:
        load_words(language)


def test_a_language_without_words_is_refused_with_its_file() -> None:
    with pytest.raises(ContentError, match=r"xx/words.yml: cannot be read"):
        describe_week(SHIPPED, "xx")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("closed: closed\n", "", "closed: is missing"),
        ("closed: closed\n", "closed: closed\nlunch: lunch\n", "lunch: unknown key"),
        ("closed: closed\n", "closed: ''\n", "closed: must be a text and not empty"),
        ("closed: closed\n", 'closed: "{day}"\n', "closed: must have nothing in braces"),
        ("[Monday, Tuesday,", "[Monday,", "weekdays: must be a list of 7 names"),
        ("[Monday, Tuesday,", "[Monday, '',", "weekdays: must be a text and not empty"),
        ('today: "{time}"', 'today: "soon"', "today: must have {time} in braces"),
        ('today: "{time}"', 'today: "{time} {day}"', "today: must have {time} in braces and no other name"),
        ('today: "{time}"', 'today: "{time:d}"', "today: must have {time} in braces"),
        ('today: "{time}"', 'today: "{time"', "today: has a brace too many or too few"),
        ('days_joined_by: ", "', "days_joined_by: [1]", "days_joined_by: must be a text"),
    ],
)
def test_words_with_a_mistake_are_refused_with_their_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA / "en" / "words.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "en").mkdir()
    path = tmp_path / "en" / "words.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_words("en", tmp_path)
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)
