#pragma once

#include <string>
#include <vector>

namespace paget::config
{

/// One line of a case file that says something, or that cannot be understood.
struct IniLine {
    enum class Kind { section, broken_section, key, not_understood, not_text, binary };
    Kind kind = Kind::key;
    int number = 0;
    std::string name = {}; ///< of the section (also where a broken one can be guessed), or the key within it
    std::string text = {}; ///< the value, or what was not understood
};

/// Splits INI text into its lines (blanks and comments left out). A byte order mark and Windows line ends are
/// tolerated. Reading ends at the first line that is `binary`.
std::vector<IniLine> read_ini(const std::string& text);

/// True if the text is UTF-8 and has no control characters but tabs.
bool is_plain_text(const std::string& text);

} // namespace paget::config
