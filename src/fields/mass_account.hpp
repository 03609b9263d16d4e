#pragma once

#include "brick_sums.hpp"
#include "stencil_operator.hpp"

#include "paget/fields/substance.hpp"

#include <span>
#include <vector>

namespace paget::fields
{

/// Keeps account of where a substance goes, voxel by voxel, as the stages of a time step tell it. A step may turn out
/// to be too large and be repeated: what it told is on trial until it is accepted.
class MassAccount
{
public:
    /// All must outlive the account.
    MassAccount(const StencilOperator& stencil, BrickSums& sums, const Substance& substance);

    void keep(bool keep);
    bool kept() const { return kept_; }

    /// Begins the account of one call of advance(), from the present values. Local.
    void open(std::span<const double> values);

    /// For `minutes` everything happened as at these values. Local.
    void add(const Reaction& reaction, std::span<const double> values, double minutes);
    void accept();
    void reject();

    /// Adds up over the organ; `before` are the values before negative ones were clipped. In a quasi-steady step the
    /// change is not counted. Collective.
    FieldBalance close(std::span<const double> before, std::span<const double> values, bool steady);

    std::span<const double> consumption() const { return accepted_.consumption; }

private:
    /// Amounts per voxel [unit].
    struct Amounts {
        std::vector<double> consumption;
        std::vector<double> exposure; ///< integral of u over time [unit min]
        double minutes = 0.0;
    };

    void clear(Amounts& amounts) const;
    double sum(const std::vector<double>& amounts);
    double wall_inflow();

    const StencilOperator* stencil_;
    BrickSums* sums_;
    const Substance* substance_;
    bool kept_ = false;
    Amounts accepted_;
    Amounts trial_;
    std::vector<double> start_;
    std::vector<double> gain_;
    std::vector<double> difference_;
};

} // namespace paget::fields
