// Owners of HDF5 identifiers, and errors as exceptions.

#include "paget/hdf5/handle.hpp"
#include "paget/core/error.hpp"
#include "paget/hdf5/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace paget;
using testing::HasSubstr;

namespace
{
herr_t print_nothing(hid_t, void*) { return 0; }

hid_t open_missing_file() { return H5Fopen("/nowhere/at/all.h5", H5F_ACC_RDONLY, H5P_DEFAULT); }
} // namespace

TEST(Handle, ClosesAtTheEndOfItsLife)
{
    hid_t id = H5I_INVALID_HID;
    {
        const hdf5::Dataspace space{H5Screate(H5S_SCALAR)};
        id = space.id();
        EXPECT_GT(H5Iis_valid(id), 0);
    }
    EXPECT_EQ(H5Iis_valid(id), 0);
}

TEST(Handle, MovesItsIdentifier)
{
    hdf5::Dataspace first{H5Screate(H5S_SCALAR)};
    const hid_t id = first.id();
    hdf5::Dataspace second = std::move(first);
    EXPECT_FALSE(first.is_open());
    EXPECT_EQ(second.id(), id);
    second = hdf5::Dataspace{H5Screate(H5S_SCALAR)};
    EXPECT_EQ(H5Iis_valid(id), 0) << "what was held before an assignment must be closed";
    EXPECT_TRUE(second.is_open());
}

TEST(CheckedCall, NamesFileAndCause)
{
    try {
        hdf5::checked("all.h5", "open", open_missing_file);
        FAIL() << "a call that fails must throw";
    } catch (const FileError& error) {
        EXPECT_THAT(error.what(), HasSubstr("cannot open all.h5: "));
        EXPECT_THAT(error.what(), HasSubstr("No such file or directory"));
    }
}

TEST(CheckedCall, LeavesHdf5sErrorPrintingAsItWas)
{
    H5E_auto2_t before = nullptr;
    void* data = nullptr;
    H5Eget_auto2(H5E_DEFAULT, &before, &data);
    int mark = 0;
    H5Eset_auto2(H5E_DEFAULT, print_nothing, &mark);

    EXPECT_THROW(hdf5::checked("all.h5", "open", open_missing_file), FileError);

    H5E_auto2_t after = nullptr;
    void* data_after = nullptr;
    H5Eget_auto2(H5E_DEFAULT, &after, &data_after);
    EXPECT_EQ(after, &print_nothing);
    EXPECT_EQ(data_after, &mark);
    H5Eset_auto2(H5E_DEFAULT, before, data);
}
