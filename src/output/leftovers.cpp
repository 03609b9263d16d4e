#include "leftovers.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>

namespace paget::output
{
namespace
{
namespace fs = std::filesystem;

/// The number of a snapshot file, 12 of `000012.h5`; nothing for other names.
std::optional<std::size_t> snapshot_number(const fs::path& file)
{
    const std::string stem = file.stem().string();
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    const bool is_number = error == std::errc() && end == stem.data() + stem.size();
    return is_number && file.extension() == ".h5" ? std::optional(number) : std::nullopt;
}

bool is_leftover(const fs::path& file, std::size_t snapshots)
{
    return file.extension() == ".part" || snapshot_number(file).value_or(0) >= std::max<std::size_t>(1, snapshots);
}
} // namespace

void remove_leftovers(const std::string& folder, std::size_t snapshots, bool keeps_tracks)
{
    try {
        for (const auto& entry : fs::directory_iterator(folder + "/snapshots")) {
            if (is_leftover(entry.path(), snapshots)) {
                fs::remove(entry.path());
            }
        }
        for (const char* name : {"state.h5", "summary.json"}) {
            fs::remove(fs::path(folder) / name);
        }
        if (!keeps_tracks) {
            fs::remove(fs::path(folder) / "tracks.csv");
        }
    } catch (const fs::filesystem_error& error) {
        throw FileError(fmt::format("cannot remove what an earlier run wrote after the checkpoint: {}", error.what()));
    }
}

} // namespace paget::output
