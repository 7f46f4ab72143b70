"""What is kept and logged of an error: its kind, where it happened, and its words without anybody's data."""

import traceback
from pathlib import Path

from domain.error_words import mask_error

_ROOT = Path(__file__).parents[2]


def describe_error(error: BaseException) -> str:
    """`KeyError: … (handlers/surveys/ratings.py:120 in on_press)`, in one line."""
    words = mask_error(str(error))
    place = _find_place(error)
    return f"{type(error).__name__}" + (f": {words}" if words else "") + (f" ({place})" if place else "")


def describe_stack(error: BaseException) -> list[str]:
    """Every frame and every error behind this one, oldest first, a line each; no source, no values."""
    lines = []
    for cause in _list_causes(error):
        lines += [f"{_shorten(frame.filename)}:{frame.lineno} in {frame.name}" for frame in _list_frames(cause)]
        lines.append(f"{type(cause).__name__}: {mask_error(str(cause))}")
    return lines


def _list_causes(error: BaseException) -> list[BaseException]:
    causes, seen = [error], {id(error)}
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and id(cause) not in seen:
        causes.append(cause)
        seen.add(id(cause))
    return causes[::-1]


def _list_frames(error: BaseException) -> traceback.StackSummary:
    return traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)


def _find_place(error: BaseException) -> str:
    """The innermost frame that is ours."""
    ours = [
        frame
        for frame in _list_frames(error)
        if Path(frame.filename).is_relative_to(_ROOT) and "site-packages" not in frame.filename
    ]
    return f"{_shorten(ours[-1].filename)}:{ours[-1].lineno} in {ours[-1].name}" if ours else ""


def _shorten(filename: str) -> str:
    """From the package on; where it is installed says nothing."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
