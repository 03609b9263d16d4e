#!/usr/bin/env python3
"""Plants violations in a small tree and sees whether check_layers.py finds each of them, and nothing else."""

import os
import subprocess
import sys
import tempfile
import unittest

CHECKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check_layers.py")

CLEAN = {
    "include/paget/core/error.hpp": "#pragma once\n#include <string>\n",
    "include/paget/parallel/communicator.hpp": '#pragma once\n#include <mpi.h>\n#include "paget/core/error.hpp"\n',
    "include/paget/fields/field.hpp": '#pragma once\n#include "paget/core/error.hpp"\n',
    "src/fields/solver.hpp": "#pragma once\n",
    "src/fields/solver.cpp": '#include "solver.hpp"\n#include "paget/fields/field.hpp"\n'
                             '#  include <petscksp.h> // solvers\n',
    "src/fields/laws/hill.cpp": '#include "../solver.hpp"\n',
    "src/io/state.cpp": "#include <hdf5.h>\n#include <mpi.h>\n",
    "src/organ/organ.cpp": '#include "paget/fields/field.hpp"\n// #include "paget/body/body.hpp"\n'
                           '/* #include <petsc.h>\n#include "paget/app/app.hpp"\n*/\n'
                           'const char* text = "/*";\n#include <vector>\n',
    "tests/unit/long.cpp": "\n" * 500,
}


def run_on(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            place = os.path.join(root, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8") as stream:
                stream.write(text)
        done = subprocess.run([sys.executable, CHECKER, root], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


class Planted(unittest.TestCase):
    def expect(self, path, text, *parts):
        code, out = run_on({**CLEAN, path: text})
        self.assertEqual(code, 1, out)
        self.assertEqual(len(out.splitlines()), 2, out)
        for part in (path, *parts):
            self.assertIn(part, out.splitlines()[0])

    def test_a_clean_tree_passes(self):
        code, out = run_on(CLEAN)
        self.assertEqual((code, out), (0, "8 files checked, 0 violations\n"))

    def test_an_empty_tree_is_not_clean(self):
        self.assertEqual(run_on({"README.md": "nothing\n"})[0], 2)

    def test_up(self):
        self.expect("src/core/error.cpp", '\n#include "paget/mesh/grid.hpp"\n', ":2:", "'core' (layer 0)", "'mesh'")
        self.expect("include/paget/fields/up.hpp", '#include "paget/organ/organ.hpp"\n', "'organ' (layer 4)")
        self.expect("src/body/body.cpp", "#include <paget/app/app.hpp>\n", "'app' (layer 7)")

    def test_sideways(self):
        self.expect("src/agents/a.cpp", '#include "paget/fields/field.hpp"\n', "'agents' (layer 3)", "never sideways")
        self.expect("src/organ/b.cpp", '#include "paget/circulation/c.hpp"\n', "'circulation' (layer 4)")

    def test_private_headers(self):
        self.expect("src/organ/b.cpp", '#include "../fields/solver.hpp"\n', "private header of 'fields'")
        self.expect("include/paget/organ/b.hpp", '#include "../../../src/fields/solver.hpp"\n', "private header")

    def test_relative_paths_do_not_hide_a_module(self):
        self.expect("include/paget/fields/b.hpp", '#include "../organ/organ.hpp"\n', "'organ' (layer 4)")

    def test_disguises(self):
        self.expect("src/core/a.cpp", ' #  include\t"paget/io/a.hpp"\n', "'io'")
        self.expect("src/core/a.cpp", '#include/**/"paget/io/a.hpp"\n', "'io'")
        self.expect("src/core/a.cpp", '#include \\\n"paget/io/a.hpp"\n', "cannot be checked")
        self.expect("src/core/a.cpp", '/* a */ #include "paget/io/a.hpp"\n', "'io'")
        self.expect("src/core/a.cpp", "#include OTHER\n", "cannot be checked")

    def test_libraries(self):
        self.expect("src/organ/b.cpp", "#include <petscdmda.h>\n", "PETSc")
        self.expect("src/organ/b.cpp", '#include "petsc.h"\n', "PETSc")
        self.expect("src/organ/b.cpp", "#include <petsc/private/pcimpl.h>\n", "PETSc")
        self.expect("src/body/b.cpp", "#include <hdf5.h>\n", "HDF5")
        self.expect("src/fields/b.cpp", "#include <H5Fpublic.h>\n", "HDF5")
        self.expect("src/agents/b.cpp", "#include <mpi.h>\n", "MPI")

    def test_unknown_modules(self):
        self.expect("src/liver/b.cpp", "\n", "belongs to no module")
        self.expect("src/loose.cpp", "\n", "belongs to no module")
        self.expect("include/paget/loose.hpp", "\n", "belongs to no module")
        self.expect("src/app/b.cpp", '#include "paget/liver/b.hpp"\n', "names no module")
        self.expect("src/app/b.cpp", '#include "paget/b.hpp"\n', "names no module")

    def test_long_files(self):
        self.expect("src/organ/b.cpp", "\n" * 501, "has 501 lines")
        self.expect("tests/unit/b.cpp", "\n" * 501, "has 501 lines")


if __name__ == "__main__":
    unittest.main()
