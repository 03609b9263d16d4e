#pragma once

#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <string>

namespace paget::test
{

/// All bytes of a file; that it cannot be read is a failure of the test.
inline std::string bytes_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What the FileError says that `call` throws; nothing if it throws none.
inline std::string failure_of(const std::function<void()>& call)
{
    try {
        call();
    } catch (const FileError& error) {
        return error.what();
    }
    return "";
}

} // namespace paget::test
