-- Lmod module of an installed Paget. It finds its prefix from its own place, PREFIX/share/paget/modulefiles/paget; if you
-- copy it elsewhere, write the prefix here instead.
help([[
Paget simulates how a tumour spreads through organs.
  paget --help         the program; start it with srun or mpirun
  $PAGET_INPUTS        cases to begin with
  $PAGET_JOBS          job scripts for SLURM
]])
whatis("Name: Paget")
whatis("Version: 0.1.0")
whatis("Description: multi-organ metastasis simulator")

local prefix = myFileName():gsub("/share/paget/modulefiles/paget/[^/]*$", "")

-- Load here what it was built with, for instance:
-- depends_on("gcc/12", "openmpi/4.1", "petsc/3.18", "hdf5/1.10-parallel")

prepend_path("PATH", pathJoin(prefix, "bin"))
prepend_path("CMAKE_PREFIX_PATH", prefix)
prepend_path("PYTHONPATH", pathJoin(prefix, "share/paget/python"))
setenv("PAGET_INPUTS", pathJoin(prefix, "share/paget/inputs"))
setenv("PAGET_JOBS", pathJoin(prefix, "share/paget/jobs"))
