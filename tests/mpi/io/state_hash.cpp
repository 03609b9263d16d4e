// The state hash: the same from any number of ranks, different for any other state.

#include "paget/io/state_hash.hpp"

#include "example_state.hpp"

#include <gtest/gtest.h>

using namespace paget;

namespace
{
std::uint64_t hash_of_column(std::vector<double> column, const std::string& path = "/a")
{
    const auto self = parallel::Communicator::self();
    io::StateHash hash(self);
    hash.write_column(path, column.size(), 0, std::span<const double>(column));
    return hash.value();
}
} // namespace

TEST(StateHash, DoesNotDependOnTheCut)
{
    const auto world = parallel::Communicator::world();
    const auto self = parallel::Communicator::self();
    io::StateHash together(world);
    test::write_example(together, world);
    io::StateHash alone(self);
    test::write_example(alone, self);
    EXPECT_EQ(together.pieces(), alone.pieces());
    EXPECT_EQ(together.value(), alone.value());
}

TEST(StateHash, SeesEveryChange)
{
    const std::uint64_t hash = hash_of_column({1.0, 2.0, 3.0});
    EXPECT_NE(hash, hash_of_column({1.0, 3.0, 2.0})) << "order";
    EXPECT_NE(hash, hash_of_column({1.0, 2.0, 3.0000000000000004})) << "last bit";
    EXPECT_NE(hash, hash_of_column({1.0, 2.0})) << "length";
    EXPECT_NE(hash, hash_of_column({1.0, 2.0, 3.0}, "/b")) << "name";
    EXPECT_NE(hash_of_column({0.0}), hash_of_column({-0.0})) << "sign of zero";
}

TEST(StateHash, SeesAttributesAndTheirTypes)
{
    const auto self = parallel::Communicator::self();
    const auto hash_of = [&](const io::Attribute& value) {
        io::StateHash hash(self);
        hash.write_attribute("/a", "name", value);
        return hash.value();
    };
    EXPECT_NE(hash_of(std::int64_t{1}), hash_of(std::int64_t{2}));
    EXPECT_NE(hash_of(std::int64_t{1}), hash_of(std::uint64_t{1}));
    EXPECT_NE(hash_of(std::string("a")), hash_of(std::string("b")));
    EXPECT_EQ(hash_of(0.5), hash_of(0.5));
}
