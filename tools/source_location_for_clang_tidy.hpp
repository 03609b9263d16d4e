// clang-tidy before version 15 has no __builtin_source_location, so the C++ library hides std::source_location from it.
// tools/lint includes this stand-in before every file it analyses; no compiler ever sees it.
#pragma once

#if defined(__clang__) && !__has_builtin(__builtin_source_location)
namespace std
{
struct source_location {
    static constexpr source_location current() noexcept { return {}; }
    constexpr const char* file_name() const noexcept { return ""; }
    constexpr const char* function_name() const noexcept { return ""; }
    constexpr unsigned line() const noexcept { return 0; }
    constexpr unsigned column() const noexcept { return 0; }
};
} // namespace std
#endif
