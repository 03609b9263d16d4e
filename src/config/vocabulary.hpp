#pragma once

#include "key.hpp"
#include "names.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{

/// A name in a key or section that stands for a placeholder of a pattern, but is not declared.
struct Undeclared {
    std::string kind;
    std::string name;
};

/// The keys and sections that a case may use: the patterns of the catalogue, and the names that the case declares.
class Vocabulary
{
public:
    Vocabulary(const Catalogue& catalogue, Names names);

    const Names& names() const { return names_; }
    const std::set<std::string>& kinds() const { return kinds_; }
    const std::vector<std::string>& patterns() const { return patterns_; }

    /// The most literal beginning of a pattern that the section fits, or null.
    const std::string* section_pattern(std::string_view section) const;

    /// The first name in the parts from `first` on that is not declared.
    std::optional<Undeclared> undeclared_name(std::string_view pattern, std::string_view key, std::size_t first) const;

    /// Where the section declares a name that is also a word of a pattern: that pattern, and the one which it hides.
    std::optional<std::pair<std::string, std::string>> hidden_pattern(const Parts& section) const;

    /// The nearest other key, in quotes, or section, in brackets; nothing if none is near. The search costs, and a text
    /// that is no case must not keep the user waiting: after a hundred searches the answer is nothing.
    std::string nearest_key_text(const std::string& key);
    std::string nearest_section_text(const std::string& section);

    /// The glob for `paget explain` that shows what there is below the first part of the key.
    std::string glob_around(const std::string& key) const;

private:
    void add_sections_of(const Parts& pattern);

    Names names_;
    std::vector<std::string> patterns_;
    std::set<std::string> section_patterns_;
    std::set<std::string> whole_sections_; ///< whose keys have names of their own: no section can be within
    std::set<std::string> kinds_;
    int searches_ = 0;
};

} // namespace paget::config
