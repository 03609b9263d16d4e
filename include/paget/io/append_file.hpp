#pragma once

#include "paget/io/raw_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace paget::io
{

/// A text file that grows line by line; what was appended is with the operating system when append() returns, so a
/// killed program loses none of it. Throws FileError. Local.
class AppendFile
{
public:
    /// Makes the file, or empties it.
    explicit AppendFile(const std::string& path) : file_(path, true) {}
    /// Cuts an existing file back to its first `kept` bytes, to go on from there. A shorter file is left as it is and
    /// refused.
    AppendFile(const std::string& path, std::uint64_t kept);

    void append(std::string_view text)
    {
        file_.write_at(size_, std::as_bytes(std::span(text)));
        size_ += text.size();
    }
    std::uint64_t size() const { return size_; }
    void sync() { file_.sync(); }

private:
    RawFile file_;
    std::uint64_t size_ = 0;
};

} // namespace paget::io
