#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace paget::io
{

/// A file opened for writing by this process. All members throw FileError with the file's name and the system's words.
class RawFile
{
public:
    /// `create`: make it, or empty it if it is there.
    RawFile(const std::string& path, bool create);
    ~RawFile();
    RawFile(RawFile&& other) noexcept;
    RawFile& operator=(RawFile&& other) noexcept;

    /// Writes all bytes from `address` on. Other processes may write to other addresses at the same time.
    void write_at(std::uint64_t address, std::span<const std::byte> bytes);
    std::uint64_t size() const;
    /// Lets the system bring these bytes to the disk meanwhile, so that sync() has less to wait for.
    void begin_writeback(std::uint64_t address, std::uint64_t bytes);
    void resize(std::uint64_t bytes);
    void sync();
    void close();

private:
    [[noreturn]] void fail(const char* doing) const;

    std::string path_;
    int descriptor_ = -1;
};

} // namespace paget::io
