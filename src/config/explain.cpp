#include "paget/config/explain.hpp"

#include "key.hpp"
#include "nearest.hpp"
#include "value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace paget::config
{
namespace
{
std::string line(const char* title, const std::string& text)
{
    return text.empty() ? std::string{} : fmt::format("    {:<9}{}\n", title, text);
}

std::string default_line(const Parameter& parameter)
{
    if (!parameter.fallback.empty()) {
        return line("default", "the value of " + parameter.fallback);
    }
    if (!parameter.default_text) {
        return line("default", "none: it must be given");
    }
    return line("default", parameter.default_text->empty() ? "nothing" : *parameter.default_text);
}

std::string explain(const Parameter& parameter)
{
    const bool plain = is_number(parameter.kind) && unit_text(parameter).empty();
    return fmt::format("{}\n    {}\n", parameter.pattern, parameter.meaning) + line("kind", kind_text(parameter.kind)) +
           line("unit", plain ? "none" : unit_text(parameter)) + default_line(parameter) +
           line(parameter.choices.empty() ? "range" : "choices", allowed_text(parameter)) +
           line("source", parameter.source);
}

/// Patterns whose meaning speaks of the word.
std::vector<std::string> mentioning(const Catalogue& catalogue, std::string_view word)
{
    std::vector<std::string> found;
    for (const Parameter& parameter : catalogue.all()) {
        if (word.size() > 2 && lower_case(parameter.meaning).find(lower_case(word)) != std::string::npos) {
            found.push_back(parameter.pattern);
        }
    }
    return found;
}

/// How far the glob is from the nearest text in which it would be found: edits, where `*` may be anything for nothing.
std::size_t distance(std::string_view glob, std::string_view pattern)
{
    const bool bare = glob.find_first_of(".*?") == std::string_view::npos;
    std::vector<std::size_t> cost(pattern.size() + 1);
    for (std::size_t j = 0; j < cost.size(); ++j) {
        cost[j] = bare ? 0 : j; // a bare word may begin anywhere
    }
    for (const char c : glob) {
        std::vector<std::size_t> next(cost.size());
        next[0] = cost[0] + (c == '*' ? 0 : 1);
        for (std::size_t j = 1; j < cost.size(); ++j) {
            const std::size_t here = cost[j - 1] + (c == pattern[j - 1] || c == '?' ? 0 : 1);
            next[j] = c == '*' ? std::min(cost[j], next[j - 1]) : std::min({here, cost[j] + 1, next[j - 1] + 1});
        }
        cost = std::move(next);
    }
    return bare ? *std::ranges::min_element(cost) : cost.back();
}

/// The few patterns that are nearest to the glob, if any is near; for a whole key, the key that may have been meant.
std::vector<std::string> nearest_patterns(const Catalogue& catalogue, std::string_view glob)
{
    constexpr std::size_t most = 3;
    std::vector<std::string> patterns;
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const Parameter& parameter : catalogue.all()) {
        patterns.push_back(parameter.pattern);
        ranked.emplace_back(distance(glob, parameter.pattern), parameter.pattern);
    }
    std::ranges::stable_sort(ranked, {}, [](const auto& entry) { return entry.first; });
    std::vector<std::string> nearest;
    if (const auto key = nearest_key(glob, patterns, Names{})) {
        nearest.push_back(*key);
    }
    for (const auto& [cost, pattern] : ranked) {
        const bool is_new = std::ranges::find(nearest, pattern) == nearest.end();
        if (is_new && nearest.size() < most && cost <= std::max<std::size_t>(1, glob.size() / 3)) {
            nearest.push_back(pattern);
        }
    }
    return nearest;
}

std::string list(const std::string& title, const std::vector<std::string>& patterns)
{
    return patterns.empty() ? std::string{} : fmt::format("{}\n    {}\n", title, fmt::join(patterns, "\n    "));
}
} // namespace

std::string explain(const Catalogue& catalogue, std::string_view glob)
{
    std::string text;
    for (const Parameter* parameter : catalogue.matching(glob)) {
        text.append(text.empty() ? "" : "\n").append(explain(*parameter));
    }
    if (!text.empty()) {
        return text;
    }
    return fmt::format("No parameter is called '{}'.\n", glob) +
           list("The nearest are", nearest_patterns(catalogue, glob)) +
           list("It is spoken of in", mentioning(catalogue, glob)) +
           "Names that a case declares stand as <organ>, <field>, ...: '*.oxygen.*' finds the keys of a field called "
           "oxygen, '*' all.\n";
}

} // namespace paget::config
