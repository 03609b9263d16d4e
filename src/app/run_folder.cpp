#include "paget/app/run_folder.hpp"

#include "paget/app/run_lock.hpp"
#include "paget/core/error.hpp"
#include "paget/io/durable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;

constexpr const char* mark = run_mark;
/// Everything else that a run leaves in its folder.
constexpr std::array<const char*, 11> contents{"checkpoints", "series.csv",   "series.h5",  "events.csv",
                                               "tracks.csv",  "summary.json", "state.h5",   "snapshots",
                                               "fields.xmf",  "cells.xmf",    "vessels.xmf"};

constexpr std::string_view read_from = "# read from ";
constexpr std::string_view forked_from = "# forked from ";

InputError cannot_write(const fs::path& folder, const std::string& reason)
{
    return InputError(
        fmt::format("The output folder '{}' cannot be used: {} (results could not be kept). Choose another "
                    "with --output=<folder>.",
                    folder.string(), reason));
}

/// The nearest ancestor that exists must be a folder that this user may write into.
void check_can_create(const fs::path& folder)
{
    fs::path existing = fs::absolute(folder);
    while (!fs::exists(existing) && existing.has_parent_path() && existing != existing.parent_path()) {
        existing = existing.parent_path();
    }
    if (!fs::is_directory(existing)) {
        throw cannot_write(folder, fmt::format("'{}' is not a folder", existing.string()));
    }
    if (access(existing.c_str(), W_OK | X_OK) != 0) {
        throw cannot_write(folder, fmt::format("no permission to write into '{}'", existing.string()));
    }
}

/// Files with which a run takes possession of a folder do not count.
bool is_free(const fs::path& folder)
{
    return std::all_of(fs::directory_iterator(folder), {}, [](const fs::directory_entry& entry) {
        const std::string name = entry.path().filename().string();
        return name == io::partial_name(mark) || name == lock_file || name.starts_with(std::string(lock_file) + ".");
    });
}

void remove_earlier_run(const fs::path& folder)
{
    for (const char* name : contents) {
        fs::remove_all(folder / name);
        fs::remove(folder / (std::string(name) + ".part")); // of a run that was killed while it wrote
    }
    fs::remove(folder / mark);
}
} // namespace

std::string marked_case(const std::string& resolved_case, const std::string& case_file, const std::string& trunk)
{
    const std::string branch = trunk.empty() ? "" : fmt::format("{}{}\n", forked_from, trunk);
    return fmt::format("{}{}\n{}{}", read_from, case_file, resolved_case, branch);
}

std::string case_file_of(std::string_view marked)
{
    return marked.starts_with(read_from)
               ? std::string(marked.substr(read_from.size(), marked.find('\n') - read_from.size()))
               : std::string(mark);
}

std::string trunk_of(std::string_view marked)
{
    const std::size_t last = marked.find_last_of('\n', marked.size() > 1 ? marked.size() - 2 : 0) + 1;
    const std::string_view line = marked.substr(last, marked.find('\n', last) - last);
    return line.starts_with(forked_from) ? std::string(line.substr(forked_from.size())) : std::string();
}

void require_run_folder(const std::string& folder)
{
    std::error_code ignored;
    if (!fs::exists(fs::path(folder) / mark, ignored)) {
        throw InputError(fmt::format("'{}' holds no run of Paget (there is no {} in it). Name the folder of the "
                                     "results, as in runs/breast.",
                                     folder, mark));
    }
}

bool has_ended(const std::string& folder, Tick end)
{
    try {
        std::ifstream file(fs::path(folder) / "summary.json");
        const auto run = nlohmann::json::parse(file).at("run");
        return run.at("simulated_h").get<double>() == minutes_from_ticks(end) / minutes_per_hour &&
               !run.at("stopped_early").get<bool>();
    } catch (const nlohmann::json::exception&) { // none, or not as a run writes it: going on writes it anew
        return false;
    }
}

void check_run_folder(const std::string& folder, bool overwrite)
{
    try {
        const fs::path path(folder);
        check_can_create(path);
        if (!fs::exists(path) || is_free(path)) {
            return;
        }
        if (!fs::exists(path / mark)) {
            throw InputError(
                fmt::format("The output folder '{}' is not empty and holds no run of Paget (its files are not "
                            "touched). Choose another with --output=<folder>.",
                            folder));
        }
        if (!overwrite) {
            throw InputError(
                fmt::format("The output folder '{}' holds an earlier run (it would be lost). Choose another with "
                            "--output=<folder>, or replace it with --overwrite.",
                            folder));
        }
    } catch (const fs::filesystem_error& error) {
        throw cannot_write(folder, error.code().message());
    }
}

void check_fork_folder(const std::string& trunk, const std::string& fork, bool overwrite)
{
    const fs::path inside = fs::weakly_canonical(trunk).lexically_relative(fs::weakly_canonical(fork));
    if (!inside.empty() && *inside.begin() != "..") {
        throw InputError(fmt::format(
            "--fork={0} names the run to go on from, or a folder around it (which would be removed). Name a "
            "new folder; to go on in the run's own leave --fork out.",
            fork));
    }
    check_run_folder(fork, overwrite);
}

void prepare_run_folder(const std::string& folder, bool overwrite, const std::string& resolved_case)
{
    check_run_folder(folder, overwrite);
    try {
        const fs::path path(folder);
        if (fs::exists(path / mark)) {
            remove_earlier_run(path);
        }
        fs::create_directories(path);
        io::write_whole_file((path / mark).string(), resolved_case);
    } catch (const FileError& error) {
        throw cannot_write(folder, fmt::format("'{}' cannot be written: {}", mark, error.what()));
    } catch (const fs::filesystem_error& error) {
        throw cannot_write(folder, error.code().message());
    }
}

} // namespace paget::app
