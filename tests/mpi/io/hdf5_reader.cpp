// What was written is read back, on other ranks and in other pieces; damaged files never.

#include "paget/io/hdf5_reader.hpp"

#include "example_state.hpp"

#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/io/seal.hpp"
#include "paget/io/state_hash.hpp"
#include "paget/mesh/partition.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace paget;
using test::bytes_of;
using test::failure_of;
using test::write_state;
using testing::HasSubstr;

namespace
{
void write_bytes(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
} // namespace

class Hdf5Reader : public testing::Test
{
protected:
    std::string path() const { return folder_ / "s.h5"; }

    void expect_example(const parallel::Communicator& comm) const
    {
        io::Hdf5StateReader reader(path(), comm);
        test::expect_example(reader, comm);
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

TEST_F(Hdf5Reader, ReadsOnTheRanksThatWroteAndOnOne)
{
    write_state(path(), world_);
    expect_example(world_);
    expect_example(parallel::Communicator::self());
}

TEST_F(Hdf5Reader, ReadsOnManyRanksWhatOneWrote)
{
    if (world_.is_root()) {
        write_state(path(), parallel::Communicator::self());
    }
    world_.barrier();
    expect_example(world_);
}

TEST_F(Hdf5Reader, TheWriterKnowsTheStateHash)
{
    io::StateHash hash(world_);
    test::write_example(hash, world_);
    EXPECT_EQ(write_state(path(), world_), hash.value());
}

TEST_F(Hdf5Reader, ColumnsMayComeInParts)
{
    const auto write = [this](io::StateWriter& writer, std::uint64_t parts) {
        writer.begin_column("/a", 1000, std::span<const double>());
        writer.begin_column("/b", 1000, std::span<const std::uint16_t>());
        for (std::uint64_t k = 0; k < parts; ++k) {
            const std::uint64_t begin = 1000 * k / parts;
            const std::uint64_t end = 1000 * (k + 1) / parts;
            const bool mine = static_cast<int>(k % static_cast<std::uint64_t>(world_.size())) == world_.rank();
            std::vector<double> lengths;
            std::vector<std::uint16_t> counts;
            for (std::uint64_t i = begin; i < end && mine; ++i) {
                lengths.push_back(test::example_length(i));
                counts.push_back(static_cast<std::uint16_t>(i));
            }
            writer.write_part("/b", begin, std::span<const std::uint16_t>(counts));
            writer.write_part("/a", begin, std::span<const double>(lengths));
        }
        writer.end_column("/a");
        writer.end_column("/b");
    };
    io::StateHash whole(world_);
    write(whole, 1);
    io::Hdf5StateWriter writer(path(), world_);
    write(writer, 7);
    writer.commit();
    EXPECT_EQ(writer.hash(), whole.value());
    io::Hdf5StateReader reader(path(), world_);
    const auto lengths = io::read_whole_column<double>(reader, world_, "/a");
    const auto counts = io::read_whole_column<std::uint16_t>(reader, world_, "/b");
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_EQ(lengths[i], test::example_length(i));
        ASSERT_EQ(counts[i], i);
    }
}

TEST_F(Hdf5Reader, WhatDoesNotFitIsTold)
{
    write_state(path(), world_);
    io::Hdf5StateReader reader(path(), world_);
    EXPECT_TRUE(reader.has_column("/organs/lung/cells/id"));
    EXPECT_FALSE(reader.has_column("/organs/heart/cells/id"));
    std::vector<double> none;
    const auto column = [&](const char* name) { reader.read_column(name, 0, std::span<double>(none)); };
    EXPECT_THAT(failure_of([&] { column("/organs/heart/cells/x"); }), HasSubstr("s.h5 has no data set /organs/heart"));
    EXPECT_THAT(failure_of([&] { column("/organs/lung/cells/id"); }), HasSubstr("is of another type"));
    EXPECT_THAT(failure_of([&] {
                    const mesh::Grid other{{8, 8, 8}, 20.0};
                    std::vector<double> values(world_.is_root() ? 512 : 0);
                    reader.read_field("/organs/lung/fields/oxygen", other, world_.is_root() ? other.box() : mesh::Box{},
                                      values);
                }),
                HasSubstr("(16 x 24 x 40)"));
    EXPECT_THAT(failure_of([&] { reader.read_attribute("/", "colour"); }), HasSubstr("has no attribute colour of /"));
    EXPECT_THAT(failure_of([&] { io::read_attribute<double>(reader, "/", "version"); }), HasSubstr("another type"));
}

TEST_F(Hdf5Reader, AFileThatIsNotThereIsTold)
{
    EXPECT_THAT(failure_of([&] { const io::Hdf5StateReader reader(path(), world_); }),
                HasSubstr("No such file or directory"));
    EXPECT_THAT(failure_of([&] { const io::Hdf5StateReader reader(folder_.path(), world_); }),
                HasSubstr(folder_.path()));
}

TEST_F(Hdf5Reader, AFileCutOffAnywhereIsDamaged)
{
    write_state(path(), world_);
    const std::string whole = bytes_of(path());
    for (std::size_t size = 0; size<whole.size(); size += whole.size() - size> 60 ? 4096 : 1) {
        if (whole.size() - size > 60 && whole.size() - size <= 4096) {
            size = whole.size() - 60; // then every byte of the end
        }
        if (world_.is_root()) {
            write_bytes(folder_ / "cut.h5", whole.substr(0, size));
        }
        world_.barrier();
        ASSERT_THAT(failure_of([&] { const io::Hdf5StateReader reader(folder_ / "cut.h5", world_); }),
                    HasSubstr("cut.h5 is damaged"))
            << size;
        world_.barrier();
    }
}

TEST_F(Hdf5Reader, EveryFlippedBitIsNoticed)
{
    write_state(path(), world_);
    std::string bytes = bytes_of(path());
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    const auto put = [&](std::size_t at) {
        world_.barrier();
        if (world_.is_root()) {
            file.seekp(static_cast<std::streamoff>(at));
            file.put(bytes[at]);
            file.flush();
        }
        world_.barrier();
    };
    for (std::uint64_t trial = 0; trial < 400; ++trial) {
        const std::uint64_t random = mix64(trial);
        // Every fourth one in the seal, every fourth in the metadata at the begin.
        const std::size_t at = trial % 4 == 0   ? bytes.size() - 1 - random % io::Seal::bytes
                               : trial % 4 == 1 ? random % 4096
                                                : random % bytes.size();
        const auto bit = static_cast<char>(1U << (trial / 4 % 8));
        bytes[at] = static_cast<char>(bytes[at] ^ bit);
        put(at);
        ASSERT_THAT(failure_of([&] { const io::Hdf5StateReader reader(path(), world_); }), HasSubstr("s.h5 is damaged"))
            << "byte " << at;
        bytes[at] = static_cast<char>(bytes[at] ^ bit);
        put(at);
    }
    expect_example(world_); // and mended again
}
