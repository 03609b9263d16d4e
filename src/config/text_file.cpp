#include "text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace paget::config
{
namespace
{
constexpr std::size_t largest_bytes = 4U << 20U; ///< a hundred times a large case

TextFile failure(std::string message) { return {.problem = std::move(message)}; }

/// Reads at most one byte more than a case may have, so that an endless device cannot fill the memory.
TextFile read_stream(std::ifstream& stream)
{
    TextFile file;
    file.text.resize(largest_bytes + 1);
    stream.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
    file.text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) {
        return failure("reading the file failed (its content is not known). Check the disk that holds it.");
    }
    if (file.text.size() > largest_bytes) {
        return failure(
            fmt::format("the file is larger than {} MiB (a case file is text of some kB). Name the case file.",
                        largest_bytes >> 20U));
    }
    return file;
}
} // namespace

TextFile read_text_file(const std::string& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) {
        return failure("there is no such file (the run is described by it). Check the path: that of an include begins "
                       "at the folder of the file in which it stands, others at the working directory.");
    }
    if (status.type() == std::filesystem::file_type::directory) {
        return failure("this is a directory (a case is one file). Name the file in it.");
    }
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return failure(fmt::format("the file cannot be opened ({}). Check who may read it.",
                                   errno != 0 ? std::strerror(errno) : "the system does not say why"));
    }
    return read_stream(stream);
}

} // namespace paget::config
