// State files: every value is at its place, and the bytes are the same from any number of ranks.

#include "paget/io/hdf5_state.hpp"

#include "example_state.hpp"
#include "paget/hdf5/handle.hpp"
#include "paget/io/state_hash.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>

using namespace paget;
using test::bytes_of;
using test::write_state;

namespace
{
std::string name_for(int ranks) { return std::string(static_cast<std::size_t>(ranks), 's') + ".h5"; }

std::vector<double> read_doubles(const hdf5::File& file, const char* path, std::size_t count)
{
    const hdf5::Dataset dataset{H5Dopen2(file.id(), path, H5P_DEFAULT)};
    std::vector<double> values(count);
    EXPECT_GE(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    return values;
}

std::uint64_t read_checksum(const hdf5::File& file, const std::string& path)
{
    const hdf5::Attribute attribute{H5Aopen_by_name(file.id(), path.c_str(), "checksum", H5P_DEFAULT, H5P_DEFAULT)};
    std::uint64_t value = 0;
    EXPECT_GE(H5Aread(attribute.id(), H5T_NATIVE_UINT64, &value), 0) << path;
    return value;
}
} // namespace

class Hdf5State : public testing::Test
{
protected:
    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

TEST_F(Hdf5State, EveryValueIsAtItsPlace)
{
    write_state(folder_ / "s.h5", world_);
    const hdf5::File file{H5Fopen((folder_ / "s.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)};
    const auto lengths = read_doubles(file, "/organs/lung/cells/length_um", test::example_cells);
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        ASSERT_EQ(lengths[i], test::example_length(i)) << i;
    }
    const auto oxygen = read_doubles(file, "/organs/lung/fields/oxygen", 40 * 24 * 16);
    for (int x = 0, y = 0, z = 0; z < 16; y += ++x / 40, x %= 40, z += y / 24, y %= 24) {
        ASSERT_EQ(oxygen[test::example_grid.global_index({x, y, z})], test::example_oxygen({x, y, z}));
    }
    EXPECT_EQ(read_doubles(file, "/organs/bone/fields/oxygen", 40 * 24 * 16), oxygen);
}

TEST_F(Hdf5State, BytesAreTheSameFromAnyNumberOfRanks)
{
    for (int ranks = 1; ranks <= world_.size(); ++ranks) {
        std::vector<int> members(static_cast<std::size_t>(ranks));
        std::iota(members.begin(), members.end(), 0);
        if (world_.rank() < ranks) {
            write_state(folder_ / name_for(ranks), world_.create_group(members, ranks));
        }
        world_.barrier();
        const std::string reference = bytes_of(folder_ / name_for(1));
        ASSERT_GT(reference.size(), 8 * 2 * 40 * 24 * 16U);
        EXPECT_TRUE(bytes_of(folder_ / name_for(ranks)) == reference) << ranks << " ranks";
    }
}

TEST_F(Hdf5State, ChecksumsAreThoseOfTheStateHash)
{
    write_state(folder_ / "s.h5", world_);
    io::StateHash hash(world_);
    test::write_example(hash, world_);
    const hdf5::File file{H5Fopen((folder_ / "s.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)};
    int compared = 0;
    for (const auto& [path, checksum] : hash.pieces()) {
        if (path.find('@') == std::string::npos) {
            EXPECT_EQ(read_checksum(file, path), checksum) << path;
            ++compared;
        }
    }
    EXPECT_EQ(compared, 49);
}

TEST_F(Hdf5State, NothingIsSeenBeforeItIsWhole)
{
    {
        io::Hdf5StateWriter writer(folder_ / "s.h5", world_);
        test::write_example(writer, world_);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "s.h5"));
        world_.barrier();
        writer.commit();
        EXPECT_TRUE(std::filesystem::exists(folder_ / "s.h5"));
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "s.h5.part"));
}

TEST_F(Hdf5State, AWriterThatIsGivenUpLeavesNothing)
{
    {
        io::Hdf5StateWriter writer(folder_ / "s.h5", world_);
        test::write_example(writer, world_);
    }
    world_.barrier();
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}
