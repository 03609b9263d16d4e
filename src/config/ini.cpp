#include "ini.hpp"

#include "key.hpp"
#include "paget/core/plain_text.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sstream>

namespace paget::config
{
namespace
{
namespace options = boost::program_options;

/// Length of the UTF-8 character that begins at `at`, 0 if there is none. Overlong forms, surrogates and what lies
/// beyond Unicode are refused.
std::size_t utf8_length(const std::string& text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned lead = byte(at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    const unsigned second = length > 2 ? byte(at + 1) : 0x90;
    const bool refused = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                         (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
    return refused ? 0 : length;
}

bool is_section_name(const std::string& name)
{
    const Parts parts = split_key(name);
    return name.find_first_of(" \t[]") == std::string::npos &&
           std::ranges::none_of(parts, [](auto part) { return part.empty(); });
}

/// A line that begins with a bracket. From a broken one the name is guessed, so that the keys below it can be checked.
IniLine section_line(const std::string& line)
{
    const bool closed = line.size() > 2 && line.back() == ']';
    const std::string name = closed ? trim(line.substr(1, line.size() - 2)) : std::string{};
    if (is_section_name(name)) {
        return {.kind = IniLine::Kind::section, .name = name};
    }
    if (closed) { // [cell tumour]
        std::istringstream inner(line.substr(1, line.size() - 2));
        std::string joined;
        for (std::string word; inner >> word;) {
            joined += (joined.empty() ? "" : ".") + word;
        }
        if (is_section_name(joined)) {
            return {.kind = IniLine::Kind::broken_section, .name = joined, .text = line};
        }
    }
    const auto first = line.find_first_not_of("[]. \t");
    const auto end = line.find_first_of("[] \t=", first);
    const std::string guess = first == std::string::npos ? std::string{} : line.substr(first, end - first);
    return {.kind = IniLine::Kind::broken_section, .name = is_section_name(guess) ? guess : "", .text = line};
}

/// Everything else is read by Boost.Program_options, one line at a time, because it does not tell line numbers.
IniLine key_line(const std::string& line)
{
    const IniLine failure{.kind = IniLine::Kind::not_understood, .text = line};
    try {
        std::istringstream stream(line);
        const auto parsed = options::parse_config_file(stream, options::options_description{}, true);
        if (parsed.options.size() != 1) {
            return failure;
        }
        const auto& option = parsed.options.front();
        const std::string& key = option.string_key;
        if (key.empty() || key.find_first_of(" \t[]") != std::string::npos) {
            return failure;
        }
        return {.kind = IniLine::Kind::key, .name = key, .text = option.value.empty() ? "" : option.value.front()};
    } catch (const options::error&) {
        return failure;
    }
}

IniLine line_of_text(const std::string& line)
{
    if (line.find('\0') != std::string::npos) {
        return {.kind = IniLine::Kind::binary};
    }
    if (!is_plain_text(line)) {
        return {.kind = IniLine::Kind::not_text};
    }
    const std::string content = trim(line.substr(0, line.find('#')));
    if (content.empty()) {
        return {};
    }
    return content.front() == '[' ? section_line(content) : key_line(content);
}
} // namespace

bool is_plain_text(const std::string& text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8_length(text, at);
        const auto byte = static_cast<unsigned char>(text[at]);
        if (length == 0 || (byte < 0x20 && byte != '\t') || byte == 0x7F) {
            return false;
        }
        at += length;
    }
    return true;
}

std::vector<IniLine> read_ini(const std::string& text)
{
    std::vector<IniLine> lines;
    std::istringstream stream(std::string(without_byte_order_mark(text)));
    std::string raw;
    for (int number = 1; std::getline(stream, raw); ++number) {
        if (raw.ends_with('\r')) {
            raw.pop_back();
        }
        IniLine line = line_of_text(raw);
        line.number = number;
        const bool blank = line.kind == IniLine::Kind::key && line.name.empty();
        if (!blank) {
            lines.push_back(line);
        }
        if (line.kind == IniLine::Kind::binary) {
            break;
        }
    }
    return lines;
}

} // namespace paget::config
