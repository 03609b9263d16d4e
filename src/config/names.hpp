#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{

class Catalogue;
class Entries;

/// Names that a case declares, by kind (`organ`, `field`, ...), in the order in which they were declared.
class Names
{
public:
    void declare(std::string_view kind, std::string_view name);
    bool declares(std::string_view kind, std::string_view name) const;
    const std::vector<std::string>& of(std::string_view kind) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> names_;
};

/// All keys that the pattern stands for, its placeholders replaced by declared names in their order.
std::vector<std::string> keys_of(std::string_view pattern, const Names& names);

/// The kind of name that `[section]` `name = value` declares: of a pattern as `rules.<rule>`; empty if there is none.
std::string_view kind_of_keys(const Catalogue& catalogue, std::string_view section);

/// True if some pattern of the catalogue has the placeholder `<kind>`.
bool is_kind(const Catalogue& catalogue, std::string_view kind);

/// The names that sections `[kind.name]` declare, keys `section.name` of a pattern `section.<kind>`, and keys
/// `kind.name.*` of the command line. A name on the command line that is nearly that of a section is taken for a slip
/// of the pen and declares nothing.
Names declared_names(const Catalogue& catalogue, const Entries& entries);

} // namespace paget::config
