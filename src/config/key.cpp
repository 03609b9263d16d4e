#include "key.hpp"

#include <algorithm>

namespace paget::config
{
namespace
{
constexpr auto none = std::string_view::npos;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_name_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; }

/// Walks two dotted texts together; false as soon as `same` denies a pair of parts or one text is longer.
template <typename Same>
bool all_parts(std::string_view a, std::string_view b, Same same)
{
    for (;;) {
        const auto end_a = a.find('.');
        const auto end_b = b.find('.');
        if (!same(a.substr(0, end_a), b.substr(0, end_b)) || (end_a == none) != (end_b == none)) {
            return false;
        }
        if (end_a == none) {
            return true;
        }
        a.remove_prefix(end_a + 1);
        b.remove_prefix(end_b + 1);
    }
}
} // namespace

std::string trim(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower_case(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

Parts split_key(std::string_view key)
{
    Parts parts;
    for (auto end = key.find('.'); end != none; end = key.find('.')) {
        parts.push_back(key.substr(0, end));
        key.remove_prefix(end + 1);
    }
    parts.push_back(key);
    return parts;
}

std::string join_key(const Parts& parts)
{
    std::string key;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        key.append(i == 0 ? "" : ".").append(parts[i]);
    }
    return key;
}

bool is_name(std::string_view word)
{
    return !word.empty() && is_letter(word.front()) && std::ranges::all_of(word, is_name_character);
}

bool is_placeholder(std::string_view part)
{
    return part.size() > 2 && part.front() == '<' && part.back() == '>' && is_name(placeholder_kind(part));
}

std::string_view placeholder_kind(std::string_view part) { return part.substr(1, part.size() - 2); }

bool part_fits(std::string_view pattern_part, std::string_view key_part)
{
    return pattern_part == key_part || (is_placeholder(pattern_part) && is_name(key_part));
}

bool fits(std::string_view pattern, std::string_view key) { return all_parts(pattern, key, part_fits); }

bool more_literal(std::string_view a, std::string_view b)
{
    const Parts parts_a = split_key(a);
    const Parts parts_b = split_key(b);
    const auto [in_a, in_b] =
        std::ranges::mismatch(parts_a, parts_b, [](auto x, auto y) { return is_placeholder(x) == is_placeholder(y); });
    return in_a != parts_a.end() && !is_placeholder(*in_a);
}

bool same_shape(std::string_view a, std::string_view b)
{
    return all_parts(a, b, [](auto x, auto y) { return x == y || (is_placeholder(x) && is_placeholder(y)); });
}

std::string substitute(std::string_view pattern, std::string_view named_pattern, std::string_view key)
{
    const Parts named = split_key(named_pattern);
    const Parts given = split_key(key);
    Parts result = split_key(pattern);
    for (auto& part : result) {
        const auto found = std::ranges::find(named, part);
        if (is_placeholder(part) && found != named.end()) {
            part = given.at(static_cast<std::size_t>(found - named.begin()));
        }
    }
    return join_key(result);
}

} // namespace paget::config
