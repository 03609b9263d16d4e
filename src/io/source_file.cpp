#include "paget/io/source_file.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <future>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace paget::io
{

SourceFile::SourceFile(const std::string& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (descriptor_ < 0) {
        fail("open");
    }
}

SourceFile::~SourceFile()
{
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::uint64_t SourceFile::size() const
{
    struct stat about {
    };
    if (::fstat(descriptor_, &about) != 0) {
        fail("look at");
    }
    return static_cast<std::uint64_t>(about.st_size);
}

void SourceFile::read_at(std::uint64_t address, std::span<std::byte> bytes) const
{
    while (!bytes.empty()) {
        const ssize_t got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(address));
        if (got < 0 && errno != EINTR) {
            fail("read");
        }
        if (got == 0) {
            throw FileError(fmt::format("cannot read {}: it ends at byte {}", path_, address));
        }
        const std::size_t done = got > 0 ? static_cast<std::size_t>(got) : 0;
        bytes = bytes.subspan(done);
        address += done;
    }
}

void SourceFile::read_many_at(std::uint64_t address, std::span<std::byte> bytes) const
{
    constexpr std::size_t many = std::size_t{4} << 20U;
    if (bytes.size() < many) {
        read_at(address, bytes);
        return;
    }
    const std::size_t half = bytes.size() / 2;
    auto rest = std::async(std::launch::async, [&] { read_at(address + half, bytes.subspan(half)); });
    read_at(address, bytes.first(half));
    rest.get();
}

void SourceFile::fail(const char* doing) const
{
    throw FileError(fmt::format("cannot {} {}: {}", doing, path_, std::strerror(errno)));
}

} // namespace paget::io
