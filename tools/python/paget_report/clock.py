"""The unit of time in which a page speaks of a run."""

from __future__ import annotations

from dataclasses import dataclass

from .quantity import Quantity, words_for


@dataclass(frozen=True)
class Clock:
    """Days, hours or minutes."""

    unit: str  #: one of it: "day"
    hours: float

    @property
    def units(self) -> str:
        """Several of it."""
        return self.unit + "s"

    def words_for(self, time: Quantity) -> str:
        """What a time in this unit is followed by."""
        return words_for(time.value, self.unit)

    def __call__(self, time_h: float) -> float:
        """Hours in this unit."""
        return time_h / self.hours

    def of(self, time_h: Quantity) -> Quantity:
        """Hours in this unit, with their source."""
        return time_h if self.hours == 1 else time_h / self.hours


def clock_for(end_h: float) -> Clock:
    """The largest unit of which a run lasts three."""
    clocks = (Clock("day", 24.0), Clock("hour", 1.0), Clock("minute", 1 / 60))
    return next((clock for clock in clocks if end_h >= 3 * clock.hours), clocks[-1])
