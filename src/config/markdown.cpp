#include "key.hpp"
#include "paget/config/explain.hpp"
#include "value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::config
{
namespace
{
constexpr const char* heading =
    R"(# Parameters

A key is a section and a name: `soil` in section `[organ.lung]` is `organ.lung.soil`, and `--organ.lung.soil=0.4` on the
command line. A part in angle brackets stands for a name that the case file declares by a section of its own:
`[organ.lung]` declares the organ `lung`, `[field.oxygen]` the field `oxygen`. Values carry a unit (`2000 um^2/s`); a
number without one is taken to be in the unit of the table. `paget explain 'organ.*'` shows the same on the terminal.

The last column says where a default comes from:

- a publication: the number is given there, or follows from numbers given there;
- `computed`: it follows from other parameters or from the numerical method;
- `memory`: remembered from the literature; to be checked again before anything is published that leans on it;
- `assumption`: a choice of design without a measurement behind it.
)";

constexpr const char* table_head =
    "\n| key | meaning | unit | default | allowed | source |\n|---|---|---|---|---|---|\n";

/// A bar or a line break would end the cell.
std::string cell(const std::string& text)
{
    std::string escaped;
    for (const char c : text) {
        escaped += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
    }
    return escaped;
}

std::string code(const std::string& text) { return text.empty() ? std::string{} : fmt::format("`{}`", cell(text)); }

std::string default_cell(const Parameter& parameter)
{
    if (!parameter.fallback.empty()) {
        return fmt::format("as {}", code(parameter.fallback));
    }
    return parameter.default_text ? code(*parameter.default_text) : "must be given";
}

std::string allowed_cell(const Parameter& parameter)
{
    const std::string allowed = allowed_text(parameter);
    return cell(allowed.empty() ? kind_text(parameter.kind) : allowed);
}

std::string row(const Parameter& parameter)
{
    return fmt::format("| {} | {} | {} | {} | {} | {} |\n", code(parameter.pattern), cell(parameter.meaning),
                       code(unit_text(parameter)), default_cell(parameter), allowed_cell(parameter),
                       cell(parameter.source));
}

std::vector<std::string> groups_of(const Catalogue& catalogue)
{
    std::vector<std::string> groups;
    for (const Parameter& parameter : catalogue.all()) {
        const std::string group(split_key(parameter.pattern).front());
        if (std::ranges::find(groups, group) == groups.end()) {
            groups.push_back(group);
        }
    }
    return groups;
}
} // namespace

std::string parameters_markdown(const Catalogue& catalogue)
{
    std::string text = heading;
    for (const std::string& group : groups_of(catalogue)) {
        text += fmt::format("\n## {}\n{}", group, table_head);
        for (const Parameter& parameter : catalogue.all()) {
            text += split_key(parameter.pattern).front() == group ? row(parameter) : "";
        }
    }
    return text;
}

} // namespace paget::config
