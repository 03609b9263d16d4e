#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace paget::io
{

/// A file opened for reading by this process. All members throw FileError with the file's name and the system's words.
class SourceFile
{
public:
    explicit SourceFile(const std::string& path);
    ~SourceFile();
    SourceFile(const SourceFile&) = delete;
    SourceFile& operator=(const SourceFile&) = delete;

    const std::string& path() const { return path_; }
    std::uint64_t size() const;
    /// Fills `bytes` from `address` on; that the file ends before is an error.
    void read_at(std::uint64_t address, std::span<std::byte> bytes) const;

    /// The same; many bytes are read by two threads, since one alone waits for the disk and copies in turn.
    void read_many_at(std::uint64_t address, std::span<std::byte> bytes) const;

private:
    [[noreturn]] void fail(const char* doing) const;

    std::string path_;
    int descriptor_ = -1;
};

} // namespace paget::io
