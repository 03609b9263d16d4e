#include "paget/app/checkpoint_folder.hpp"

#include "paget/core/error.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/durable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;

constexpr const char* extension = ".h5";

/// The tick that a file name tells; nothing for other files.
std::optional<Tick> tick_of(const fs::path& file)
{
    const std::string stem = file.stem().string();
    Tick now = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), now);
    const bool is_number = error == std::errc() && end == stem.data() + stem.size() && now >= 0;
    return is_number && file.extension() == extension ? std::optional(now) : std::nullopt;
}

/// What was being written when a run was killed.
void remove_parts(const std::string& folder)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.path().string().ends_with(io::partial_name(extension))) {
            io::remove_quietly(entry.path().string());
        }
    }
}

} // namespace

std::vector<CheckpointName> list_checkpoints(const std::string& run_folder)
{
    std::vector<CheckpointName> names;
    std::error_code ignored; // no folder: no checkpoints
    for (const auto& entry : fs::directory_iterator(fs::path(run_folder) / checkpoint_folder, ignored)) {
        if (const auto now = tick_of(entry.path())) {
            names.push_back({entry.path().string(), *now});
        }
    }
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.now > b.now; });
    return names;
}

std::vector<CheckpointName> checkpoints_seen_by_root(const std::string& run_folder, const parallel::Communicator& world)
{
    std::vector<Tick> ticks;
    std::string paths;
    if (world.is_root()) {
        for (const CheckpointName& name : list_checkpoints(run_folder)) {
            ticks.push_back(name.now);
            paths += name.path + '\0';
        }
    }
    world.broadcast(ticks);
    world.broadcast(paths);
    std::vector<CheckpointName> names;
    std::size_t at = 0;
    for (const Tick now : ticks) {
        names.push_back({paths.substr(at, paths.find('\0', at) - at), now});
        at += names.back().path.size() + 1;
    }
    return names;
}
FoundCheckpoint newest_checkpoint(const std::string& run_folder, const parallel::Communicator& world)
{
    FoundCheckpoint found;
    for (const CheckpointName& name : checkpoints_seen_by_root(run_folder, world)) {
        try {
            found.checkpoint = std::make_unique<Checkpoint>(name.path, world);
            return found;
        } catch (const FileError& error) { // on all ranks alike
            found.damaged.push_back(name);
            found.warnings.emplace_back(error.what());
        }
    }
    return found;
}

CheckpointFolder::CheckpointFolder(const std::string& run_folder, std::int64_t keep,
                                   std::vector<CheckpointName> damaged)
    : folder_((fs::path(run_folder) / checkpoint_folder).string()),
      keep_(keep),
      damaged_(std::move(damaged))
{
}

void CheckpointFolder::write(const body::Body& body, const CheckpointFacts& facts)
{
    io::agreed_on_root(body.world(), [this] {
        io::make_folder(folder_);
        remove_parts(folder_);
    });
    write_checkpoint(fmt::format("{}/{:012}{}", folder_, facts.now, extension), body, facts);
    if (body.world().is_root()) {
        remove_old(facts.now);
    }
}

/// Checkpoints later than `now` are of a future that was given up or will be computed again; they do not count.
void CheckpointFolder::remove_old(Tick now)
{
    const auto names = list_checkpoints(fs::path(folder_).parent_path().string());
    for (const CheckpointName& bad : damaged_) {
        if (bad.now != now) {
            io::remove_quietly(bad.path);
        }
    }
    damaged_.clear();
    std::int64_t kept = 0;
    for (const CheckpointName& name : names) {
        if (name.now <= now && ++kept > keep_) {
            io::remove_quietly(name.path);
        }
    }
}

} // namespace paget::app
