#include "check.hpp"

#include "key.hpp"
#include "names.hpp"
#include "nearest.hpp"
#include "value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace paget::config
{
namespace
{
/// The search for a nearest key costs; a text that is no case file must not keep the user waiting.
constexpr int most_suggestions = 100;

/// A name in a key or section that stands for a placeholder of a pattern, but is not declared.
struct Undeclared {
    std::string kind;
    std::string name;
};

class Inspection
{
public:
    Inspection(const Catalogue& catalogue, const Entries& entries, ProblemList& problems)
        : catalogue_(catalogue),
          entries_(entries),
          problems_(problems),
          names_(declared_names(catalogue, entries))
    {
        for (const Parameter& parameter : catalogue.all()) {
            patterns_.push_back(parameter.pattern);
            add_sections_of(split_key(parameter.pattern));
        }
    }

    void run()
    {
        for (std::size_t i = 0; i < entries_.sections().size(); ++i) {
            inspect(entries_.sections()[i], static_cast<int>(i));
        }
        for (const Entry& entry : entries_.all()) {
            inspect(entry);
        }
    }

private:
    void add_sections_of(const Parts& pattern)
    {
        for (std::size_t length = 1; length < pattern.size(); ++length) {
            section_patterns_.insert(
                join_key({pattern.begin(), pattern.begin() + static_cast<std::ptrdiff_t>(length)}));
        }
        for (const auto part : pattern) {
            if (is_placeholder(part)) {
                kinds_.insert(std::string(placeholder_kind(part)));
            }
        }
    }

    void inspect(const Section& section, int index)
    {
        const Parts parts = split_key(section.name);
        const std::string shown = fmt::format("[{}]", section.name);
        if (const std::string* pattern = section_pattern(section.name)) {
            // [organ.lung] fits organ.<organ> and declares the name itself
            const auto undeclared = undeclared_name(*pattern, section.name, 0);
            if (undeclared) {
                faulty_sections_.insert(index);
                problems_.note(
                    section.origin, shown,
                    undeclared_text(*undeclared, "its keys", like(section.name, nearest_section_text(section.name))));
            }
        } else if (parts.size() != 2 || !kinds_.contains(std::string(parts[0]))) {
            faulty_sections_.insert(index);
            problems_.note(section.origin, shown, unknown_section_text(section.name, parts));
        } else if (!is_name(parts[1])) {
            faulty_sections_.insert(index);
            problems_.note(section.origin, shown, bad_name_text(parts[0], parts[1]));
        }
        if (const std::string hidden = hidden_pattern(parts); !hidden.empty()) {
            problems_.note(section.origin, shown, hidden);
        }
    }

    void inspect(const Entry& entry)
    {
        const bool in_faulty_section = faulty_sections_.contains(entry.section);
        const Parameter* parameter = catalogue_.find(entry.key);
        if (parameter == nullptr) {
            const bool known_section = entry.section < 0 || section_is_known(entry.section);
            if (known_section) {
                problems_.note(entry.origin, entry.key, unknown_key_text(entry.key));
            }
            return;
        }
        const std::size_t told = in_faulty_section ? split_key(section_name(entry.section)).size() : 0;
        if (const auto undeclared = undeclared_name(parameter->pattern, entry.key, told)) {
            problems_.note(entry.origin, entry.key,
                           undeclared_text(*undeclared, "the value", like(entry.key, nearest_key_text(entry.key))));
        }
        if (const Reading reading = read_value(*parameter, entry.text, catalogue_.units()); !reading.value) {
            problems_.note(entry.origin, entry.key, reading.problem);
        }
    }

    const std::string& section_name(int index) const
    {
        return entries_.sections()[static_cast<std::size_t>(index)].name;
    }

    bool section_is_known(int index) const
    {
        const std::string& name = section_name(index);
        return !faulty_sections_.contains(index) || section_pattern(name) != nullptr;
    }

    /// The most literal beginning of a pattern that the section fits, or null.
    const std::string* section_pattern(const std::string& name) const
    {
        const std::string* best = nullptr;
        for (const std::string& pattern : section_patterns_) {
            if (fits(pattern, name) && (best == nullptr || more_literal(pattern, *best))) {
                best = &pattern;
            }
        }
        return best;
    }

    /// The first name that is not declared, in the parts from `first` on.
    std::optional<Undeclared> undeclared_name(std::string_view pattern, std::string_view key, std::size_t first) const
    {
        const Parts pattern_parts = split_key(pattern);
        const Parts key_parts = split_key(key);
        for (std::size_t i = first; i < key_parts.size(); ++i) {
            if (is_placeholder(pattern_parts[i]) &&
                !names_.declares(placeholder_kind(pattern_parts[i]), key_parts[i])) {
                return Undeclared{std::string(placeholder_kind(pattern_parts[i])), std::string(key_parts[i])};
            }
        }
        return std::nullopt;
    }

    /// `nearest` is what may have been meant, if anything else than what was written.
    std::string undeclared_text(const Undeclared& missing, const char* what_is_lost, const std::string& nearest) const
    {
        const std::string what = fmt::format("no section declares the {} '{}' ({} would be used nowhere).",
                                             missing.kind, missing.name, what_is_lost);
        const std::string add = fmt::format("a section [{}.{}]", missing.kind, missing.name);
        const auto& declared = names_.of(missing.kind);
        if (!nearest.empty()) {
            return fmt::format("{} Did you mean {}? If not, add {}.", what, nearest, add);
        }
        return declared.empty() ? fmt::format("{} Add {}.", what, add)
                                : fmt::format("{} Add {}, or use {}.", what, add, fmt::join(declared, " or "));
    }

    std::string nearest_key_text(const std::string& key)
    {
        const auto nearest = suggestion(key, patterns_);
        return nearest ? fmt::format("'{}'", *nearest) : "";
    }

    std::string nearest_section_text(const std::string& name)
    {
        const auto nearest = suggestion(name, {section_patterns_.begin(), section_patterns_.end()});
        return nearest ? fmt::format("[{}]", *nearest) : "";
    }

    /// A suggestion only if it has as many parts: what was written has all it needs, only a name is wrong.
    static std::string like(const std::string& key, const std::string& nearest)
    {
        return std::ranges::count(key, '.') == std::ranges::count(nearest, '.') ? nearest : "";
    }

    std::string unknown_key_text(const std::string& key)
    {
        return unknown_text("unknown key (nothing would read it)", nearest_key_text(key), key);
    }

    std::string unknown_section_text(const std::string& name, const Parts& parts)
    {
        const auto near_kind = parts.size() == 2 && is_name(parts[1])
                                   ? nearest_word(parts[0], {kinds_.begin(), kinds_.end()})
                                   : std::nullopt;
        return unknown_text("unknown section (nothing would read its keys)",
                            near_kind ? fmt::format("[{}.{}]", *near_kind, parts[1]) : nearest_section_text(name),
                            name);
    }

    std::string unknown_text(const char* what, const std::string& nearest, const std::string& key) const
    {
        return nearest.empty()
                   ? fmt::format("{}. `paget explain '{}'` lists the keys that exist.", what, glob_around(key))
                   : fmt::format("{}. Did you mean {}?", what, nearest);
    }

    std::string bad_name_text(std::string_view kind, std::string_view name) const
    {
        return fmt::format("'{}' cannot be the name of {} {} (keys are made of it). Use small letters, digits and '_', "
                           "beginning with a letter.",
                           name, kind.find_first_of("aeiou") == 0 ? "an" : "a", kind);
    }

    /// A declared name that is also a word of a pattern would send its keys to the wrong parameter.
    std::string hidden_pattern(const Parts& section) const
    {
        if (section.size() != 2 || !names_.declares(section[0], section[1])) {
            return {};
        }
        for (const std::string& pattern : patterns_) {
            for (const std::string& other : patterns_) {
                if (other != pattern && hides(split_key(other), split_key(pattern), section)) {
                    return fmt::format(
                        "the name '{}' is a word of the key '{}' (it would be mistaken for '{}'). Choose "
                        "another name.",
                        section[1], other, pattern);
                }
            }
        }
        return {};
    }

    static bool hides(const Parts& other, const Parts& pattern, const Parts& section)
    {
        bool named = false;
        for (std::size_t i = 0; i < pattern.size() && other.size() == pattern.size(); ++i) {
            const bool is_kind_here = is_placeholder(pattern[i]) && placeholder_kind(pattern[i]) == section[0];
            if (is_kind_here && other[i] == section[1]) {
                named = true;
            } else if (other[i] != pattern[i] && !is_placeholder(other[i]) && !is_placeholder(pattern[i])) {
                return false;
            }
        }
        return named;
    }

    std::optional<std::string> suggestion(const std::string& key, const std::vector<std::string>& patterns)
    {
        return ++suggestions_ <= most_suggestions ? nearest_key(key, patterns, names_) : std::nullopt;
    }

    /// The glob for `paget explain` that shows what the first part of the key offers.
    std::string glob_around(const std::string& key) const
    {
        const std::string first(split_key(key).front());
        const bool known = std::ranges::any_of(
            patterns_, [&](const std::string& pattern) { return pattern.starts_with(first + "."); });
        return known ? first + ".*" : "*";
    }

    const Catalogue& catalogue_;
    const Entries& entries_;
    ProblemList& problems_;
    Names names_;
    std::vector<std::string> patterns_;
    std::set<std::string> section_patterns_;
    std::set<std::string> kinds_;
    std::set<int> faulty_sections_;
    int suggestions_ = 0;
};
} // namespace

void check_entries(const Catalogue& catalogue, const Entries& entries, ProblemList& problems)
{
    Inspection(catalogue, entries, problems).run();
}

void note_missing(const Parameter& parameter, const std::string& key, const Entries& entries, ProblemList& problems)
{
    const auto dot = key.rfind('.');
    const std::string where =
        dot == std::string::npos ? "at the top" : fmt::format("in section [{}]", key.substr(0, dot));
    problems.note(entries.nearest_origin(key), key,
                  fmt::format("this key must be given (it has no default). Write '{} = ...' {}; it takes a {}{}{}.",
                              key.substr(dot + 1), where, kind_text(parameter.kind),
                              unit_text(parameter).empty() ? "" : " in ", unit_text(parameter)));
}

void check_required(const Catalogue& catalogue, const Entries& entries, ProblemList& problems)
{
    const Names names = declared_names(catalogue, entries);
    for (const Parameter& parameter : catalogue.all()) {
        if (parameter.default_text || !parameter.fallback.empty()) {
            continue;
        }
        for (const std::string& key : keys_of(parameter.pattern, names)) {
            if (catalogue.find(key) == &parameter && entries.find(key) == nullptr) {
                note_missing(parameter, key, entries, problems);
            }
        }
    }
}

} // namespace paget::config
