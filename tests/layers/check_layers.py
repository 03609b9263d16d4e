#!/usr/bin/env python3
"""Checks that includes only point down the layers of the design, and that no source file is too long.

usage: check_layers.py ROOT

Reads every #include in ROOT/include/paget/ and ROOT/src/ and prints one line per violation, `file:line: what (why). remedy`.
Exit code 0: clean, 1: violations, 2: nothing to check.
"""

import os
import re
import sys

# The table of docs/architecture.md. A module may include itself and modules of lower layers, not its neighbours.
LAYERS = {
    "app": 7,
    "output": 6,
    "body": 5,
    "organ": 4,
    "circulation": 4,
    "therapy": 4,
    "fields": 3,
    "agents": 3,
    "io": 2,
    "config": 2,
    "rules": 2,
    "mesh": 1,
    "parallel": 1,
    "petsc": 1,
    "hdf5": 1,
    "core": 0,
}

# Who may see the headers of a library: (name, pattern of the included path, modules, why).
LIBRARIES = [
    ("PETSc", re.compile(r"^petsc[\w]*\.h(pp)?$|^petsc/"), {"fields", "petsc"},
     "solvers must be replaceable without touching biology"),
    ("HDF5", re.compile(r"^hdf5(_hl)?\.h$|^H5[\w]*\.h$"), {"io", "output", "hdf5"},
     "the file format must be replaceable"),
    # Wrappers of MPI libraries (petsc, hdf5) and their users (fields, io) hand communicators to C interfaces.
    ("MPI", re.compile(r"^mpi[\w]*\.h$|^mpi/"), {"parallel", "petsc", "hdf5", "fields", "io"},
     "messages go through paget/parallel, which checks every call"),
]

LONGEST_FILE = 500
SOURCE_ENDINGS = (".hpp", ".cpp", ".h", ".c")
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include\b[ \t]*(.*)$")
TARGET = re.compile(r'^(?:<([^>]+)>|"([^"]+)")')
TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments(text):
    """The text with comments blanked out; lines keep their numbers, string literals stay as they are."""
    text = text.replace("\\\r\n", " \n").replace("\\\n", " \n")

    def blanked(match):
        token = match.group(0)
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token

    return TOKENS.sub(blanked, text)


def includes_of(text):
    """Yields (line number, what stands behind #include)."""
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1).strip()


def source_files(root, *folders):
    for folder in folders:
        for path, names, files in os.walk(os.path.join(root, folder)):
            names.sort()
            for name in sorted(files):
                if name.endswith(SOURCE_ENDINGS):
                    yield os.path.relpath(os.path.join(path, name), root).replace(os.sep, "/")


def module_of(path):
    """Module of include/paget/<module>/... or src/<module>/..., or None."""
    parts = path.split("/")
    if parts[:2] == ["include", "paget"] and len(parts) > 3:
        return parts[2]
    if parts[0] == "src" and len(parts) > 2:
        return parts[1]
    return None


def included_module(target, including_file):
    """(module, is it in another module's private folder) of an include of Paget's own; (None, False) for others."""
    if target.startswith("paget/"):
        parts = target.split("/")
        return (parts[1] if len(parts) > 2 else ""), False
    resolved = os.path.normpath(os.path.join(os.path.dirname(including_file), target)).replace(os.sep, "/")
    if ".." in target.split("/"):
        return module_of(resolved), resolved.startswith("src/") and module_of(resolved) != module_of(including_file)
    return None, False


def check_include(path, target):
    """What is wrong with an include, or None."""
    module = module_of(path)
    other, private = included_module(target, path)
    if private:
        return (f"'{target}' is a private header of '{other}' (only include/paget/ is public). "
                "Move what is shared to a public header.")
    if other is not None and other not in LAYERS:
        return (f"'{target}' names no module of the design (each has a layer). "
                "Correct the path, or add the module to the table.")
    if other is not None and other != module and LAYERS[other] >= LAYERS[module]:
        return (f"'{module}' (layer {LAYERS[module]}) includes '{other}' (layer {LAYERS[other]}) "
                "(includes point down only, and never sideways). Move the shared type to a lower layer.")
    for name, pattern, modules, why in LIBRARIES:
        if pattern.match(target) and module not in modules:
            return f"'{module}' includes {name}'s <{target}> ({why}). Only {', '.join(sorted(modules))} may."
    return None


def check_file(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    module = module_of(path)
    if module is None or module not in LAYERS:
        yield (f"{path}:1: belongs to no module of the design (each has a layer). "
               "Move the file, or add its module to the table.")
        return
    for line, written in includes_of(text):
        match = TARGET.match(written)
        if match is None:
            yield f"{path}:{line}: include of a macro cannot be checked (layers are read from the text). Name the file."
            continue
        problem = check_include(path, match.group(1) or match.group(2))
        if problem:
            yield f"{path}:{line}: {problem}"


def check_length(root, path):
    with open(os.path.join(root, path), "rb") as stream:
        lines = len(stream.read().splitlines())
    if lines > LONGEST_FILE:
        yield f"{path}:{lines}: has {lines} lines (one idea per file, at most {LONGEST_FILE} lines). Split it."


def check_tree(root):
    """All violations, and the number of files looked at."""
    violations = []
    layered = list(source_files(root, "include/paget", "src"))
    for path in layered:
        violations += check_file(root, path)
    for path in layered + list(source_files(root, "tests")):
        violations += check_length(root, path)
    return violations, len(layered)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    violations, files = check_tree(arguments[1])
    for violation in violations:
        print(violation)
    if files == 0:
        print(f"{arguments[1]}: no sources in include/paget and src (there is nothing to check). Correct the path.")
        return 2
    print(f"{files} files checked, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
