#pragma once

#include <string>

namespace paget::config
{

/// The content of a file, or why there is none.
struct TextFile {
    std::string text = {};
    std::string problem = {}; ///< `<what> (<why>). <what to do>`, empty if the file was read
};

/// Reads a whole file, of a size that a case file can have.
TextFile read_text_file(const std::string& path);

} // namespace paget::config
