#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paget::organ
{

/// One line that is not blank, cut into words at blanks and tabs.
struct TextLine {
    int number = 0; ///< from 1, as editors count
    std::vector<std::string_view> words;
};

/// The lines of a vessel file one after another, and the numbers in them. What does not read as expected throws
/// InputError with file, line, the reason and a remedy.
class TextLines
{
public:
    /// Reads the whole file: text with line ends of any kind, a byte-order mark or none.
    explicit TextLines(const std::string& path);

    TextLines(const TextLines&) = delete;
    TextLines& operator=(const TextLines&) = delete;

    /// The first line as it stands, without blanks around it.
    const std::string& title() const { return title_; }

    /// The next line, which has to be there; it stays valid. `expected` says what it should hold.
    const TextLine& next(const std::string& expected);
    /// The line `<number> ...` that says how many `things` follow, at least `least`.
    std::int64_t count(const std::string& things, std::int64_t least);
    /// Passes a heading: one line that does not begin with a number.
    void skip_heading();
    /// The file must not go on with a line of `numbers` numbers: that would be one more of the `things` than it said.
    void finish(const std::string& things, std::size_t numbers);

    /// Word `index` of a line as a finite number. `meaning` names it, `layout` is what the whole line holds.
    double number(const TextLine& line, std::size_t index, const std::string& meaning,
                  const std::string& layout = {}) const;
    /// The same as a whole number.
    std::int64_t whole(const TextLine& line, std::size_t index, const std::string& meaning,
                       const std::string& layout = {}) const;
    /// The same as a number from 0 to 1.
    double share(const TextLine& line, std::size_t index, const std::string& meaning,
                 const std::string& layout = {}) const;

    /// Throws InputError `file:line: what (why). remedy` unless `holds`.
    void require(const TextLine& line, bool holds, const std::string& what, const std::string& why,
                 const std::string& remedy) const;

private:
    void split();

    std::string path_;
    std::string text_;
    std::string title_;
    std::vector<TextLine> lines_;
    std::size_t next_ = 0;
    int last_line_ = 0;
};

} // namespace paget::organ
