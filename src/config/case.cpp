#include "paget/config/case.hpp"

#include "check.hpp"
#include "entries.hpp"
#include "includes.hpp"
#include "ini.hpp"
#include "key.hpp"
#include "lookup.hpp"
#include "names.hpp"
#include "paget/core/error.hpp"
#include "problems.hpp"
#include "resolved.hpp"
#include "text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace paget::config
{

struct Case::Impl {
    explicit Impl(const Catalogue& known) : catalogue(known) {}

    const Catalogue& catalogue;
    Entries entries;
    ProblemList problems{entries};
    ProblemList warnings{entries};
    std::set<std::string> read; ///< keys that the program asked for
    std::string folder;
    Includes includes;
    bool file_unread = false;
    bool names_are_clear = true; ///< no name is also a word of keys
    int section = -1;            ///< index of the section that is being read
    bool section_known = true;   ///< false below a header that says nothing

    void read_lines(const std::string& text, const std::string& name);
    void take(const IniLine& line, const Origin& origin);
    void include(const std::string& file, const Origin& origin);
    void take_key(const IniLine& line, const Origin& origin);
    void add(Entry entry);
    Value value_of(const std::string& key, std::initializer_list<Kind> kinds);
    Origin origin_of(const std::string& key) const;
};

namespace
{
Value nothing_of(Kind kind)
{
    switch (kind) {
    case Kind::real:
        return 0.0;
    case Kind::integer:
        return std::int64_t{0};
    case Kind::flag:
        return false;
    case Kind::names:
        return std::vector<std::string>{};
    case Kind::text:
    case Kind::choice:
        break;
    }
    return std::string{};
}

constexpr const char* not_text_message =
    "the line holds bytes that are not text (a case file is UTF-8). Save the file as UTF-8, or write 'um' for a micro "
    "sign.";
constexpr const char* binary_message = "the file is not text from here on (it holds a zero byte, as binary files and "
                                       "UTF-16 do). Name a case file, saved as "
                                       "UTF-8.";
} // namespace

void Case::Impl::read_lines(const std::string& text, const std::string& name)
{
    entries.open_file(name);
    includes.enter(name);
    if (includes.depth() == 0) {
        folder = std::filesystem::path(name).parent_path().string();
    }
    section = -1;
    section_known = true;
    for (const IniLine& line : read_ini(text)) {
        take(line, {.file = name, .line = line.number});
    }
    includes.leave();
}

/// The file's keys count as if they stood here, but those of the including file win. It is read once, however often it
/// is named; again only if it stands nearer to the case now, so that the order of includes does not matter.
void Case::Impl::include(const std::string& file, const Origin& origin)
{
    const std::string path = includes.path_of(file);
    std::string problem = includes.problem_of(file);
    if (problem.empty() && !includes.was_read(path)) {
        const TextFile content = read_text_file(path);
        problem = content.problem;
        if (problem.empty()) {
            read_lines(content.text, path);
            section = -1; // includes stand above all sections
            section_known = true;
        }
    }
    if (!problem.empty()) {
        file_unread = true;
        problems.note(origin, "include", fmt::format("'{}': {}", path, problem));
    }
}

void Case::Impl::take(const IniLine& line, const Origin& origin)
{
    switch (line.kind) {
    case IniLine::Kind::broken_section:
        problems.note(origin, "",
                      fmt::format("'{}' is not a section header (the keys below it would have no section). Write {}.",
                                  line.text, line.name.empty() ? "'[kind.name]'" : fmt::format("'[{}]'", line.name)));
        [[fallthrough]];
    case IniLine::Kind::section:
        section_known = !line.name.empty();
        if (section_known) {
            section = static_cast<int>(entries.sections().size());
            entries.add(Section{.name = line.name, .origin = origin});
        }
        break;
    case IniLine::Kind::key:
        take_key(line, origin);
        break;
    case IniLine::Kind::not_understood:
        problems.note(origin, "",
                      fmt::format("'{}' is not understood (a line is a [section], 'key = value' or a comment). Write "
                                  "'key = value', or put '#' before it.",
                                  line.text));
        break;
    case IniLine::Kind::not_text:
        problems.note(origin, "", not_text_message);
        break;
    case IniLine::Kind::binary:
        problems.note(origin, "", binary_message);
        break;
    }
}

void Case::Impl::take_key(const IniLine& line, const Origin& origin)
{
    if (section_known && line.name == "include") {
        if (section < 0) {
            include(line.text, origin);
        } else {
            problems.note(origin, "include",
                          fmt::format("stands in section [{}] (all that follows belongs to that section). Put it above "
                                      "the first section of the file.",
                                      entries.sections()[static_cast<std::size_t>(section)].name));
        }
    } else if (section_known) {
        const std::string prefix = section < 0 ? "" : entries.sections()[static_cast<std::size_t>(section)].name + ".";
        add({.key = prefix + line.name,
             .text = line.text,
             .origin = origin,
             .section = section,
             .depth = includes.depth()});
    }
}

void Case::Impl::add(Entry entry)
{
    const Origin origin = entry.origin;
    const std::string key = entry.key;
    const Entry* earlier = entries.add(std::move(entry));
    if (earlier == nullptr) {
        return;
    }
    const std::string where = origin.file.empty() ? "on the command line"
                                                  : fmt::format("at {} and {}", earlier->origin.text(), origin.text());
    problems.note(origin, key, fmt::format("given twice, {} (only one value can hold). Remove one of them.", where));
}

/// Notes what is wrong on the way; the default, or nothing of the kind, stands in for what cannot be used.
Value Case::Impl::value_of(const std::string& key, std::initializer_list<Kind> kinds)
{
    const auto links = inheritance(catalogue, key);
    const Kind kind = links.front().parameter->kind;
    ensure(std::find(kinds.begin(), kinds.end(), kind) != kinds.end(),
           "a parameter is read as another kind than it is");
    bool refused = false;
    for (const Link& link : links) {
        read.insert(link.key);
        if (const Entry* entry = entries.find(link.key)) {
            const Reading reading = read_value(*link.parameter, entry->text, catalogue.units());
            if (reading.value) {
                break;
            }
            problems.note(entry->origin, link.key, reading.problem);
            refused = true;
        }
    }
    if (const auto value = value_along(links, 0, entries, catalogue.units())) {
        return *value;
    }
    if (!refused) {
        note_missing(*links.back().parameter, links.back().key, entries, problems);
    }
    return nothing_of(kind);
}

Case::Case(const Catalogue& catalogue) : impl_(std::make_unique<Impl>(catalogue)) { validate_fallbacks(catalogue); }
Case::~Case() = default;
Case::Case(Case&&) noexcept = default;
Case& Case::operator=(Case&&) noexcept = default;

void Case::read_file(const std::string& path)
{
    const TextFile file = read_text_file(path);
    const std::string name = path.empty() ? "(no file name)" : path;
    impl_->read_lines(file.text, name);
    if (!file.problem.empty()) {
        impl_->file_unread = true;
        impl_->problems.note({.file = name, .line = 0}, "", file.problem);
    }
}

void Case::read_text(const std::string& text, const std::string& name) { impl_->read_lines(text, name); }

void Case::set_from_command_line(const std::string& key, const std::string& value)
{
    impl_->add({.key = key, .text = value, .origin = {}, .section = -1});
}

void Case::check()
{
    impl_->names_are_clear = check_entries(impl_->catalogue, impl_->entries, impl_->problems);
    if (!impl_->file_unread) { // else everything would be missing
        check_required(impl_->catalogue, impl_->entries, impl_->problems);
    }
}

bool Case::names_are_clear() const { return impl_->names_are_clear; }

bool Case::given(const std::string& key) const
{
    ensure(impl_->catalogue.find(key) != nullptr, "a key is asked for that no parameter of the catalogue describes");
    return impl_->entries.find(key) != nullptr;
}

bool Case::differs_from_default(const std::string& key) const
{
    const auto links = inheritance(impl_->catalogue, key);
    const auto value = value_along(links, 0, impl_->entries, impl_->catalogue.units());
    const auto otherwise = links.size() > 1 ? value_along(links, 1, impl_->entries, impl_->catalogue.units())
                                            : value_along(links, 0, Entries{}, impl_->catalogue.units());
    return given(key) && value && value != otherwise;
}

bool Case::replaces_nothing(const std::string& key) const
{
    return given_once(key) && (impl_->entries.find(key)->origin.file.empty() || impl_->entries.files().size() > 1);
}

bool Case::given_once(const std::string& key) const
{
    return std::ranges::count(impl_->entries.all(), key, &Entry::key) == 1;
}

double Case::real(const std::string& key) const { return std::get<double>(impl_->value_of(key, {Kind::real})); }

std::int64_t Case::integer(const std::string& key) const
{
    return std::get<std::int64_t>(impl_->value_of(key, {Kind::integer}));
}

bool Case::flag(const std::string& key) const { return std::get<bool>(impl_->value_of(key, {Kind::flag})); }

std::string Case::text(const std::string& key) const
{
    return std::get<std::string>(impl_->value_of(key, {Kind::text, Kind::choice}));
}

std::vector<std::string> Case::names(const std::string& key) const
{
    return std::get<std::vector<std::string>>(impl_->value_of(key, {Kind::names}));
}

std::vector<std::string> Case::declared(const std::string& kind) const
{
    return declared_names(impl_->catalogue, impl_->entries).of(kind);
}

std::string Case::folder() const { return impl_->folder; }

void Case::replace(const std::string& key, const std::string& value, const Origin& origin)
{
    impl_->entries.replace(key, value, origin);
}

/// Where the value of a key is written: the key itself, or the nearest of those from which it inherits.
Origin Case::Impl::origin_of(const std::string& key) const
{
    if (catalogue.find(key) != nullptr) { // else it is a section, or a part of a key
        for (const Link& link : inheritance(catalogue, key)) {
            if (entries.find(link.key) != nullptr) {
                return entries.nearest_origin(link.key);
            }
        }
    }
    return entries.nearest_origin(key);
}

void Case::report(const std::string& key, const std::string& message)
{
    impl_->problems.note(impl_->origin_of(key), key, message);
}

const std::vector<Problem>& Case::problems() const { return impl_->problems.all(); }

void Case::warn(const std::string& key, const std::string& message)
{
    impl_->warnings.note(impl_->origin_of(key), key, message);
}

std::vector<std::string> Case::warnings() const
{
    std::vector<std::string> lines;
    for (const Problem& warning : impl_->warnings.all()) {
        lines.push_back(text_of(warning));
    }
    return lines;
}

void Case::throw_if_problems() const
{
    if (!impl_->problems.all().empty()) {
        throw InputError(impl_->problems.text());
    }
}

std::string Case::resolved() const { return resolved_text(impl_->catalogue, impl_->entries, impl_->read); }

} // namespace paget::config
