#include "colony.hpp"

#include "paget/parallel/exchange.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
/// A cell on its way to another rank: its record, and what it keeps only from one step to the next.
struct Migrant {
    CellRecord record;
    double pressure = 0.0;
    double crawl_um_per_min = 0.0;
};
} // namespace

Colony::Colony(const mesh::Partition& partition, const BinGrid& bins, const parallel::Communicator& comm)
    : comm_(&comm),
      partition_(partition),
      bins_(bins, bins.bins_of(partition.box(comm.rank()))),
      halo_(partition, bins, comm)
{
}

void Colony::settle(const PairLaw& law)
{
    cells_.drop_ghosts();
    migrate();
    sort();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        cells_.mechanics[i] = law.row(cells_.type[i], cells_.state[i], cells_.fate[i]);
    }
    fetch_ghosts();
}

void Colony::migrate()
{
    if (comm_->size() == 1) {
        return;
    }
    std::vector<Migrant> leaving;
    std::vector<int> destination;
    std::vector<bool> stays(cells_.size(), true);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const int owner = partition_.owner(cells_.sphere[i].centre_um);
        if (owner != comm_->rank()) {
            stays[i] = false;
            leaving.push_back({cells_.record(i), cells_.pressure[i], cells_.crawl_um_per_min[i]});
            destination.push_back(owner);
        }
    }
    if (!leaving.empty()) {
        cells_.keep(stays);
    }
    for (const Migrant& cell : parallel::exchange<Migrant>(*comm_, leaving, destination)) {
        cells_.append(cell.record);
        cells_.pressure.back() = cell.pressure;
        cells_.crawl_um_per_min.back() = cell.crawl_um_per_min;
    }
}

void Colony::sort()
{
    std::vector<std::uint32_t> bins(cells_.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        bins[i] = bins_.number_at(cells_.sphere[i].centre_um);
    }
    cells_.reorder(bins_.sort(bins, cells_.id));
}

void Colony::fetch_ghosts()
{
    cells_.append_ghosts(halo_.plan(bins_));
    halo_.refresh(cells_.id);
    halo_.refresh(cells_.sphere);
    halo_.refresh(cells_.mechanics);
    std::vector<std::uint32_t> bins(cells_.size_with_ghosts() - cells_.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        bins[i] = bins_.number_at(cells_.sphere[cells_.size() + i].centre_um);
    }
    bins_.add_ghosts(bins, static_cast<std::uint32_t>(cells_.size()));
}

} // namespace paget::agents
