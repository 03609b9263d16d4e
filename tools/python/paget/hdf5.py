"""HDF5 files of a run: opening them, and the errors that people understand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

from .errors import CutOffFile, NoSuchName, NotARun, OtherFormat


@contextmanager
def open_hdf5(path: Path) -> Iterator[h5py.File]:
    """The file, for reading. Raises NotARun, CutOffFile or OtherFormat, which name the file."""
    try:
        file = h5py.File(path, "r")
    except FileNotFoundError:
        raise NotARun(
            f"{path} is not there (its values are needed). The run may have removed it when it went on from a "
            "checkpoint: open the run again."
        ) from None
    except OSError as error:
        raise CutOffFile(
            f"{path} cannot be read: {error} (it is not whole, or no HDF5 file). Copy it again from where "
            "the run wrote it; `paget inspect` checks checkpoints."
        ) from error
    with file:
        try:
            yield file
        except NoSuchName:
            raise  # what was asked for is wrong, not the file
        except KeyError as error:
            raise OtherFormat(
                f"{path} lacks something: {error.args[0]} (it was written by "
                f"{text(file.attrs.get('paget_version', 'an unknown version'))} of Paget). Read it with "
                "the package that came with that version."
            ) from error


def text(value: Any) -> str:
    """An attribute as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def vector(attributes: h5py.AttributeManager, pattern: str) -> NDArray[Any]:
    """Three attributes, of x, y and z, as an array of shape (3,)."""
    return np.array([float(attributes[pattern.format(axis)]) for axis in "xyz"])
