#include "vocabulary.hpp"

#include "nearest.hpp"
#include "paget/config/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::config
{
namespace
{
constexpr int most_searches = 100;

/// True if `word_pattern` has the section's name as a word where `pattern` has its kind as a placeholder, and a key can
/// fit both.
bool hides(const Parts& word_pattern, const Parts& pattern, const Parts& section)
{
    bool named = false;
    for (std::size_t i = 0; i < pattern.size() && word_pattern.size() == pattern.size(); ++i) {
        const bool is_kind_here = is_placeholder(pattern[i]) && placeholder_kind(pattern[i]) == section[0];
        if (is_kind_here && word_pattern[i] == section[1]) {
            named = true;
        } else if (word_pattern[i] != pattern[i] && !is_placeholder(word_pattern[i]) && !is_placeholder(pattern[i])) {
            return false;
        }
    }
    return named;
}
} // namespace

Vocabulary::Vocabulary(const Catalogue& catalogue, Names names) : names_(std::move(names))
{
    for (const Parameter& parameter : catalogue.all()) {
        patterns_.push_back(parameter.pattern);
        add_sections_of(split_key(parameter.pattern));
    }
}

void Vocabulary::add_sections_of(const Parts& pattern)
{
    for (std::size_t length = 1; length < pattern.size(); ++length) {
        section_patterns_.insert(join_key({pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(length)}));
    }
    if (pattern.size() == 2 && is_placeholder(pattern[1])) {
        whole_sections_.insert(std::string(pattern[0]));
    }
    for (const auto part : pattern) {
        if (is_placeholder(part)) {
            kinds_.insert(std::string(placeholder_kind(part)));
        }
    }
}

const std::string* Vocabulary::section_pattern(std::string_view section) const
{
    const std::string* best = nullptr;
    for (const std::string& pattern : section_patterns_) {
        if (fits(pattern, section) && (best == nullptr || more_literal(pattern, *best))) {
            best = &pattern;
        }
    }
    return best;
}

std::optional<Undeclared> Vocabulary::undeclared_name(std::string_view pattern, std::string_view key,
                                                      std::size_t first) const
{
    const Parts pattern_parts = split_key(pattern);
    const Parts key_parts = split_key(key);
    for (std::size_t i = first; i < key_parts.size(); ++i) {
        if (is_placeholder(pattern_parts[i]) && !names_.declares(placeholder_kind(pattern_parts[i]), key_parts[i])) {
            return Undeclared{std::string(placeholder_kind(pattern_parts[i])), std::string(key_parts[i])};
        }
    }
    return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> Vocabulary::hidden_pattern(const Parts& section) const
{
    if (section.size() != 2 || !names_.declares(section[0], section[1])) {
        return std::nullopt;
    }
    for (const std::string& other : patterns_) {
        if (other.find(section[1]) == std::string::npos) {
            continue; // nearly all: only the rest is worth comparing with every pattern
        }
        for (const std::string& pattern : patterns_) {
            if (other != pattern && hides(split_key(other), split_key(pattern), section)) {
                return std::pair{other, pattern};
            }
        }
    }
    return std::nullopt;
}

std::string Vocabulary::nearest_key_text(const std::string& key)
{
    const auto nearest = ++searches_ <= most_searches ? nearest_key(key, patterns_, names_) : std::nullopt;
    return nearest ? fmt::format("'{}'", *nearest) : "";
}

std::string Vocabulary::nearest_section_text(const std::string& section)
{
    const Parts parts = split_key(section);
    if (parts.size() > 1 && whole_sections_.contains(std::string(parts[0]))) {
        return fmt::format("[{}]", parts[0]);
    }
    if (parts.size() == 2 && is_name(parts[1])) { // [orgam.lung] may well declare the lung
        const auto kind = nearest_word(parts[0], {kinds_.begin(), kinds_.end()});
        if (kind && *kind != parts[0]) {
            return fmt::format("[{}.{}]", *kind, parts[1]);
        }
    }
    const std::vector<std::string> patterns(section_patterns_.begin(), section_patterns_.end());
    const auto nearest = ++searches_ <= most_searches ? nearest_key(section, patterns, names_) : std::nullopt;
    return nearest ? fmt::format("[{}]", *nearest) : "";
}

std::string Vocabulary::glob_around(const std::string& key) const
{
    const std::string first(split_key(key).front());
    const bool known =
        std::ranges::any_of(patterns_, [&](const std::string& pattern) { return pattern.starts_with(first + "."); });
    return known ? first + ".*" : "*";
}

} // namespace paget::config
