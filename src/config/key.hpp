#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{

/// The text without the blanks and tabs around it.
std::string trim(const std::string& text);

/// The text with a to z for A to Z; all keys and units are ASCII.
std::string lower_case(std::string_view text);

/// Parts of a dotted key, pattern or section name; the views point into it.
using Parts = std::vector<std::string_view>;

Parts split_key(std::string_view key);
std::string join_key(const Parts& parts);

/// True for what a user may call an organ, a field, a cell type: [a-z][a-z0-9_]*.
bool is_name(std::string_view word);

/// True for `<organ>`.
bool is_placeholder(std::string_view part);

/// `organ` of `<organ>`.
std::string_view placeholder_kind(std::string_view part);

/// True if a part of a key is what the part of a pattern says: the same word, or any name for a placeholder.
bool part_fits(std::string_view pattern_part, std::string_view key_part);

/// True if the whole key fits the pattern.
bool fits(std::string_view pattern, std::string_view key);

/// True if patterns `a` and `b`, which fit the same key, differ first in a part that is a word in `a`.
bool more_literal(std::string_view a, std::string_view b);

/// True if `a` and `b` fit exactly the same keys, i.e. differ at most in what they call their placeholders.
bool same_shape(std::string_view a, std::string_view b);

/// The key that `pattern` becomes if its placeholders get the names that `key` gives them in `named_pattern`, e.g.
/// `field.<field>.decay` with `organ.lung.oxygen.decay` and `organ.<organ>.<field>.decay`: `field.oxygen.decay`.
std::string substitute(std::string_view pattern, std::string_view named_pattern, std::string_view key);

} // namespace paget::config
