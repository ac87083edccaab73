"""A source whose times count from its first frame: what a session and its report mean by a time."""

from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self

from coreline.camera.source import Frame, FrameSource, SourceInfo, Trouble


class FromStart:
    """Another source, its clock started again; nothing else changes."""

    def __init__(self, source: FrameSource) -> None:
        """Take a source that has not been asked for frames yet."""
        self._source = source
        self._start_s: float | None = None

    @property
    def info(self) -> SourceInfo:
        """Facts about the source."""
        return self._source.info

    def frames(self) -> Iterator[Frame | Trouble | None]:
        """Yield what the source yields, the first of it at zero.

        Raises:
            BadSourceError: The source cannot go on.
        """
        for item in self._source.frames():
            yield item if item is None else self._from_start(item)

    def _from_start(self, item: Frame | Trouble) -> Frame | Trouble:
        if self._start_s is None:
            self._start_s = item.t_s
        return replace(item, t_s=item.t_s - self._start_s)

    def __enter__(self) -> Self:
        """Enter the source, and return this one."""
        self._source.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the source."""
        self._source.__exit__(kind, error, trace)
