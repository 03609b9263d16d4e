#include "paget/io/memory_state.hpp"

#include "example_state.hpp"

#include "paget/core/error.hpp"
#include "paget/io/state_hash.hpp"

#include <gtest/gtest.h>

namespace paget::test
{

TEST(MemoryState, GivesBackWhatWasWrittenInOtherParts)
{
    const auto world = parallel::Communicator::world();
    io::MemoryState state(world);
    write_example(state, world);
    expect_example(state, world);
    expect_example(state, world); // it stays
    EXPECT_TRUE(state.has_column("/organs/lung/cells/id"));
    EXPECT_FALSE(state.has_column("/organs/lung/cells/no"));
}

TEST(MemoryState, RefusesWhatItDoesNotHold)
{
    const auto world = parallel::Communicator::world();
    io::MemoryState state(world);
    write_example(state, world);
    std::vector<double> none;
    EXPECT_THROW(state.column_size("/no"), FileError);
    EXPECT_THROW(state.read_column("/organs/lung/cells/id", 0, std::span<double>(none)), FileError);
    EXPECT_THROW(state.read_field("/organs/lung/fields/oxygen", {{8, 8, 8}, 20.0}, {}, none), FileError);
    EXPECT_THROW(state.read_field("/organs/lung/fields/no", example_grid, {}, none), FileError);
    EXPECT_THROW(state.read_attribute("/blood/ledger", "no"), FileError);
}

} // namespace paget::test
