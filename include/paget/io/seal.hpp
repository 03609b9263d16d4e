#pragma once

#include "paget/io/byte_sum.hpp"
#include "paget/parallel/communicator.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace paget::io
{

/// What Paget's HDF5 files end with, behind the bytes that HDF5 knows of: how many bytes there are before it, and their
/// sum. So a file can be checked byte for byte, whoever made which part of it, before HDF5 looks at it.
struct Seal {
    static constexpr std::size_t bytes = 48;

    std::uint64_t size = 0; ///< of the file without the seal
    ByteSum sum;

    std::array<std::byte, bytes> encoded() const;
};

/// Throws FileError on all ranks, saying which file and what is wrong, unless the file is whole: it ends with a seal
/// that is whole itself, has the length that it says, and the bytes that it was made of. Each rank reads its part.
/// Collective.
void check_whole(const std::string& path, const parallel::Communicator& comm);

} // namespace paget::io
