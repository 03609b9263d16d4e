#include "check.hpp"

#include "key.hpp"
#include "names.hpp"
#include "value.hpp"
#include "vocabulary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace paget::config
{
namespace
{
/// Goes through what was written, sections first: what is said of a section is not said again of its keys.
class Inspection
{
public:
    Inspection(const Catalogue& catalogue, const Entries& entries, ProblemList& problems)
        : catalogue_(catalogue),
          entries_(entries),
          problems_(problems),
          words_(catalogue, declared_names(catalogue, entries))
    {
    }

    bool run()
    {
        bool clear = true;
        for (std::size_t i = 0; i < entries_.sections().size(); ++i) {
            const Section& section = entries_.sections()[i];
            const std::string shown = fmt::format("[{}]", section.name);
            if (const std::string fault = fault_of_section(section.name); !fault.empty()) {
                faulty_sections_.insert(static_cast<int>(i));
                problems_.note(section.origin, shown, fault);
            }
            if (const auto hidden = words_.hidden_pattern(split_key(section.name))) {
                problems_.note(section.origin, shown, hidden_text(section.name, hidden->first, hidden->second));
                clear = false;
            }
        }
        for (const Entry& entry : entries_.all()) {
            inspect(entry);
        }
        return clear;
    }

private:
    std::string fault_of_section(const std::string& name)
    {
        if (const std::string* pattern = words_.section_pattern(name)) {
            const auto undeclared = words_.undeclared_name(*pattern, name, 0); // [organ.lung] declares its own
            return undeclared ? undeclared_text(*undeclared, "its keys", like(name, words_.nearest_section_text(name)))
                              : "";
        }
        const Parts parts = split_key(name);
        if (parts.size() != 2 || !words_.kinds().contains(std::string(parts[0]))) {
            return unknown_text("unknown section (nothing would read its keys)", words_.nearest_section_text(name),
                                name);
        }
        return is_name(parts[1]) ? "" : bad_name_text(parts[0], parts[1]);
    }

    void inspect(const Entry& entry)
    {
        const bool faulty = faulty_sections_.contains(entry.section);
        const std::string section = faulty ? entries_.sections()[static_cast<std::size_t>(entry.section)].name : "";
        const Parameter* parameter = catalogue_.find(entry.key);
        if (parameter == nullptr) {
            const Parts parts = split_key(entry.key);
            const std::string_view kind = kind_of_keys(catalogue_, parts[0]);
            if (!kind.empty() && parts.size() == 2 && !is_name(parts[1])) {
                problems_.note(entry.origin, entry.key, bad_name_text(kind, parts[1]));
            } else if (!faulty || words_.section_pattern(section) != nullptr) {
                problems_.note(
                    entry.origin, entry.key,
                    unknown_text("unknown key (nothing would read it)", words_.nearest_key_text(entry.key), entry.key));
            }
            return;
        }
        inspect_names(entry, *parameter, faulty ? split_key(section).size() : 0);
        if (const Reading reading = read_value(*parameter, entry.text, catalogue_.units()); !reading.value) {
            problems_.note(entry.origin, entry.key, reading.problem);
        }
    }

    void inspect_names(const Entry& entry, const Parameter& parameter, std::size_t first)
    {
        if (const auto undeclared = words_.undeclared_name(parameter.pattern, entry.key, first)) {
            const std::string nearest = like(entry.key, words_.nearest_key_text(entry.key));
            problems_.note(entry.origin, entry.key, undeclared_text(*undeclared, "the value", nearest));
        }
    }

    /// A suggestion only if it has as many parts: what was written has all it needs, only a name is wrong.
    static std::string like(const std::string& key, const std::string& nearest)
    {
        return std::ranges::count(key, '.') == std::ranges::count(nearest, '.') ? nearest : "";
    }

    std::string undeclared_text(const Undeclared& missing, const char* what_is_lost, const std::string& nearest) const
    {
        const std::string what = fmt::format("no section declares the {} '{}' ({} would be used nowhere).",
                                             missing.kind, missing.name, what_is_lost);
        const std::string add = fmt::format("a section [{}.{}]", missing.kind, missing.name);
        const auto& declared = words_.names().of(missing.kind);
        if (!nearest.empty()) {
            return fmt::format("{} Did you mean {}? If not, add {}.", what, nearest, add);
        }
        return declared.empty() ? fmt::format("{} Add {}.", what, add)
                                : fmt::format("{} Add {}, or use {}.", what, add, fmt::join(declared, " or "));
    }

    std::string unknown_text(const char* what, const std::string& nearest, const std::string& key) const
    {
        if (nearest.empty()) {
            return fmt::format("{}. `paget explain '{}'` lists the keys that exist.", what, words_.glob_around(key));
        }
        return fmt::format("{}. Did you mean {}?", what, nearest);
    }

    static std::string bad_name_text(std::string_view kind, std::string_view name)
    {
        const char* article = kind.find_first_of("aeiou") == 0 ? "an" : "a";
        return fmt::format("'{}' cannot be the name of {} {} (keys are made of it). Use small letters, digits and '_', "
                           "beginning with a letter.",
                           name, article, kind);
    }

    static std::string hidden_text(const std::string& section, const std::string& other, const std::string& pattern)
    {
        return fmt::format(
            "the name '{}' is a word of the key '{}' (it would be mistaken for '{}'). Choose another name.",
            split_key(section).back(), other, pattern);
    }

    const Catalogue& catalogue_;
    const Entries& entries_;
    ProblemList& problems_;
    Vocabulary words_;
    std::set<int> faulty_sections_;
};
} // namespace

bool check_entries(const Catalogue& catalogue, const Entries& entries, ProblemList& problems)
{
    return Inspection(catalogue, entries, problems).run();
}

void note_missing(const Parameter& parameter, const std::string& key, const Entries& entries, ProblemList& problems)
{
    const auto dot = key.rfind('.');
    const bool top = dot == std::string::npos;
    const std::string unit = unit_text(parameter);
    problems.note(entries.nearest_origin(key), key,
                  fmt::format("this key must be given (it has no default). Write '{} = ...' {}; it takes a {}{}{}.",
                              top ? key : key.substr(dot + 1),
                              top ? "at the top" : fmt::format("in section [{}]", key.substr(0, dot)),
                              kind_text(parameter.kind), unit.empty() ? "" : " in ", unit));
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
