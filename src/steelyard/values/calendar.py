"""Days and months between dates, counted on the calendar."""

from __future__ import annotations

from datetime import date

JANUARY_TO_DECEMBER = 12


def days_between(start: date, end: date) -> int:
    """Days from one date to the other, one of them counted; negative where the second is earlier.

    >>> days_between(date(2024, 2, 28), date(2024, 3, 1))
    2
    """
    return end.toordinal() - start.toordinal()


def months_between(start: date, end: date) -> int:
    """Whole months from one date to the other; negative where the second is earlier.

    n months are full on the day with the same number n months on, or on the last day of that month where it has no such
    day: so a month from 31 January is full on 28 February, and one from 28 February on 28 March.

    >>> months_between(date(2023, 1, 31), date(2023, 2, 28)), months_between(date(2023, 1, 15), date(2023, 3, 14))
    (1, 1)
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * JANUARY_TO_DECEMBER + end.month - start.month
    # The last day of the month fills it, whatever number the day of the start has.
    full = end.day >= start.day or _is_last_of_month(end)
    return months if full else months - 1


def _is_last_of_month(day: date) -> bool:
    # The last day that a date can hold ends a month, and has no next day.
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1
