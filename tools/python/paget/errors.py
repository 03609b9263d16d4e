"""What can be wrong with the files of a run. Every message says what, why it matters, and what to do."""


class RunError(Exception):
    """Any of the below."""


class NotARun(RunError):
    """The folder is not there, or no run of Paget wrote into it."""


class CutOffFile(RunError):
    """A file lacks bytes or lines, as after an interrupted copy, or holds others. Paget itself never leaves one so."""


class OtherFormat(RunError):
    """A file lacks what this reader needs: another version of Paget, or another program, wrote it."""
