// What can be seen of an organ from outside.

#include "paget/organ/organ.hpp"

#include "sensing.hpp"

#include "paget/core/superaccumulator.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
FieldSummary summarise(const std::string& name, const std::vector<double>& owned, std::int64_t voxels,
                       const parallel::Communicator& comm)
{
    SuperAccumulator sum;
    for (const double value : owned) {
        sum.add(value);
    }
    comm.sum(sum);
    const auto [least, most] = std::minmax_element(owned.begin(), owned.end());
    return {name, comm.minimum(*least), sum.round() / static_cast<double>(voxels), comm.maximum(*most)};
}
/// Mean over the voxels through which blood flows, or over all if there are none.
double mean_over_perfused(const std::vector<double>& owned, std::span<const double> wall, std::int64_t voxels,
                          const parallel::Communicator& comm)
{
    SuperAccumulator perfused_sum;
    SuperAccumulator sum;
    std::int64_t perfused = 0;
    for (std::size_t v = 0; v < owned.size(); ++v) {
        sum.add(owned[v]);
        if (wall[v] > 0.0) {
            perfused_sum.add(owned[v]);
            ++perfused;
        }
    }
    perfused = comm.sum(perfused);
    comm.sum(perfused_sum);
    comm.sum(sum);
    return perfused > 0 ? perfused_sum.round() / static_cast<double>(perfused)
                        : sum.round() / static_cast<double>(voxels);
}
} // namespace

double Organ::mean_at_vessels(std::string_view field)
{
    const auto index = find_field(description_->fields, field);
    if (!index) {
        return 0.0;
    }
    auto& mean = mean_at_vessels_[*index];
    if (!mean) {
        mean = mean_over_perfused(fields_[*index].concentration().owned(), vessel_map_.wall_area_per_um(),
                                  description_->grid.voxel_count(), *comm_);
    }
    return *mean;
}

Census Organ::census() const
{
    Census census;
    for (std::size_t cell = 0; cell < population_.size(); ++cell) {
        const agents::Fate fate = population_.fate(cell);
        census.cells[static_cast<std::size_t>(population_.state(cell))][static_cast<std::size_t>(fate)] += 1;
        census.returned += agents::is_living(fate) && population_.journeys(cell) > 0 ? 1 : 0;
    }
    census.totals = totals_;
    return census;
}

std::vector<FieldSummary> Organ::field_summaries() const
{
    const std::int64_t voxels = description_->grid.voxel_count();
    std::vector<FieldSummary> summaries;
    for (const auto& field : fields_) {
        summaries.push_back(summarise(field.substance().name, field.concentration().owned(), voxels, *comm_));
    }
    summaries.push_back(summarise("ecm", matrix_.density().owned(), voxels, *comm_));
    return summaries;
}

} // namespace paget::organ
