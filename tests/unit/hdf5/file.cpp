// New files: what is written comes back, and bytes depend on nothing else.

#include "paget/hdf5/file.hpp"
#include "paget/core/error.hpp"
#include "paget/hdf5/slab.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

using namespace paget;

namespace
{
std::string bytes_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_example(const std::string& path)
{
    hdf5::NewFile file(path);
    const std::vector<double> values{1.5, -2.0, 1e300, 0.1, 7.0, 8.0};
    const hdf5::Dataset dataset = file.make_dataset("/a/b/c", hdf5::TypeOf<double>::file(), {2, 3});
    hdf5::write_slab(dataset, {{0, 0}, {2, 3}}, hdf5::TypeOf<double>::memory(), values.data(),
                     hdf5::Transfer::independent, path);
    file.write_attribute(dataset.id(), "unit", std::string("mmHg"));
    file.write_attribute("/a", "seed", std::uint64_t{7});
    file.write_attribute("/d/e", "tick", std::int64_t{-1});
    file.close();
}

hdf5::File open(const std::string& path) { return hdf5::File{H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)}; }
} // namespace

class NewFile : public testing::Test
{
protected:
    parallel::Communicator self_ = parallel::Communicator::self();
    test::TemporaryFolder folder_{self_};
};

TEST_F(NewFile, ValuesComeBack)
{
    write_example(folder_ / "x.h5");
    const hdf5::File file = open(folder_ / "x.h5");
    const hdf5::Dataset dataset{H5Dopen2(file.id(), "/a/b/c", H5P_DEFAULT)};
    std::vector<double> values(6);
    ASSERT_GE(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    EXPECT_EQ(values, (std::vector<double>{1.5, -2.0, 1e300, 0.1, 7.0, 8.0}));
}

TEST_F(NewFile, AttributesComeBack)
{
    write_example(folder_ / "x.h5");
    const hdf5::File file = open(folder_ / "x.h5");
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

TEST_F(NewFile, BytesDoNotDependOnTheTime)
{
    write_example(folder_ / "x.h5");
    std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // HDF5's time stamps count seconds
    write_example(folder_ / "y.h5");
    EXPECT_EQ(bytes_of(folder_ / "x.h5"), bytes_of(folder_ / "y.h5"));
}

TEST_F(NewFile, TakesTextsLongerThanAnObjectHeader)
{
    const std::string long_text(200000, 'x');
    {
        hdf5::NewFile file(folder_ / "x.h5");
        file.write_attribute("/run", "case", long_text);
        file.close();
    }
    const hdf5::File file = open(folder_ / "x.h5");
    const hdf5::Attribute text{H5Aopen_by_name(file.id(), "/run", "case", H5P_DEFAULT, H5P_DEFAULT)};
    ASSERT_TRUE(text.is_open());
    EXPECT_EQ(H5Aget_storage_size(text.id()), long_text.size() + 1);
}

TEST_F(NewFile, AFolderThatIsMissingIsAFileError) { EXPECT_THROW(hdf5::NewFile(folder_ / "missing/x.h5"), FileError); }
