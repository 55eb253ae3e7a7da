"""The year that was played once."""

from tests.year import choir, year

__all__ = ["choir", "year"]
