// Cells by their ids, portion by portion: together they are all cells, each once, in order.

#include "paget/organ/cells_by_id.hpp"

#include "small_body.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::test
{
namespace
{
/// Ids of all portions on all ranks of the organ, at the places that the slices tell; 0 where nothing came.
std::vector<std::uint64_t> ids_by(const organ::Organ& organ, std::uint64_t portions)
{
    organ::CellsById cells = organ.cells_by_id(portions);
    std::vector<std::int64_t> ids(cells.total(), 0);
    for (std::uint64_t portion = 0; portion < portions; ++portion) {
        const auto slice = cells.next();
        EXPECT_EQ(slice.total, cells.total());
        for (std::size_t i = 0; i < slice.items.size(); ++i) {
            ids.at(slice.first + i) += static_cast<std::int64_t>(slice.items[i].id.value);
        }
    }
    organ.communicator().sum(std::span(ids));
    return {ids.begin(), ids.end()};
}
} // namespace

TEST(CellsById, AreTheSameInAnyNumberOfPortions)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body();
    body::Body body(description, world);
    live_until(body, 0, 3 * one_hour); // so that there are daughters, and cells in the lung
    for (const OrganId id : {OrganId{0}, OrganId{1}}) {
        const organ::Organ* organ = body.organ(id);
        if (organ == nullptr) {
            continue;
        }
        const auto whole = ids_by(*organ, 1);
        EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end()));
        EXPECT_EQ(std::adjacent_find(whole.begin(), whole.end()), whole.end()) << "a cell twice";
        for (const std::uint64_t portions : {2U, 7U, 200U}) {
            EXPECT_EQ(ids_by(*organ, portions), whole) << portions;
        }
    }
}

} // namespace paget::test
