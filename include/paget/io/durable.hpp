#pragma once

#include <string>
#include <string_view>

namespace paget::io
{

/// Name under which a file is written until it is whole.
inline std::string partial_name(const std::string& path) { return path + ".part"; }

/// Makes the finished and synced file `part` appear as `path`, replacing an older one, and syncs the folder,
/// so that after a crash either the old or the new file is there, whole. Throws FileError. Local.
void publish(const std::string& part, const std::string& path);

/// Writes a whole file in that manner; its partial file is removed if that fails. Throws FileError. Local.
void write_whole_file(const std::string& path, std::string_view text);

/// Makes a folder unless it is there. Throws FileError. Local.
void make_folder(const std::string& path);

/// Removes a file if it is there; failures are ignored. Local.
void remove_quietly(const std::string& path) noexcept;

} // namespace paget::io
