#include "paget/io/seal.hpp"

#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/source_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <future>
#include <vector>

namespace paget::io
{
namespace
{
constexpr std::uint64_t mark = 0x4c41455354474150U; // "PAGTSEAL"
constexpr std::uint64_t version = 1;
constexpr std::uint64_t portion_bytes = std::uint64_t{1} << 20U;

using Words = std::array<std::uint64_t, Seal::bytes / 8>; ///< mark, version, size, sum (2), checksum of these

std::uint64_t checksum_of(const Words& words)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        sum = mix64(sum ^ words[i]);
    }
    return sum;
}

FileError damaged(const std::string& path, const std::string& what)
{
    return FileError(fmt::format("{} is damaged: {}", path, what));
}

Seal read_seal(const SourceFile& file)
{
    const std::uint64_t size = file.size();
    if (size < Seal::bytes) {
        throw damaged(file.path(), fmt::format("it has only {} bytes", size));
    }
    std::array<std::byte, Seal::bytes> end{};
    file.read_at(size - Seal::bytes, end);
    const auto words = std::bit_cast<Words>(end);
    if (words[0] != mark || words.back() != checksum_of(words)) {
        throw damaged(file.path(),
                      "it does not end with the seal of a whole file (it was cut off, or its end changed)");
    }
    if (words[1] != version) {
        throw FileError(
            fmt::format("{} is sealed in a newer way (version {}) than this program knows", file.path(), words[1]));
    }
    if (words[2] != size - Seal::bytes) {
        throw damaged(file.path(), fmt::format("it has {} bytes, but was made with {}", size, words[2] + Seal::bytes));
    }
    return {words[2], ByteSum::from(words[3], words[4])};
}

/// Sum of the bytes [begin, end) of a file.
ByteSum sum_of(const SourceFile& file, std::uint64_t begin, std::uint64_t end)
{
    ByteSum sum;
    std::vector<std::byte> portion(std::min(portion_bytes, end - begin));
    for (std::uint64_t at = begin; at < end; at += portion.size()) {
        portion.resize(std::min(portion_bytes, end - at));
        file.read_at(at, portion);
        sum.add(at, portion);
    }
    return sum;
}

/// Where part `part` of `parts` of a file begins: at a whole page.
std::uint64_t cut(std::uint64_t size, int part, int parts)
{
    constexpr std::uint64_t page = 4096;
    const std::uint64_t pages = (size + page - 1) / page;
    return std::min(size, pages * static_cast<std::uint64_t>(part) / static_cast<std::uint64_t>(parts) * page);
}

/// The same, of many bytes by two threads: one alone waits for the disk and sums in turn.
ByteSum sum_by_two(const SourceFile& file, std::uint64_t begin, std::uint64_t end)
{
    if (end - begin < 4 * portion_bytes) {
        return sum_of(file, begin, end);
    }
    const std::uint64_t middle = begin + cut(end - begin, 1, 2);
    auto rest = std::async(std::launch::async, [&] { return sum_of(file, middle, end); });
    ByteSum sum = sum_of(file, begin, middle);
    sum.add(rest.get());
    return sum;
}
} // namespace

std::array<std::byte, Seal::bytes> Seal::encoded() const
{
    Words words{mark, version, size, sum.low(), sum.high(), 0};
    words.back() = checksum_of(words);
    return std::bit_cast<std::array<std::byte, bytes>>(words);
}

void check_whole(const std::string& path, const parallel::Communicator& comm)
{
    ByteSum mine;
    Seal seal;
    agreed(comm, [&] {
        const SourceFile file(path);
        seal = read_seal(file);
        mine = sum_by_two(file, cut(seal.size, comm.rank(), comm.size()), cut(seal.size, comm.rank() + 1, comm.size()));
    });
    if (!(mine.over_ranks(comm) == seal.sum)) {
        throw damaged(path, "its bytes do not fit its checksum");
    }
}

} // namespace paget::io
