#pragma once

#include "paget/fields/concentration.hpp"
#include "paget/fields/substance.hpp"

#include <memory>

namespace paget::fields
{

/// What one cycle of `stencilmg` needs to move through memory per voxel, with its residual and update (counted in
/// docs/benchmarks.md).
inline constexpr double bytes_per_voxel_and_cycle = 79.0;

/// One diffusing substance in one organ, solved by PETSc on a DMDA with the organ's communicator and an options prefix
/// `<organ>_<field>_` (so `-lung_oxygen_ksp_rtol 1e-9` works). Matrix-free 7-point (2-D: 5-point) finite volumes with
/// the voxel as control volume; default solver: cycles of Paget's own geometric multigrid (`stencilmg`). Same bytes on
/// any number of ranks with the default solver, and with others that `docs/model/fields.md` names.
class DiffusingField
{
public:
    /// Collective over the organ. `comm` must outlive the field.
    DiffusingField(const mesh::Partition& partition, const parallel::Communicator& comm, Substance substance,
                   const std::string& options_prefix);
    ~DiffusingField();
    DiffusingField(DiffusingField&&) noexcept;
    DiffusingField& operator=(DiffusingField&&) noexcept;

    const Substance& substance() const;
    const Concentration& concentration() const;

    /// Advances by `minutes` with sources and sinks held constant (Substance::scheme says how). Throws NumericalError
    /// that names organ and field (by the prefix), the residual and the remedy if a solve does not converge.
    /// Collective.
    SolveReport advance(const Reaction& reaction, double minutes);

    /// Replaces the field by the quasi-steady solution, whatever the scheme (initial states). Collective.
    SolveReport solve_steady(const Reaction& reaction);

    /// From now on, advance() reports the balance and remembers what each voxel consumed (for some time and 8 bytes per
    /// voxel). Off at first. Local.
    void keep_balance(bool keep);

    /// What each owned voxel (x fastest) consumed in the last advance(), by first-order and saturating loss [unit];
    /// empty unless the balance is kept. Local.
    std::span<const double> consumption() const;

    /// Replaces the owned values (x fastest). Collective.
    void assign(std::span<const double> owned);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::fields
