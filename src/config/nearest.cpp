#include "nearest.hpp"

#include "key.hpp"

#include <algorithm>

namespace paget::config
{
namespace
{
constexpr std::size_t longest_key = 200; ///< nobody mistypes more
constexpr std::size_t most_parts = 10;
constexpr std::size_t cost_of_part = 3; ///< of a part that is missing or too many

constexpr std::size_t most_edits = 5; ///< less than a part missing here and one too many there

std::size_t tolerated(std::string_view word) { return std::max<std::size_t>(1, word.size() / 3); }

struct Match {
    std::size_t cost = longest_key;
    std::string text;
};

/// What may stand where the pattern has `part`, if the user wrote `word` there.
std::vector<std::string> candidates(std::string_view part, std::string_view word, const Names& names)
{
    if (!is_placeholder(part)) {
        return {std::string(part)};
    }
    const auto& declared = names.of(placeholder_kind(part));
    if (declared.empty()) {
        return {std::string(is_name(word) ? word : part)};
    }
    return declared;
}

Match nearest_of(std::string_view word, const std::vector<std::string>& words)
{
    Match best;
    for (const auto& candidate : words) {
        const std::size_t cost = edit_distance(word, candidate);
        if (cost < best.cost) {
            best = {cost, candidate};
        }
    }
    return best;
}

/// As nearest_of, but not so far that another word is meant. A placeholder without names is a hint, whatever stands
/// there.
Match nearest_part(std::string_view word, const std::vector<std::string>& words)
{
    if (words.size() == 1 && is_placeholder(words.front())) {
        return {cost_of_part, words.front()};
    }
    const Match best = nearest_of(word, words);
    return best.cost <= std::max<std::size_t>(1, word.size() / 2) ? best : Match{};
}

std::vector<std::string> joined(const std::vector<std::string>& firsts, const std::vector<std::string>& seconds)
{
    std::vector<std::string> pairs;
    for (const auto& first : firsts) {
        for (const auto& second : seconds) {
            pairs.push_back(first + "." + second);
        }
    }
    return pairs;
}

/// Aligns the parts of a key with those of one pattern, cheapest first, by dynamic programming over parts.
class Alignment
{
public:
    Alignment(const Parts& key, const Parts& pattern, const Names& names)
        : key_(key),
          pattern_(pattern),
          names_(names),
          best_(key.size() + 1, std::vector<Match>(pattern.size() + 1, Match{}))
    {
        best_[0][0].cost = 0;
        for (std::size_t i = 0; i <= key.size(); ++i) {
            for (std::size_t j = 0; j <= pattern.size(); ++j) {
                extend(i, j);
            }
        }
    }

    const Match& best() const { return best_.back().back(); }

private:
    void extend(std::size_t i, std::size_t j)
    {
        const bool key_left = i < key_.size();
        const bool pattern_left = j < pattern_.size();
        if (key_left) {
            offer(i, j, 1, 0, {cost_of_part, ""});
        }
        if (pattern_left) {
            const auto missing = candidates(pattern_[j], "", names_);
            offer(i, j, 0, 1, {cost_of_part, missing.size() == 1 ? missing.front() : std::string(pattern_[j])});
        }
        if (key_left && pattern_left) {
            offer(i, j, 1, 1, nearest_part(key_[i], candidates(pattern_[j], key_[i], names_)));
        }
        if (key_left && j + 1 < pattern_.size()) {
            const auto pairs = joined(candidates(pattern_[j], "", names_), candidates(pattern_[j + 1], "", names_));
            offer(i, j, 1, 2, nearest_part(key_[i], pairs));
        }
        if (i + 1 < key_.size() && pattern_left) {
            const std::string pair = join_key({key_[i], key_[i + 1]});
            offer(i, j, 2, 1, nearest_part(pair, candidates(pattern_[j], "", names_)));
        }
    }

    void offer(std::size_t i, std::size_t j, std::size_t key_parts, std::size_t pattern_parts, const Match& step)
    {
        const Match& from = best_[i][j];
        Match& to = best_[i + key_parts][j + pattern_parts];
        if (from.cost + step.cost < to.cost) {
            to.cost = from.cost + step.cost;
            to.text = from.text + (from.text.empty() || step.text.empty() ? "" : ".") + step.text;
        }
    }

    const Parts& key_;
    const Parts& pattern_;
    const Names& names_;
    std::vector<std::vector<Match>> best_;
};
} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& words)
{
    if (word.size() > longest_key) {
        return std::nullopt;
    }
    constexpr std::size_t enough = 4;
    const std::string small = lower_case(word);
    const auto begun = std::ranges::find_if(words, [&](const std::string& whole) { return whole.starts_with(small); });
    if (begun != words.end() && small.size() >= enough) {
        return *begun;
    }
    const Match best = nearest_of(small, words);
    return best.cost <= tolerated(word) ? std::optional(best.text) : std::nullopt;
}

std::optional<std::string> nearest_key(std::string_view key, const std::vector<std::string>& patterns,
                                       const Names& names)
{
    const std::string small = lower_case(key);
    const Parts parts = split_key(small);
    if (key.size() > longest_key || parts.size() > most_parts) {
        return std::nullopt;
    }
    Match best;
    for (const auto& pattern : patterns) {
        const Parts pattern_parts = split_key(pattern);
        const Match match = Alignment(parts, pattern_parts, names).best();
        if (match.cost < best.cost && match.text != key) {
            best = match;
        }
    }
    return best.cost <= std::min(tolerated(key), most_edits) ? std::optional(best.text) : std::nullopt;
}

} // namespace paget::config
