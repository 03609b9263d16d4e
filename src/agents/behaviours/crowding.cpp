#include "crowding.hpp"

#include <algorithm>
#include <numeric>

namespace paget::agents
{

Crowding::Crowding(const Columns& cells, const std::vector<CellType>& types, const mesh::Grid& grid)
    : cells_(&cells),
      types_(&types),
      grid_(&grid)
{
    if (std::none_of(types.begin(), types.end(), [](const CellType& type) { return type.cycle.capacity > 0.0; })) {
        return;
    }
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        living_[voxel_of(cell)] += is_living(cells.fate[cell]) ? 1 : 0;
    }
    by_id_.resize(cells.size());
    std::iota(by_id_.begin(), by_id_.end(), std::size_t{0});
    std::sort(by_id_.begin(), by_id_.end(), [&](std::size_t a, std::size_t b) { return cells.id[a] < cells.id[b]; });
}

bool Crowding::has_room(std::size_t cell) const
{
    const double capacity = (*types_)[cells_->type[cell]].cycle.capacity;
    return capacity == 0.0 || static_cast<double>(living_.at(voxel_of(cell))) < capacity;
}

void Crowding::count_daughter(std::size_t cell)
{
    if (!living_.empty()) {
        ++living_[voxel_of(cell)];
    }
}

std::uint64_t Crowding::voxel_of(std::size_t cell) const
{
    return grid_->global_index(grid_->voxel_at(cells_->position_um(cell)));
}

} // namespace paget::agents
