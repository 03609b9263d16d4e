#pragma once

namespace paget::fields
{

/// Makes PETSc know the preconditioner type `stencilmg` (Paget's geometric multigrid), which works on matrices made by
/// StencilMatrix. Local; may be called again.
void register_stencilmg();

} // namespace paget::fields
