#pragma once

#include "paget/rules/response.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace paget::rules
{

/// So many cells follow their rules together.
inline constexpr std::size_t block_cells = 64;

/// One number for each of them.
using Block = std::array<double, block_cells>;

/// The rules of one type of cells, to be followed by many cells together: the bits of value_of(), by vector
/// instructions, and what rules have in common computed once.
class Script
{
public:
    explicit Script(const std::vector<Response>& responses);

    bool empty() const { return sides_.empty(); }
    /// Numbers of the signals that it listens to, ascending.
    const std::vector<std::uint32_t>& heard() const { return heard_; }

    /// Turns `values`, the behaviours of each response without rules, into what the responses make of them under the
    /// `signals`, in the order of heard(). `powers` is room that is used again. Local.
    void follow(const std::vector<Block>& signals, std::vector<Block>& values, std::vector<Block>& powers) const;

private:
    /// (s/h)^n of a signal; several responses may use it.
    struct Power {
        std::size_t signal = 0; ///< in heard_
        double half = 1.0;
        double hill = 1.0;
        friend bool operator==(const Power&, const Power&) = default;
    };
    /// A response by the numbers of its powers.
    struct Sides {
        Response response; ///< for its numbers
        std::vector<std::size_t> raising;
        std::vector<std::size_t> lowering;
    };

    std::vector<std::size_t> powers_of(const std::vector<Influence>& influences);

    std::vector<std::uint32_t> heard_;
    std::vector<Power> powers_;
    std::vector<Sides> sides_;
};

} // namespace paget::rules
