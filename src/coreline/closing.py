"""What is closed at the end of a `with` block, whatever happened in it."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """A context manager that is closed when the block is left; `close` may come before as well."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything. Closing twice is allowed."""

    def __enter__(self) -> Self:
        """Return the thing itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()
