"""A date of birth inside a customer's message, as Swedes and English speakers write it: read, or masked.

Source: "This website is intended only for users of nicotine or tobacco products who are over 18." The date is
asked for to make sure of that and is never kept: what looks like one is masked before a message is stored.

The text is folded (lower case, ASCII digits, one kind of dash, single spaces), then each of the `SHAPES`
is looked for, the surest first. All repetitions have small bounds: the time grows with the text, no faster.
"""

from actions.identity.birth_date.mask import MARK, mask_birth_dates
from actions.identity.birth_date.read import OLDEST, BirthDate, Unclear, read_birth_date
from actions.identity.birth_date.year import read_birth_year

__all__ = ["MARK", "OLDEST", "BirthDate", "Unclear", "mask_birth_dates", "read_birth_date", "read_birth_year"]
