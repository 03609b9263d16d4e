#include "paget/core/ids.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace paget
{

TEST(OrganKey, FollowsFromTheNameAlone)
{
    static_assert(organ_key("lung") == organ_key("lung"));
    EXPECT_NE(organ_key("lung"), organ_key("Lung"));
    EXPECT_NE(organ_key("lung"), organ_key("brain"));
    EXPECT_EQ(static_cast<std::uint64_t>(organ_key("bone")), hash_text("bone") & 0xffffU);
}

TEST(CellId, HoldsOrganAndNumberApart)
{
    const std::uint64_t last = (std::uint64_t{1} << 48U) - 1U;
    for (const OrganKey key : {OrganKey{0}, OrganKey{1}, OrganKey{0x8000}, OrganKey{0xffff}}) {
        for (const std::uint64_t number : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 47U, last}) {
            const CellId id = CellId::make(key, number);
            EXPECT_EQ(id.birth_organ(), key);
            EXPECT_EQ(id.number(), number);
        }
    }
}

TEST(CellId, IsOrderedByOrganThenNumber)
{
    const CellId a = CellId::make(OrganKey{1}, 9);
    EXPECT_LT(a, CellId::make(OrganKey{1}, 10));
    EXPECT_LT(a, CellId::make(OrganKey{2}, 0));
    EXPECT_EQ(a, CellId::make(OrganKey{1}, 9));
}

TEST(CellId, NoCellIsTheLargest)
{
    EXPECT_LT(CellId::make(OrganKey{0xffff}, 1), no_cell);
    EXPECT_NE(CellId::make(OrganKey{0xffff}, 0), no_cell);
}

TEST(CellId, CanBeHashed)
{
    std::unordered_set<CellId> ids;
    for (std::uint64_t number = 0; number < 100; ++number) {
        ids.insert(CellId::make(OrganKey{7}, number / 2));
    }
    EXPECT_EQ(ids.size(), 50U);
}

TEST(OrganId, IsThePositionInTheCase)
{
    EXPECT_EQ(index_of(OrganId::none), -1);
    EXPECT_EQ(index_of(OrganId{3}), 3);
}

} // namespace paget
