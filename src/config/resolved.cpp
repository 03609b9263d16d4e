#include "resolved.hpp"

#include "key.hpp"
#include "lookup.hpp"
#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace paget::config
{
namespace
{
constexpr const char* preamble =
    "# The resolved case: every value that was used, in the unit in which the program holds it.\n"
    "# It is a case file itself and describes the same run.\n";

/// Sections in the order in which they are first asked for, each a growing text.
class SectionTexts
{
public:
    std::string& of(const std::string& section)
    {
        const auto [place, is_new] = index_.try_emplace(section, texts_.size());
        if (is_new) {
            texts_.emplace_back(section, "");
        }
        return texts_[place->second].second;
    }

    /// Keys outside any section come first, or they would fall into the section above them.
    std::string joined() const
    {
        std::string all = preamble;
        for (const bool top : {true, false}) {
            for (const auto& [section, text] : texts_) {
                if (section.empty() == top) {
                    all += (top ? "" : fmt::format("\n[{}]\n", section)) + text;
                }
            }
        }
        return all;
    }

private:
    std::map<std::string, std::size_t> index_;
    std::vector<std::pair<std::string, std::string>> texts_;
};

std::string on_one_line(std::string text)
{
    std::ranges::replace(text, '\n', ' ');
    return text;
}

/// What the value would be if the key were not given, and who says so.
std::string comment(const std::vector<Link>& links, const Value& value, const Entries& entries, const UnitSystem& units)
{
    const Parameter& parameter = *links.front().parameter;
    if (links.size() > 1) {
        const bool inherited = value_along(links, 1, entries, units) == value;
        return fmt::format("{} {} ({})", inherited ? "as" : "given; otherwise as", links[1].key, parameter.source);
    }
    if (!parameter.default_text) {
        return fmt::format("given; there is no default ({})", parameter.source);
    }
    const auto standard = value_along(links, 0, Entries{}, units);
    return standard == value
               ? fmt::format("default ({})", parameter.source)
               : fmt::format("given; the default is '{}' ({})", *parameter.default_text, parameter.source);
}

void write_key(const std::string& key, const Catalogue& catalogue, const Entries& entries, SectionTexts& sections)
{
    const auto links = inheritance(catalogue, key);
    const auto value = value_along(links, 0, entries, catalogue.units());
    if (!value) {
        return; // required and missing: a problem, noted elsewhere
    }
    const auto dot = key.rfind('.');
    const bool top = dot == std::string::npos;
    const std::string text = write_value(*links.front().parameter, *value);
    sections.of(top ? "" : key.substr(0, dot)) +=
        fmt::format("# {}\n{} ={}{}\n", on_one_line(comment(links, *value, entries, catalogue.units())),
                    top ? key : key.substr(dot + 1), text.empty() ? "" : " ", text);
}

/// Sections that declare names stand in the order of declaration, even where they hold no key. A pattern of a word and
/// a name (`rules.<rule>`) has none: its keys declare the name.
void declare_names(const Parameter& parameter, const Names& names, SectionTexts& sections)
{
    const Parts parts = split_key(parameter.pattern);
    for (const auto part : parts.size() > 2 ? parts : Parts{}) {
        if (is_placeholder(part)) {
            for (const std::string& name : names.of(placeholder_kind(part))) {
                sections.of(fmt::format("{}.{}", placeholder_kind(part), name));
            }
        }
    }
}
} // namespace

std::string resolved_text(const Catalogue& catalogue, const Entries& entries, const std::set<std::string>& read)
{
    const Names names = declared_names(catalogue, entries);
    SectionTexts sections;
    for (const Parameter& parameter : catalogue.all()) {
        declare_names(parameter, names, sections);
        for (const std::string& key : keys_of(parameter.pattern, names)) {
            const bool used = entries.find(key) != nullptr || read.contains(key);
            if (used && catalogue.find(key) == &parameter) {
                write_key(key, catalogue, entries, sections);
            }
        }
    }
    return sections.joined();
}

} // namespace paget::config
