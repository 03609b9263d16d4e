#include "paget/organ/cells_by_id.hpp"

#include <algorithm>
#include <limits>

namespace paget::organ
{
namespace
{
constexpr std::uint64_t samples_per_portion = 64;

/// Ids beside their places, so that sorting does not look for each id elsewhere in memory.
std::vector<CellsById::Place> sorted_by_id(const agents::Population& population)
{
    std::vector<CellsById::Place> order(population.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = {population.id(i).value, static_cast<std::uint32_t>(i)};
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return order;
}

/// Ids that cut all cells into about equal portions.
std::vector<std::uint64_t> choose_splitters(const std::vector<CellsById::Place>& order, std::uint64_t total,
                                            std::uint64_t portions, const parallel::Communicator& comm)
{
    const std::uint64_t stride = std::max<std::uint64_t>(1, total / (samples_per_portion * portions));
    std::vector<std::uint64_t> mine;
    for (std::uint64_t i = stride / 2; i < order.size() && portions > 1; i += stride) {
        mine.push_back(order[i].id);
    }
    std::vector<std::uint64_t> samples = comm.all_gather(std::span<const std::uint64_t>(mine));
    std::sort(samples.begin(), samples.end());
    std::vector<std::uint64_t> splitters;
    for (std::uint64_t k = 1; k < portions; ++k) {
        splitters.push_back(samples.empty() ? std::numeric_limits<std::uint64_t>::max()
                                            : samples[k * samples.size() / portions]);
    }
    return splitters;
}
} // namespace

CellsById::CellsById(const agents::Population& population, const parallel::Communicator& comm, std::uint64_t portions)
    : population_(&population),
      comm_(&comm),
      total_(static_cast<std::uint64_t>(comm.sum(static_cast<std::int64_t>(population.size())))),
      portions_(portions),
      order_(sorted_by_id(population))
{
    splitters_ = choose_splitters(order_, total_, portions_, comm);
}

std::uint64_t portions_of(std::uint64_t cells, std::size_t ranks)
{
    constexpr std::uint64_t cells_of_a_rank = 32768;
    return cells / (cells_of_a_rank * ranks) + 1;
}

/// This rank's cells of the next portion.
std::span<const CellsById::Place> CellsById::next_cells()
{
    const std::size_t first = next_cell_;
    const bool last = next_portion_ == splitters_.size();
    while (next_cell_ < order_.size() && (last || order_[next_cell_].id < splitters_[next_portion_])) {
        ++next_cell_;
    }
    ++next_portion_;
    return std::span<const Place>(order_).subspan(first, next_cell_ - first);
}

parallel::Slice<agents::CellRecord> CellsById::next()
{
    return next([this](std::size_t cell) { return population_->record(cell); },
                [](const agents::CellRecord& cell) { return cell.id.value; });
}

} // namespace paget::organ
