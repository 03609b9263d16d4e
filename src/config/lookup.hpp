#pragma once

#include "entries.hpp"
#include "value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace paget::config
{

/// A key and the parameter that it sets.
struct Link {
    const Parameter* parameter;
    std::string key;
};

/// Throws BugError if a fallback is no parameter, is of another kind or dimension, or leads back to itself.
void validate_fallbacks(const Catalogue& catalogue);

/// The key, then the one whose value holds if it is not given, and so on. Throws BugError if the catalogue does not
/// know the key.
std::vector<Link> inheritance(const Catalogue& catalogue, const std::string& key);

/// The value of the first link, in its unit: what is given (and can be used) for the first possible link from `first`
/// on, or else the default of the last one; nothing if that has none.
std::optional<Value> value_along(const std::vector<Link>& links, std::size_t first, const Entries& entries,
                                 const UnitSystem& units);

} // namespace paget::config
