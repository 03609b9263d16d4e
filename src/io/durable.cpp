#include "paget/io/durable.hpp"

#include "paget/core/error.hpp"
#include "paget/io/raw_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace paget::io
{
namespace
{
void sync_folder_of(const std::string& path)
{
    const std::string parent = std::filesystem::path(path).parent_path().string();
    const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && (::fsync(folder) == 0 || errno == EINVAL);
    const int reason = errno;
    if (folder >= 0) {
        ::close(folder);
    }
    if (!synced) {
        throw FileError(fmt::format("cannot sync the folder of {}: {}", path, std::strerror(reason)));
    }
}
} // namespace

void publish(const std::string& part, const std::string& path)
{
    if (std::rename(part.c_str(), path.c_str()) != 0) {
        throw FileError(fmt::format("cannot rename {} to {}: {}", part, path, std::strerror(errno)));
    }
    sync_folder_of(path);
}

void write_whole_file(const std::string& path, std::string_view text)
{
    const std::string part = partial_name(path);
    RawFile file(part, true);
    try {
        file.write_at(0, std::as_bytes(std::span(text)));
        file.sync();
        file.close();
        publish(part, path);
    } catch (const FileError&) {
        remove_quietly(part);
        throw;
    }
}

void make_folder(const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        throw FileError(fmt::format("cannot make the folder {}: {}", path, error.message()));
    }
}

void remove_quietly(const std::string& path) noexcept { ::unlink(path.c_str()); }

} // namespace paget::io
