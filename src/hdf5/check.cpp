#include "paget/hdf5/check.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace paget::hdf5
{
namespace
{
/// The innermost entries say what happened, the outer ones only through which calls it came.
constexpr std::size_t shown_messages = 2;

herr_t collect_message(unsigned, const H5E_error2_t* error, void* messages)
{
    auto& texts = *static_cast<std::vector<std::string>*>(messages);
    if (texts.size() < shown_messages && error->desc != nullptr && *error->desc != '\0') {
        texts.emplace_back(error->desc);
    }
    return 0;
}
} // namespace

SilentErrors::SilentErrors()
{
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

SilentErrors::~SilentErrors() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

std::string error_text()
{
    std::vector<std::string> messages;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect_message, &messages);
    return messages.empty() ? "HDF5 gives no reason" : fmt::format("{}", fmt::join(messages, ": "));
}

void throw_file_error(const std::string& file, const std::string& doing)
{
    throw FileError(fmt::format("cannot {} {}: {}", doing, file, error_text()));
}

} // namespace paget::hdf5
