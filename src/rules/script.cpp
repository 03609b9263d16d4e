#include "paget/rules/script.hpp"

#include "block_loops.hpp"
#include "hill_power.hpp"

#include <algorithm>

namespace paget::rules
{
namespace
{
Block sum_of(const std::vector<std::size_t>& which, const std::vector<Block>& powers)
{
    Block sum{};
    for (const std::size_t power : which) {
        add_block(powers[power], sum);
    }
    return sum;
}
} // namespace

Script::Script(const std::vector<Response>& responses)
{
    for (const Response& response : responses) {
        for (const auto* influences : {&response.raising, &response.lowering}) {
            for (const Influence& influence : *influences) {
                heard_.push_back(influence.signal);
            }
        }
    }
    std::sort(heard_.begin(), heard_.end());
    heard_.erase(std::unique(heard_.begin(), heard_.end()), heard_.end());
    for (const Response& response : responses) {
        sides_.push_back({response, powers_of(response.raising), powers_of(response.lowering)});
    }
}

std::vector<std::size_t> Script::powers_of(const std::vector<Influence>& influences)
{
    std::vector<std::size_t> numbers;
    for (const Influence& influence : influences) {
        const auto place = std::lower_bound(heard_.begin(), heard_.end(), influence.signal) - heard_.begin();
        const Power power{static_cast<std::size_t>(place), influence.half, influence.hill};
        const auto found = std::find(powers_.begin(), powers_.end(), power);
        numbers.push_back(static_cast<std::size_t>(found - powers_.begin()));
        if (found == powers_.end()) {
            powers_.push_back(power);
        }
    }
    return numbers;
}

void Script::follow(const std::vector<Block>& signals, std::vector<Block>& values, std::vector<Block>& powers) const
{
    powers.resize(std::max(powers.size(), powers_.size()));
    for (std::size_t p = 0; p < powers_.size(); ++p) {
        const Power& power = powers_[p];
        const auto find = is_simple(power.hill) ? find_simple_powers : find_any_powers;
        find(signals[power.signal], power.half, power.hill, powers[p]);
    }
    for (std::size_t r = 0; r < sides_.size(); ++r) {
        const Response& response = sides_[r].response;
        if (response.base) {
            values[r].fill(*response.base);
        }
        combine(sum_of(sides_[r].raising, powers), sum_of(sides_[r].lowering, powers), response.most, response.least,
                values[r]);
    }
}

} // namespace paget::rules
