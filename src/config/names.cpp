#include "names.hpp"

#include "entries.hpp"
#include "key.hpp"
#include "nearest.hpp"
#include "paget/config/catalogue.hpp"

#include <algorithm>

namespace paget::config
{
namespace
{
/// True if `[kind.name]` is a section of the program's own, as `[output.series]` beside `[output.<output>]`.
bool is_own_word(const Catalogue& catalogue, std::string_view kind, std::string_view name)
{
    return std::ranges::any_of(catalogue.all(), [&](const Parameter& parameter) {
        const Parts parts = split_key(parameter.pattern);
        return parts.size() > 1 && parts[0] == kind && parts[1] == name;
    });
}

bool may_declare(const Catalogue& catalogue, std::string_view kind, std::string_view name)
{
    return is_name(name) && is_kind(catalogue, kind) && !is_own_word(catalogue, kind, name);
}
} // namespace

std::string_view kind_of_keys(const Catalogue& catalogue, std::string_view section)
{
    for (const Parameter& parameter : catalogue.all()) {
        const Parts parts = split_key(parameter.pattern);
        if (parts.size() == 2 && parts[0] == section && is_placeholder(parts[1])) {
            return placeholder_kind(parts[1]);
        }
    }
    return {};
}

void Names::declare(std::string_view kind, std::string_view name)
{
    if (!declares(kind, name)) {
        names_[std::string(kind)].emplace_back(name);
    }
}

bool Names::declares(std::string_view kind, std::string_view name) const
{
    return std::ranges::find(of(kind), name) != of(kind).end();
}

const std::vector<std::string>& Names::of(std::string_view kind) const
{
    static const std::vector<std::string> nothing;
    const auto found = names_.find(kind);
    return found == names_.end() ? nothing : found->second;
}

std::vector<std::string> keys_of(std::string_view pattern, const Names& names)
{
    std::vector<std::string> keys{""};
    for (const auto part : split_key(pattern)) {
        const std::vector<std::string> word{std::string(part)};
        std::vector<std::string> longer;
        for (const std::string& key : keys) {
            for (const std::string& next : is_placeholder(part) ? names.of(placeholder_kind(part)) : word) {
                longer.push_back(key.empty() ? next : key + "." + next);
            }
        }
        keys = std::move(longer);
    }
    return keys;
}

bool is_kind(const Catalogue& catalogue, std::string_view kind)
{
    return std::ranges::any_of(catalogue.all(), [&](const Parameter& parameter) {
        return std::ranges::any_of(split_key(parameter.pattern), [&](std::string_view part) {
            return is_placeholder(part) && placeholder_kind(part) == kind;
        });
    });
}

Names declared_names(const Catalogue& catalogue, const Entries& entries)
{
    Names names;
    for (const Section& section : entries.sections()) {
        const Parts parts = split_key(section.name);
        if (parts.size() == 2 && may_declare(catalogue, parts[0], parts[1])) {
            names.declare(parts[0], parts[1]);
        }
    }
    for (const Entry& entry : entries.all()) {
        const Parts parts = split_key(entry.key);
        if (parts.size() != 2 || !is_name(parts[1]) || is_own_word(catalogue, parts[0], parts[1])) {
            continue;
        }
        if (const std::string_view kind = kind_of_keys(catalogue, parts[0]); !kind.empty()) {
            names.declare(kind, parts[1]);
        }
    }
    const Names in_sections = names;
    for (const Entry& entry : entries.all()) {
        const Parts parts = split_key(entry.key);
        if (entry.origin.file.empty() && parts.size() > 2 && may_declare(catalogue, parts[0], parts[1]) &&
            !nearest_word(parts[1], in_sections.of(parts[0]))) {
            names.declare(parts[0], parts[1]);
        }
    }
    return names;
}

} // namespace paget::config
