#include "paget/io/append_file.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

namespace paget::io
{

AppendFile::AppendFile(const std::string& path, std::uint64_t kept) : file_(path, false), size_(kept)
{
    const std::uint64_t there = file_.size();
    if (there < kept) {
        throw FileError(fmt::format("{} has {} bytes where {} were written (what is missing cannot be made again). Put "
                                    "the whole file back, or start the run anew.",
                                    path, there, kept));
    }
    file_.resize(kept);
}

} // namespace paget::io
