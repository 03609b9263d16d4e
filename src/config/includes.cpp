#include "includes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace paget::config
{
namespace
{
/// One text for one file, however its path is written.
std::string identity_of(const std::string& path)
{
    std::error_code error;
    const auto whole = std::filesystem::weakly_canonical(path, error);
    return error ? path : whole.string();
}
} // namespace

void Includes::enter(const std::string& path)
{
    open_.push_back(path);
    const auto known = read_.try_emplace(identity_of(path), depth()).first;
    known->second = std::min(known->second, depth());
}

void Includes::leave() { open_.pop_back(); }

std::string Includes::path_of(const std::string& written) const
{
    const std::filesystem::path path(written);
    return path.is_absolute() ? written
                              : (std::filesystem::path(open_.back()).parent_path() / path).lexically_normal().string();
}

bool Includes::was_read(const std::string& path) const
{
    const auto known = read_.find(identity_of(path));
    return known != read_.end() && known->second <= depth() + 1;
}

std::string Includes::problem_of(const std::string& written) const
{
    if (written.empty()) {
        return "no file is named (there is nothing to include). Write 'include = FILE', or remove the line.";
    }
    const std::string wanted = identity_of(path_of(written));
    const auto same = [&](const std::string& path) { return identity_of(path) == wanted; };
    const auto circle = std::find_if(open_.begin(), open_.end(), same);
    if (circle == open_.end()) {
        return "";
    }
    return fmt::format("the file includes itself (by way of {}; none of them would come first). Remove one of the "
                       "includes.",
                       fmt::join(circle, open_.end(), " -> "));
}

} // namespace paget::config
