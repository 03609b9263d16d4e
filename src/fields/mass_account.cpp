#include "mass_account.hpp"

#include "saturation.hpp"

#include <algorithm>
#include <functional>

namespace paget::fields
{

MassAccount::MassAccount(const StencilOperator& stencil, BrickSums& sums, const Substance& substance)
    : stencil_(&stencil),
      sums_(&sums),
      substance_(&substance)
{
}

void MassAccount::keep(bool keep)
{
    kept_ = keep;
    if (!keep) {
        accepted_ = {};
        trial_ = {};
        start_.clear();
    }
}

void MassAccount::clear(Amounts& amounts) const
{
    const auto voxels = static_cast<std::size_t>(stencil_->box().volume());
    amounts.consumption.assign(voxels, 0.0);
    amounts.exposure.assign(voxels, 0.0);
    amounts.minutes = 0.0;
}

void MassAccount::open(std::span<const double> values)
{
    if (kept_) {
        clear(accepted_);
        clear(trial_);
        start_.assign(values.begin(), values.end());
    }
}

void MassAccount::add(const Reaction& reaction, std::span<const double> values, double minutes)
{
    if (!kept_) {
        return;
    }
    gain_.assign(reaction.gain_per_min.begin(), reaction.gain_per_min.end());
    const bool saturates = !reaction.saturating_loss_per_min.empty();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double u = values[i];
        const double saturating =
            saturates ? saturating_loss(reaction.saturating_loss_per_min[i], substance_->half_saturation, u) : 0.0;
        trial_.consumption[i] += minutes * (reaction.loss_per_min[i] * u + saturating);
        trial_.exposure[i] += minutes * u;
    }
    trial_.minutes += minutes;
}

void MassAccount::accept()
{
    if (kept_) {
        const auto into = [](std::vector<double>& sum, const std::vector<double>& more) {
            std::transform(sum.begin(), sum.end(), more.begin(), sum.begin(), std::plus<>());
        };
        into(accepted_.consumption, trial_.consumption);
        into(accepted_.exposure, trial_.exposure);
        accepted_.minutes += trial_.minutes;
        clear(trial_);
    }
}

void MassAccount::reject()
{
    if (kept_) {
        clear(trial_);
    }
}

double MassAccount::sum(const std::vector<double>& amounts)
{
    return sums_->sum(amounts.data()) * stencil_->partition().grid().voxel_volume_um3();
}

/// Integral over time of 2 k (wall - u) over the voxels beside held walls.
double MassAccount::wall_inflow()
{
    std::vector<double>& inflow = difference_;
    inflow.assign(accepted_.exposure.size(), 0.0);
    stencil_->add_wall_supply(inflow.data());
    std::transform(inflow.begin(), inflow.end(), inflow.begin(),
                   [this](double supply_per_min) { return supply_per_min * accepted_.minutes; });
    stencil_->subtract_wall_loss(accepted_.exposure.data(), inflow.data());
    return sum(inflow);
}

FieldBalance MassAccount::close(std::span<const double> before, std::span<const double> values, bool steady)
{
    FieldBalance balance;
    if (!kept_) {
        return balance;
    }
    const auto difference = [this](std::span<const double> a, std::span<const double> b) {
        difference_.resize(a.size());
        std::transform(a.begin(), a.end(), b.begin(), difference_.begin(), std::minus<>());
        return sum(difference_);
    };
    balance.clipped = difference(values, before);
    // The balance of a quasi-steady step is that of the solution found, before anything was clipped.
    balance.change = steady ? balance.clipped : difference(values, start_);
    balance.gain = accepted_.minutes * sum(gain_);
    balance.decay = substance_->decay_per_min * sum(accepted_.exposure);
    balance.consumption = sum(accepted_.consumption);
    balance.wall_inflow = wall_inflow();
    return balance;
}

} // namespace paget::fields
