#include "paget/organ/carried_field.hpp"

#include "blood_transport.hpp"
#include "fixed_point_steps.hpp"
#include "tissue_exchange.hpp"
#include "vessel_elements.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace paget::organ
{
namespace
{
constexpr int most_rounds_of_supply = 200;
constexpr std::size_t remembered_rounds = 12;
/// The blood is solved to the field's tolerance times this: fields are known no better.
constexpr double tolerances = 10.0;
} // namespace

struct CarriedField::Impl {
    Impl(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
         const fields::Substance& of, const mesh::Partition& partition, const parallel::Communicator& communicator);

    std::vector<double> tissue_at_elements(const fields::DiffusingField& field) const;
    std::vector<double> gain(const std::vector<double>& blood, const std::vector<double>& base) const;
    double received(const std::vector<double>& blood, const std::vector<double>& tissue) const;
    double largest_change(const std::vector<double>& blood, const std::vector<double>& next) const;

    const parallel::Communicator* comm;
    std::string name;
    double tolerance;
    double voxel_um3;
    VesselElements elements;
    VesselShares shares;
    BloodTransport transport;
    std::vector<double> loss_per_min; ///< by exchange with vessels, per owned voxel
    SupplyReport supply;
};

CarriedField::Impl::Impl(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                         const fields::Substance& of, const mesh::Partition& partition,
                         const parallel::Communicator& communicator)
    : comm(&communicator),
      name(of.name),
      tolerance(of.tolerance),
      voxel_um3(partition.grid().voxel_volume_um3()),
      elements(cut_into_elements(network, flow, carriage, of.diffusivity_um2_per_min, partition.grid())),
      shares(network, elements, partition.grid(), partition.box(communicator.rank())),
      transport(network, flow, carriage, elements),
      loss_per_min(static_cast<std::size_t>(partition.box(communicator.rank()).volume()), 0.0)
{
    for (const auto& share : shares.all()) {
        const double exchange = elements.all[static_cast<std::size_t>(share.element)].um3_per_min;
        loss_per_min[static_cast<std::size_t>(share.voxel)] += share.weight * exchange / voxel_um3;
    }
}

/// Means over each element's ring. The voxels of a ring may lie on several ranks: sums are taken over integers, of 60
/// bits for the largest value.
std::vector<double> CarriedField::Impl::tissue_at_elements(const fields::DiffusingField& field) const
{
    const std::vector<double> owned = field.concentration().owned();
    if (comm->any(std::any_of(owned.begin(), owned.end(), [](double u) { return !std::isfinite(u); }))) {
        throw NumericalError(
            fmt::format("{}: the field around vessels is not finite. Check the rates of uptake and supply "
                        "of this substance",
                        name));
    }
    const double largest = comm->maximum(std::accumulate(
        owned.begin(), owned.end(), 0.0, [](double most, double u) { return std::max(most, std::fabs(u)); }));
    if (largest == 0.0) {
        return std::vector<double>(elements.all.size(), 0.0);
    }
    const int exponent = 60 - std::ilogb(largest);
    std::vector<std::int64_t> sums(elements.all.size(), 0);
    for (const auto& share : shares.all()) {
        const double part = share.weight * owned[static_cast<std::size_t>(share.voxel)];
        sums[static_cast<std::size_t>(share.element)] +=
            static_cast<std::int64_t>(std::nearbyint(std::ldexp(part, exponent)));
    }
    comm->sum(std::span<std::int64_t>(sums));
    std::vector<double> means(sums.size());
    std::transform(sums.begin(), sums.end(), means.begin(),
                   [&](std::int64_t sum) { return std::ldexp(static_cast<double>(sum), -exponent); });
    return means;
}

std::vector<double> CarriedField::Impl::gain(const std::vector<double>& blood, const std::vector<double>& base) const
{
    std::vector<double> all(base);
    for (const auto& share : shares.all()) {
        const auto e = static_cast<std::size_t>(share.element);
        all[static_cast<std::size_t>(share.voxel)] += share.weight * elements.all[e].um3_per_min / voxel_um3 * blood[e];
    }
    return all;
}

double CarriedField::Impl::received(const std::vector<double>& blood, const std::vector<double>& tissue) const
{
    double sum = 0.0;
    for (std::size_t e = 0; e < blood.size(); ++e) {
        sum += elements.all[e].um3_per_min * (blood[e] - tissue[e]);
    }
    return sum;
}

double CarriedField::Impl::largest_change(const std::vector<double>& blood, const std::vector<double>& next) const
{
    double change = 0.0;
    double largest = transport.largest_inflow();
    for (std::size_t e = 0; e < blood.size(); ++e) {
        change = std::max(change, std::fabs(next[e] - blood[e]));
        largest = std::max(largest, next[e]);
    }
    return largest > 0.0 ? change / largest : 0.0;
}

CarriedField::CarriedField(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                           const fields::Substance& substance, const mesh::Partition& partition,
                           const parallel::Communicator& comm)
    : impl_(std::make_unique<Impl>(network, flow, carriage, substance, partition, comm))
{
}

CarriedField::~CarriedField() = default;
CarriedField::CarriedField(CarriedField&&) noexcept = default;
CarriedField& CarriedField::operator=(CarriedField&&) noexcept = default;

const SupplyReport& CarriedField::supply() const { return impl_->supply; }

fields::SolveReport CarriedField::solve(fields::DiffusingField& field, const VoxelRates& rates, double minutes)
{
    Impl& my = *impl_;
    std::vector<double> loss(rates.loss_per_min);
    std::transform(loss.begin(), loss.end(), my.loss_per_min.begin(), loss.begin(), std::plus<>());
    FixedPointSteps steps(remembered_rounds);
    std::vector<double> blood = my.transport.pass(my.tissue_at_elements(field)).blood;
    fields::SolveReport total;
    for (int round = 1; round <= most_rounds_of_supply; ++round) {
        const std::vector<double> gain = my.gain(blood, rates.gain_per_min);
        fields::SolveReport report = field.advance({loss, gain, rates.saturating_loss_per_min}, minutes);
        report.iterations += total.iterations;
        report.solves += total.solves;
        total = report;
        const std::vector<double> tissue = my.tissue_at_elements(field);
        const BloodPassage passage = my.transport.pass(tissue);
        my.supply = {passage.carried_in,
                     passage.carried_out,
                     passage.given_off,
                     my.received(blood, tissue),
                     round,
                     my.largest_change(blood, passage.blood)};
        if (my.supply.change <= tolerances * my.tolerance) {
            return total;
        }
        blood = steps.next(blood, passage.blood);
        std::transform(blood.begin(), blood.end(), blood.begin(), [](double p) { return std::max(p, 0.0); });
    }
    throw NumericalError(fmt::format("{}: blood and tissue do not settle in {} rounds: the blood still changes by "
                                     "{:.3g} of its largest value, wanted {:.3g}. Give a larger tolerance of the field",
                                     my.name, most_rounds_of_supply, my.supply.change, tolerances * my.tolerance));
}

std::vector<double> CarriedField::blood_in_segments(const fields::DiffusingField& field) const
{
    const std::vector<double> blood = impl_->transport.pass(impl_->tissue_at_elements(field)).blood;
    const std::vector<std::int32_t>& first = impl_->elements.first;
    std::vector<double> means(first.size() - 1, 0.0);
    for (std::size_t s = 0; s < means.size(); ++s) {
        for (auto e = static_cast<std::size_t>(first[s]); e < static_cast<std::size_t>(first[s + 1]); ++e) {
            means[s] += blood[e] / (first[s + 1] - first[s]);
        }
    }
    return means;
}

} // namespace paget::organ
