#include "paget/core/error.hpp"

#include <fmt/format.h>

namespace paget
{

void ensure(bool holds, const char* message, std::source_location where)
{
    if (!holds) {
        throw BugError(fmt::format("{} ({}:{}, {}). This is a bug in Paget; please report it with the case file.",
                                   message, where.file_name(), where.line(), where.function_name()));
    }
}

} // namespace paget
