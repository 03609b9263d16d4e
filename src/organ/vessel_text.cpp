#include "vessel_text.hpp"

#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <system_error>

namespace paget::organ
{
namespace
{
constexpr const char* see = "The format is described in docs/vessel_files.md.";
constexpr std::string_view blanks = " \t\f\v";

/// Only regular files: a pipe could make the run wait for ever, a folder reads as nothing.
std::string read_whole(const std::string& path)
{
    std::error_code ignored;
    const auto kind = std::filesystem::status(path, ignored).type();
    if (kind == std::filesystem::file_type::not_found) {
        throw InputError(fmt::format("{}: no such file (a vessel network is to be read from it). Correct the path; it "
                                     "is relative to the folder the program runs in.",
                                     path));
    }
    if (kind != std::filesystem::file_type::regular) {
        throw InputError(
            fmt::format("{}: not a file (a vessel network is to be read from it). Give a text file. {}", path, see));
    }
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
        throw InputError(fmt::format(
            "{}: cannot be read (a vessel network is to be read from it). Check the file's permissions.", path));
    }
    return text;
}

bool is_text(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20U && c != '\n' && blanks.find(c) == std::string_view::npos) || byte == 0x7fU;
    });
}

/// LF for CR LF and for a lone CR, so that line numbers are those of an editor.
std::string with_plain_line_ends(const std::string& text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!pair) {
            plain += text[i] == '\r' ? '\n' : text[i];
        }
    }
    return plain;
}

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (auto begin = line.find_first_not_of(blanks); begin != std::string_view::npos;) {
        const auto end = std::min(line.find_first_of(blanks, begin), line.size());
        words.push_back(line.substr(begin, end - begin));
        begin = line.find_first_not_of(blanks, end);
    }
    return words;
}

std::string trimmed(std::string_view line)
{
    const auto begin = line.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string{}
                                           : std::string(line.substr(begin, line.find_last_not_of(blanks) - begin + 1));
}

/// The whole word as a number, or nothing. Reads the same in every locale.
template <typename Number>
std::optional<Number> number_in(std::string_view word)
{
    if (word.size() > 1 && word[0] == '+' && word[1] != '-') {
        word.remove_prefix(1);
    }
    Number value{};
    const auto [stop, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || stop != word.data() + word.size()) {
        return std::nullopt;
    }
    return value;
}

bool begins_with_numbers(const TextLine& line, std::size_t numbers)
{
    return line.words.size() >= numbers &&
           std::all_of(line.words.begin(), line.words.begin() + static_cast<std::ptrdiff_t>(numbers),
                       [](std::string_view word) { return number_in<double>(word).has_value(); });
}

/// What is wrong with a word that should have been a number.
std::string complaint(const TextLine& line, std::size_t index, const std::string& meaning, const char* kind)
{
    return index < line.words.size()
               ? fmt::format("'{}' is not a {} where the {} belongs", line.words[index], kind, meaning)
               : fmt::format("the line ends before the {}", meaning);
}

std::string reason(const std::string& layout)
{
    return layout.empty() ? std::string("the parts of the file have a fixed order")
                          : fmt::format("the line must hold: {}", layout);
}
} // namespace

TextLines::TextLines(const std::string& path)
    : path_(path),
      text_(without_byte_order_mark(with_plain_line_ends(read_whole(path))))
{
    if (!is_text(text_)) {
        throw InputError(fmt::format("{}: holds bytes that are not text (a vessel network is a plain text file). Check "
                                     "the path, and save the file as text in ASCII or UTF-8. {}",
                                     path_, see));
    }
    split();
    if (lines_.empty()) {
        throw InputError(fmt::format(
            "{}: the file is empty (a vessel network is to be read from it). Check the path. {}", path_, see));
    }
}

void TextLines::split()
{
    std::string_view rest = text_;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        TextLine words{++last_line_, words_of(line)};
        if (last_line_ == 1) {
            title_ = trimmed(line);
            next_ = words.words.empty() ? 0 : 1;
        }
        if (!words.words.empty()) {
            lines_.push_back(std::move(words));
        }
    }
}

const TextLine& TextLines::next(const std::string& expected)
{
    if (next_ == lines_.size()) {
        throw InputError(fmt::format("{}:{}: the file ends where a line should follow with {} (the network is not "
                                     "complete). Complete the file, or correct the number of lines it announces. {}",
                                     path_, last_line_, expected, see));
    }
    return lines_[next_++];
}

std::int64_t TextLines::count(const std::string& things, std::int64_t least)
{
    const TextLine& line = next(fmt::format("the number of {}", things));
    const std::int64_t number = whole(line, 0, fmt::format("number of {}", things));
    // A count stands alone; a second number means that the list before it goes on.
    require(line, !begins_with_numbers(line, 2), fmt::format("several numbers where the number of {} belongs", things),
            "the list before this line may be longer than announced", "Correct the number of lines announced above.");
    require(line, number >= least, fmt::format("the number of {} is {}", things, number),
            fmt::format("at least {} make a network", least), "Correct the number.");
    return number;
}

void TextLines::skip_heading()
{
    if (next_ < lines_.size() && !begins_with_numbers(lines_[next_], 1)) {
        ++next_;
    }
}

void TextLines::finish(const std::string& things, std::size_t numbers)
{
    if (next_ < lines_.size()) {
        require(lines_[next_], !begins_with_numbers(lines_[next_], numbers),
                fmt::format("there are more {} than announced", things), "the number and the list must agree",
                "Correct the number, or remove the line.");
    }
}

double TextLines::number(const TextLine& line, std::size_t index, const std::string& meaning,
                         const std::string& layout) const
{
    const auto found = index < line.words.size() ? number_in<double>(line.words[index]) : std::nullopt;
    const double value = found.value_or(std::numeric_limits<double>::quiet_NaN());
    require(line, std::isfinite(value), complaint(line, index, meaning, "finite number"), reason(layout),
            fmt::format("Write it with a decimal point and blanks or tabs around it. {}", see));
    return value;
}

std::int64_t TextLines::whole(const TextLine& line, std::size_t index, const std::string& meaning,
                              const std::string& layout) const
{
    const auto value = index < line.words.size() ? number_in<std::int64_t>(line.words[index]) : std::nullopt;
    require(line, value.has_value(), complaint(line, index, meaning, "whole number"), reason(layout),
            fmt::format("Check that no line is missing or too many above. {}", see));
    return value.value_or(0);
}

double TextLines::share(const TextLine& line, std::size_t index, const std::string& meaning,
                        const std::string& layout) const
{
    const double value = number(line, index, meaning, layout);
    require(line, value >= 0.0 && value <= 1.0, fmt::format("the {} is {}", meaning, value), "it is a volume share",
            "Give a number from 0 to 1.");
    return value;
}

void TextLines::require(const TextLine& line, bool holds, const std::string& what, const std::string& why,
                        const std::string& remedy) const
{
    if (!holds) {
        throw InputError(fmt::format("{}:{}: {} ({}). {}", path_, line.number, what, why, remedy));
    }
}

} // namespace paget::organ
