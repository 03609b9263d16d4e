// The time series on disk: every row at once in CSV, the same numbers in HDF5.

#include "series.hpp"

#include "paget/core/error.hpp"
#include "paget/hdf5/handle.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

using namespace paget;

namespace
{
output::Row row_at(double time_h, std::int64_t cells)
{
    output::Row row;
    row.add("time_h", time_h);
    row.add("breast.living", cells);
    return row;
}

std::string text_of(const std::string& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}
} // namespace

class Series : public testing::Test
{
protected:
    parallel::Communicator self_ = parallel::Communicator::self();
    test::TemporaryFolder folder_{self_};
    output::Series series_{folder_.path(), {"[run]\n", 7}};
};

TEST_F(Series, RowsAreOnDiskAtOnce)
{
    series_.append(row_at(0.0, 8));
    EXPECT_EQ(text_of(folder_ / "series.csv"), "time_h,breast.living\n0,8\n");
    series_.append(row_at(0.1, 9));
    EXPECT_EQ(text_of(folder_ / "series.csv"), "time_h,breast.living\n0,8\n0.1,9\n");
}

TEST_F(Series, Hdf5HasTheSameNumbers)
{
    series_.append(row_at(0.0, 8));
    series_.write_hdf5();
    series_.append(row_at(0.1, 9));
    series_.write_hdf5();
    const hdf5::File file{H5Fopen((folder_ / "series.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)};
    std::vector<double> times(2);
    std::vector<std::int64_t> cells(2);
    const hdf5::Dataset time{H5Dopen2(file.id(), "/time_h", H5P_DEFAULT)};
    const hdf5::Dataset living{H5Dopen2(file.id(), "/breast.living", H5P_DEFAULT)};
    ASSERT_GE(H5Dread(time.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, times.data()), 0);
    ASSERT_GE(H5Dread(living.id(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells.data()), 0);
    EXPECT_EQ(times, (std::vector<double>{0.0, 0.1}));
    EXPECT_EQ(cells, (std::vector<std::int64_t>{8, 9}));
    for (const char* name : {"case", "seed", "paget_version", "paget_revision", "libraries"}) {
        EXPECT_GT(H5Aexists(file.id(), name), 0) << name;
    }
}

TEST_F(Series, ColumnsCannotChange)
{
    series_.append(row_at(0.0, 8));
    output::Row other;
    other.add("time_h", 1.0);
    EXPECT_THROW(series_.append(other), BugError);
}
