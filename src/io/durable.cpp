#include "paget/io/durable.hpp"

#include "paget/core/error.hpp"

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
[[noreturn]] void fail(const std::string& doing, const std::string& path)
{
    throw FileError(fmt::format("cannot {} {}: {}", doing, path, std::strerror(errno)));
}

/// Owns a file descriptor.
class Descriptor
{
public:
    Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666))
    {
        if (number_ < 0) {
            fail("open", path);
        }
    }
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    bool close()
    {
        const int number = number_;
        number_ = -1;
        return number < 0 || ::close(number) == 0;
    }

private:
    int number_;
};

void sync(const std::string& path, int flags)
{
    const Descriptor file(path, flags);
    // EINVAL: this kind of file system has no sync for it (some network and memory ones); nothing is lost by going on.
    if (::fsync(file.number()) != 0 && errno != EINVAL) {
        fail("sync", path);
    }
}

std::string folder_of(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

void write_all(const std::string& path, std::string_view text)
{
    Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
    while (!text.empty()) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            fail("write", path);
        }
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    if (!file.close()) {
        fail("write", path);
    }
}
} // namespace

void publish(const std::string& part, const std::string& path)
{
    sync(part, O_RDONLY);
    if (std::rename(part.c_str(), path.c_str()) != 0) {
        fail("rename " + part + " to", path);
    }
    sync(folder_of(path), O_RDONLY | O_DIRECTORY);
}

void write_whole_file(const std::string& path, std::string_view text)
{
    const std::string part = partial_name(path);
    try {
        write_all(part, text);
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
