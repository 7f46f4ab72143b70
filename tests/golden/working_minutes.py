"""Working time the plain way: every minute of two years that somebody works in, in a list."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WorkingMinutes:
    """Monday to Friday, 9 to 12 and 13 to 18 by the wall clock of the zone; moments are whole minutes."""

    def __init__(self, zone: ZoneInfo, first: datetime, last: datetime) -> None:
        self.minutes: list[int] = []
        for minute in range(_number(first) // 15 * 15, _number(last)):
            if minute % 15 == 0:  # no zone of today begins or ends a summer within a quarter of an hour
                wall = (_EPOCH + minute * _MINUTE).astimezone(zone)
                works = wall.weekday() < 5 and (9 <= wall.hour < 12 or 13 <= wall.hour < 18)
            if works:
                self.minutes.append(minute)

    def between(self, start: datetime, end: datetime) -> int:
        """Minutes of work."""
        return max(bisect_left(self.minutes, _number(end)) - bisect_left(self.minutes, _number(start)), 0)

    def add(self, start: datetime, minutes: int) -> datetime:
        """When so much work has been done."""
        if not minutes:
            return start
        return _EPOCH + (self.minutes[bisect_left(self.minutes, _number(start)) + minutes - 1] + 1) * _MINUTE


def _number(at: datetime) -> int:
    return int((at - _EPOCH) / _MINUTE)
