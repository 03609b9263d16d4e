#pragma once

#include "brick_sums.hpp"

#include <petscvec.h>

namespace paget::fields
{

/// Replaces the arithmetic of `vector`, and of all vectors that PETSc duplicates from it, by operations whose bits do
/// not depend on the cut: dot products and norms by BrickSums, updates by plain loops (a BLAS may round the tail of a
/// loop differently). `sums` must outlive the vectors. Split-phase sums (pipelined solvers) are not replaced.
void make_reproducible(Vec vector, BrickSums& sums);

} // namespace paget::fields
