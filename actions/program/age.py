"""The age from which the service may be used."""

from datetime import date

LAST_YEAR = date.max.year


def is_adult(born: date, today: date, minimum_age: int) -> bool:
    """Whether somebody born on `born` has reached `minimum_age` (whole years) on `today`.

    The age is reached on the birthday itself. Somebody born on 29 February reaches it on 1 March in a year
    without that day. Swedish law counts the other way where time is counted in years: where the last month
    has no such day, time ends on that month's last day (lag 1930:173, 1 §), which would make it 28
    February. That act does not speak of ages, so this takes the conservative day: nobody is let in too
    early, and somebody born on a leap day waits one day longer at most. A day of birth after `today` is
    never adult.

    Source: "This website is intended only for users of nicotine or tobacco products who are over 18."
    """
    year = born.year + minimum_age
    if year > LAST_YEAR:
        return False
    try:
        birthday = born.replace(year=year)
    except ValueError:
        birthday = date(year, 3, 1)
    return today >= birthday
