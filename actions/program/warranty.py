"""When a unit's warranty ends."""

from calendar import monthrange
from datetime import date

from actions.program.model import Device
from actions.program.terms import Terms


def months_later(day: date, months: int) -> date:
    """The same day number `months` calendar months after `day`; where that month has no such day, its last
    day.

    Swedish law counts months in the same way (lag 1930:173, 1 §). A day past the end of the calendar is
    `date.max`.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def warranty_end(device: Device, terms: Terms) -> date:
    """The last day on which `device` is under warranty, that day included.

    Source: "the warranty covers electronic products for a 12-month warranty period".
    """
    return months_later(device.purchased_on, terms.warranty_months)


def under_warranty(device: Device, today: date, terms: Terms) -> bool:
    """Whether `device` is under warranty on `today`: from the day of purchase to `warranty_end`, both
    included.

    Source: as for `warranty_end`.
    """
    return device.purchased_on <= today <= warranty_end(device, terms)
