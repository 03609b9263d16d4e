#pragma once

#include "paget/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace paget::io
{

/// A checksum of bytes that stand at addresses of a file: the sum modulo 2^128 over its words w_pj of 64 bits (little
/// endian; word j of page p of 4096 bytes) of w_pj t_j r_p, where t_j and r_p are odd pseudo-random numbers of 64 and
/// 128 bits that belong to places. Bytes may be added in any order, in any pieces, by any ranks; zeros add nothing, so
/// holes of a file need not be added. A change of one word always changes the sum; any other change goes unnoticed
/// with a probability of about 2^-63 (a multiply-add hash of the kind of Carter and Wegman 1979, J. Comput. Syst. Sci.
/// 18:143).
class ByteSum
{
public:
    /// Local.
    void add(std::uint64_t address, std::span<const std::byte> bytes);

    /// The sum of other bytes. Local.
    void add(const ByteSum& other);

    /// The sum of all ranks' sums, on all ranks. Collective.
    ByteSum over_ranks(const parallel::Communicator& comm) const;

    std::uint64_t low() const { return low_; }
    std::uint64_t high() const { return high_; }
    static ByteSum from(std::uint64_t low, std::uint64_t high);

    friend bool operator==(const ByteSum&, const ByteSum&) = default;

private:
    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

} // namespace paget::io
