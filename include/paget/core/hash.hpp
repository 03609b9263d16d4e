#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace paget
{

/// Bijective mixing of 64 bits (finaliser of SplitMix64, Steele, Lea and Flood 2014, OOPSLA).
constexpr std::uint64_t mix64(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

/// FNV-1a of a text, for salts.
constexpr std::uint64_t hash_text(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return hash;
}

/// A checksum of a set of (index, bits) pairs that does not depend on the order in which they are added, nor on which
/// rank adds them: sums modulo 2^64 of the parts are the sum of the whole.
class UnorderedChecksum
{
public:
    constexpr explicit UnorderedChecksum(std::uint64_t salt = 0) : salt_(mix64(salt)) {}

    constexpr void add(std::uint64_t index, std::uint64_t bits) { sum_ += mix64(mix64(index ^ salt_) ^ bits); }
    constexpr void add(std::uint64_t index, double value) { add(index, std::bit_cast<std::uint64_t>(value)); }

    constexpr std::uint64_t value() const { return sum_; }

private:
    std::uint64_t salt_;
    std::uint64_t sum_ = 0;
};

} // namespace paget
