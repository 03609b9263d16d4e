#include "paget/io/raw_file.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace paget::io
{

RawFile::RawFile(const std::string& path, bool create)
    : path_(path),
      descriptor_(::open(path.c_str(), O_WRONLY | O_CLOEXEC | (create ? O_CREAT | O_TRUNC : 0), 0666))
{
    if (descriptor_ < 0) {
        fail(create ? "create" : "open");
    }
}

RawFile::~RawFile()
{
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

RawFile::RawFile(RawFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1))
{
}

RawFile& RawFile::operator=(RawFile&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

void RawFile::write_at(std::uint64_t address, std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(address));
        if (written < 0 && errno != EINTR) {
            fail("write");
        }
        const std::size_t done = written > 0 ? static_cast<std::size_t>(written) : 0;
        bytes = bytes.subspan(done);
        address += done;
    }
}

std::uint64_t RawFile::size() const
{
    struct stat status {
    };
    if (::fstat(descriptor_, &status) != 0) {
        fail("ask for the size of");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

void RawFile::begin_writeback(std::uint64_t address, std::uint64_t bytes)
{
#ifdef __linux__
    // A hint: where it is not known, sync() has more to do.
    ::sync_file_range(descriptor_, static_cast<off_t>(address), static_cast<off_t>(bytes), SYNC_FILE_RANGE_WRITE);
#endif
}

void RawFile::resize(std::uint64_t bytes)
{
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
        fail("set the size of");
    }
}

void RawFile::sync()
{
    // EINVAL: this kind of file system has no sync for it (some memory ones); nothing is lost by going on.
    if (::fsync(descriptor_) != 0 && errno != EINVAL) {
        fail("sync");
    }
}

void RawFile::close()
{
    if (::close(std::exchange(descriptor_, -1)) != 0) {
        fail("close");
    }
}

void RawFile::fail(const char* doing) const
{
    throw FileError(fmt::format("cannot {} {}: {}", doing, path_, std::strerror(errno)));
}

} // namespace paget::io
