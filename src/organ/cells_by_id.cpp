#include "paget/organ/organ.hpp"

namespace paget::organ
{

parallel::Slice<agents::CellRecord> Organ::cells_by_id() const
{
    std::vector<agents::CellRecord> mine;
    for (std::size_t cell = 0; cell < population_.size(); ++cell) {
        mine.push_back(population_.record(cell));
    }
    return parallel::sorted_slice(*comm_, std::move(mine),
                                  [](const agents::CellRecord& cell) { return cell.id.value; });
}

} // namespace paget::organ
