"""What can be wrong with the files of a run. Every message says what, why it matters, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class RunError(Exception):
    """Any of the below."""


class NotARun(RunError):
    """The folder is not there, or no run of Paget wrote into it."""


class CutOffFile(RunError):
    """A file lacks bytes or lines, as after an interrupted copy, or holds others. Paget itself never leaves one so."""


class OtherFormat(RunError):
    """A file lacks what this reader needs: another version of Paget, or another program, wrote it."""


class NoSuchName(RunError, KeyError):
    """The run has nothing of that name. Also a KeyError, as of any mapping."""

    __str__ = Exception.__str__  # that of KeyError shows the message as Python would write it


class OutOfRange(RunError, IndexError):
    """The run has not so many of them. Also an IndexError, as of any sequence."""


class WrongValue(RunError, ValueError):
    """Something was asked for in a way that cannot have an answer."""


def no_such(owner: str, kind: str, name: object, names: Iterable[str], shown: int = 40) -> NoSuchName:
    """What to raise for a name that is not there: tells which are like it, and those that are."""
    return NoSuchName(f"{owner} has no {kind} {name!r} ({choice(name, names, shown)}).")


def choice(name: object, names: Iterable[str], shown: int = 40) -> str:
    """The names that there are, those most like a wrong one alone if there are many."""
    there = list(names)
    close = get_close_matches(str(name), there, 3)
    if len(there) > shown:
        return f"nearest: {', '.join(close)}" if close else f"there are {len(there)}; list() names them"
    return f"there are: {', '.join(there)}" if there else "there are none"
