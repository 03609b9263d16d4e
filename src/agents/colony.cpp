#include "colony.hpp"

#include "paget/agents/touching.hpp"
#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace paget::agents
{
namespace
{
/// A cell on its way to another rank: its record, and what it keeps only in or between steps.
struct Migrant {
    CellRecord record;
    std::int32_t squeeze = 0;
    float crawl_um_per_min = 0.0F;
    Triple<std::int32_t> step;
    Triple<std::int32_t> velocity_before;
    Triple<float> drift_um_per_min;
    PairStrength strength;
};

Migrant take(const Columns& cells, std::size_t i)
{
    Migrant migrant{cells.record(i), cells.squeeze[i], cells.crawl_um_per_min[i], {}, {}, {}, {}};
    if (cells.in_steps()) {
        migrant.step = cells.step[i];
        migrant.velocity_before = cells.velocity_before[i];
    }
    if (cells.drifts()) {
        migrant.drift_um_per_min = cells.drift_um_per_min[i];
    }
    if (cells.has_strengths()) {
        migrant.strength = cells.strength[i];
    }
    return migrant;
}

void put(const Migrant& migrant, Columns& cells)
{
    cells.append(migrant.record);
    cells.squeeze.back() = migrant.squeeze;
    cells.crawl_um_per_min.back() = migrant.crawl_um_per_min;
    if (cells.in_steps()) {
        cells.step.back() = migrant.step;
        cells.velocity_before.back() = migrant.velocity_before;
    }
    if (cells.drifts()) {
        cells.drift_um_per_min.back() = migrant.drift_um_per_min;
    }
    if (cells.has_strengths()) {
        cells.strength.back() = migrant.strength;
    }
}

BinTable bins_for(const mesh::Partition& partition, double reach_um, double skin_um, int rank)
{
    const BinGrid bins(partition, reach_um, skin_um);
    return {bins, bins.bins_of(partition.box(rank))};
}

// Bins and owners are found in double precision from places that are exact: this covers all roundings.
constexpr double margin_um = 1e-3;

/// The places that are this rank's beyond doubt: its box without a thin rim. Most cells are there, which spares them
/// the search for their owner.
class Interior
{
public:
    Interior(const mesh::Partition& partition, int rank)
    {
        const mesh::Box box = partition.box(rank);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            lo_um_[axis] = box.lo[axis] * partition.grid().spacing_um[axis] + margin_um;
            hi_um_[axis] = box.hi[axis] * partition.grid().spacing_um[axis] - margin_um;
        }
    }
    bool holds(const Vec3& p) const
    {
        return p.x > lo_um_[0] && p.x < hi_um_[0] && p.y > lo_um_[1] && p.y < hi_um_[1] && p.z > lo_um_[2] &&
               p.z < hi_um_[2];
    }

private:
    std::array<double, 3> lo_um_{};
    std::array<double, 3> hi_um_{};
};
} // namespace

Colony::Colony(const mesh::Partition& partition, const PairLaw& law, const parallel::Communicator& comm,
               double largest_reach_um, double skin_um, std::size_t circuit_variables)
    : law_(&law),
      comm_(&comm),
      partition_(partition),
      largest_reach_um_(largest_reach_um),
      skin_um_(skin_um),
      bins_(bins_for(partition, largest_reach_um, skin_um, comm.rank())),
      halo_(partition, bins_.grid(), comm),
      cells_(law.velocity_quantum_um_per_min(), circuit_variables)
{
}

void Colony::settle()
{
    cells_.drop_ghosts();
    migrate();
    look_up_mechanics();
    choose_bins();
    sort();
    fetch_ghosts();
}

void Colony::look_up_mechanics()
{
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const std::uint16_t row = law_->row(cells_.type[i], cells_.state[i], cells_.fate[i]);
        cells_.mechanics[i] = row;
        cells_.reach_um[i] = law_->range(row) * cells_.radius_um[i];
    }
}

void Colony::choose_bins()
{
    const auto farthest = [](const auto& of_cells) {
        const auto most = std::max_element(of_cells.begin(), of_cells.end());
        return most == of_cells.end() ? 0.0 : 2.0 * double{*most};
    };
    std::array<double, 2> reaches{farthest(cells_.reach_um), touching_range * farthest(cells_.radius_um)};
    comm_->maximum(std::span<double>(reaches));
    const double reach_um = std::min(reaches[0], largest_reach_um_);
    const double touching_um = std::min(reaches[1], largest_reach_um_);
    if (reach_um > 0.0) {
        const BinGrid grid(partition_, std::max(reach_um, touching_um), skin_um_);
        if (!(grid == bins_.grid())) {
            bins_ = BinTable(grid, grid.bins_of(partition_.box(comm_->rank())));
            halo_ = Halo(partition_, grid, *comm_);
        }
    }
    slack_um_ = 0.5 * (bins_.grid().edge_um() - reach_um) - margin_um;
}

void Colony::migrate()
{
    if (comm_->size() == 1) {
        return;
    }
    std::vector<Migrant> leaving;
    std::vector<int> destination;
    std::vector<bool> stays(cells_.size(), true);
    const Interior interior(partition_, comm_->rank());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Vec3 position_um = cells_.position_um(i);
        const int owner = interior.holds(position_um) ? comm_->rank() : partition_.owner(position_um);
        if (owner != comm_->rank()) {
            stays[i] = false;
            leaving.push_back(take(cells_, i));
            destination.push_back(owner);
        }
    }
    if (!leaving.empty()) {
        cells_.keep(stays);
    }
    for (const Migrant& cell : parallel::exchange<Migrant>(*comm_, leaving, destination)) {
        put(cell, cells_);
    }
}

void Colony::sort()
{
    make_room(bin_of_, cells_.size());
    make_room(order_, cells_.size());
    bin_of_.resize(cells_.size());
    for (std::size_t i = 0; i < bin_of_.size(); ++i) {
        bin_of_[i] = bins_.number_at(cells_.position_um(i));
    }
    if (bins_.sort(bin_of_, cells_.id, order_)) {
        cells_.reorder(order_);
    }
}

void Colony::fetch_ghosts()
{
    cells_.append_ghosts(halo_.plan(bins_));
    halo_.refresh(cells_.x, cells_.y, cells_.z, cells_.rest, cells_.id, cells_.radius_um, cells_.reach_um,
                  cells_.mechanics);
    if (cells_.has_strengths()) {
        halo_.refresh(cells_.strength);
    }
    bin_of_.resize(cells_.size_with_ghosts() - cells_.size());
    for (std::size_t i = 0; i < bin_of_.size(); ++i) {
        bin_of_[i] = bins_.number_at(cells_.position_um(cells_.size() + i));
    }
    bins_.add_ghosts(bin_of_, static_cast<std::uint32_t>(cells_.size()));
}

std::size_t Colony::bytes() const
{
    return cells_.bytes() + bins_.bytes() + (bin_of_.capacity() + order_.capacity()) * sizeof(std::uint32_t);
}

} // namespace paget::agents
