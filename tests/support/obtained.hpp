#pragma once

#include <fmt/format.h>

#include <string>

namespace paget::test
{

/// Prints what a check found beside what it expected; docs/validation.md quotes these lines.
inline void obtained(const std::string& what, const std::string& found, double expected)
{
    fmt::print("[ OBTAINED ] {}: {} (expected {:.6g})\n", what, found, expected);
}

} // namespace paget::test
