// Frames of files: what is put into them comes back, and bytes depend on nothing else.

#include "paget/hdf5/frame.hpp"
#include "paget/core/error.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <map>
#include <span>
#include <thread>

using namespace paget;

namespace
{
/// The bytes of a whole file: the frame, and the values put where it says.
std::string whole_file(const hdf5::Image& frame, const hdf5::DataPlace& place, std::span<const double> values)
{
    std::string bytes(frame.size(), '\0');
    frame.read(0, std::as_writable_bytes(std::span(bytes)));
    if (!values.empty()) { // memcpy wants an address even for nothing
        std::memcpy(bytes.data() + place.address, values.data(), place.bytes);
    }
    return bytes;
}

const std::vector<double> example_values{1.5, -2.0, 1e300, 0.1, 7.0, 8.0};

std::string example_file()
{
    hdf5::FileFrame frame("example");
    const hdf5::DataPlace place = frame.make_dataset("/a/b/c", hdf5::TypeOf<double>::file(), {2, 3});
    frame.write_attribute("/a/b/c", "unit", std::string("mmHg"));
    frame.write_attribute("/a", "seed", std::uint64_t{7});
    frame.write_attribute("/d/e", "tick", std::int64_t{-1});
    return whole_file(frame.finish(), place, example_values);
}

} // namespace

class FileFrame : public testing::Test
{
protected:
    hdf5::File store_and_open(const std::string& bytes)
    {
        std::ofstream(folder_ / "x.h5", std::ios::binary) << bytes;
        return hdf5::File{H5Fopen((folder_ / "x.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)};
    }

    parallel::Communicator self_ = parallel::Communicator::self();
    test::TemporaryFolder folder_{self_};
};

TEST_F(FileFrame, ValuesComeBack)
{
    const hdf5::File file = store_and_open(example_file());
    const hdf5::Dataset dataset{H5Dopen2(file.id(), "/a/b/c", H5P_DEFAULT)};
    std::vector<double> values(6);
    ASSERT_GE(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    EXPECT_EQ(values, example_values);
}

TEST_F(FileFrame, AttributesComeBack)
{
    const hdf5::File file = store_and_open(example_file());
    const hdf5::Attribute unit{H5Aopen_by_name(file.id(), "/a/b/c", "unit", H5P_DEFAULT, H5P_DEFAULT)};
    const hdf5::Datatype type{H5Aget_type(unit.id())};
    std::string text(H5Tget_size(type.id()), '?');
    ASSERT_GE(H5Aread(unit.id(), type.id(), text.data()), 0);
    EXPECT_STREQ(text.c_str(), "mmHg");
    const hdf5::Attribute tick{H5Aopen_by_name(file.id(), "/d/e", "tick", H5P_DEFAULT, H5P_DEFAULT)};
    std::int64_t value = 0;
    ASSERT_GE(H5Aread(tick.id(), H5T_NATIVE_INT64, &value), 0);
    EXPECT_EQ(value, -1);
}

TEST_F(FileFrame, BytesDoNotDependOnTheTime)
{
    const std::string earlier = example_file();
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // HDF5's time stamps count seconds
    EXPECT_EQ(example_file(), earlier);
}

TEST_F(FileFrame, TakesTextsLongerThanAnObjectHeader)
{
    const std::string long_text(200000, 'x');
    hdf5::FileFrame frame("long");
    frame.write_attribute("/run", "case", long_text);
    const hdf5::File file = store_and_open(whole_file(frame.finish(), {}, {}));
    const hdf5::Attribute text{H5Aopen_by_name(file.id(), "/run", "case", H5P_DEFAULT, H5P_DEFAULT)};
    ASSERT_TRUE(text.is_open());
    EXPECT_EQ(H5Aget_storage_size(text.id()), long_text.size() + 1);
}

TEST_F(FileFrame, ManyDataSetsDoNotOverlap)
{
    hdf5::FileFrame frame("many");
    std::map<std::uint64_t, std::uint64_t> ends;
    for (hsize_t i = 1; i <= 300; ++i) {
        const auto place = frame.make_dataset("/d" + std::string(i, 'x'), hdf5::TypeOf<std::uint8_t>::file(), {i * i});
        EXPECT_EQ(place.bytes, i * i);
        ends[place.address] = place.address + place.bytes;
    }
    const hdf5::Image& image = frame.finish();
    std::uint64_t end = 0;
    for (const auto& [first, last] : ends) {
        EXPECT_GE(first, end);
        end = last;
    }
    EXPECT_EQ(ends.size(), 300U);
    EXPECT_LE(end, image.size());
}

TEST_F(FileFrame, ADataSetOfNothingHasNoPlace)
{
    hdf5::FileFrame frame("empty");
    EXPECT_EQ(frame.make_dataset("/none", hdf5::TypeOf<double>::file(), {0}).bytes, 0U);
    const hdf5::File file = store_and_open(whole_file(frame.finish(), {}, {}));
    EXPECT_GT(H5Lexists(file.id(), "/none", H5P_DEFAULT), 0);
}

TEST_F(FileFrame, ANameTakenTwiceIsAFileError)
{
    hdf5::FileFrame frame("twice.h5");
    frame.make_dataset("/a", hdf5::TypeOf<double>::file(), {1});
    EXPECT_THROW(frame.make_dataset("/a", hdf5::TypeOf<double>::file(), {1}), FileError);
}

TEST(Image, HolesAreZeros)
{
    hdf5::Image image;
    const std::vector<std::byte> ones(5000, std::byte{1});
    image.write(10 * hdf5::Image::page_bytes - 100, ones);
    EXPECT_EQ(image.page_count(), 3U);
    EXPECT_EQ(image.size(), 10 * hdf5::Image::page_bytes + 4900);
    std::vector<std::byte> back(5200, std::byte{7});
    image.read(10 * hdf5::Image::page_bytes - 200, back);
    EXPECT_EQ(std::count(back.begin(), back.end(), std::byte{1}), 5000);
    EXPECT_EQ(std::count(back.begin(), back.begin() + 100, std::byte{0}), 100);
    EXPECT_EQ(std::count(back.end() - 100, back.end(), std::byte{0}), 100);
}

TEST(Image, VisitsWhatWasWrittenAndNothingElse)
{
    hdf5::Image image;
    const std::vector<std::byte> ones(3000, std::byte{1});
    image.write(100, ones);
    image.write(3100, ones);
    image.write(9000, std::span(ones).first(5));
    std::map<std::uint64_t, std::size_t> runs;
    image.visit_written([&](std::uint64_t address, auto bytes) { runs[address] = bytes.size(); });
    EXPECT_EQ(runs, (std::map<std::uint64_t, std::size_t>{{100, 3996}, {4096, 2004}, {9000, 5}}));
}
