#pragma once

#include "paget/config/catalogue.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace paget::config
{

/// Where a value came from, for messages: `breast.ini:12` or `command line`.
struct Origin {
    std::string file; ///< empty: the command line
    int line = 0;

    std::string text() const;
};

/// One thing that is wrong with the input.
struct Problem {
    Origin origin;
    std::string key;
    std::string message; ///< `<what> (<why>). <what to do>`
};

/// A description of a run: the values of a case file and of the command line (which wins), over the defaults of the
/// catalogue. Local: no communication. Reading functions convert to the catalogue's unit; a value that cannot be used
/// is noted as a problem (once) and the default is returned, so that all problems of a case are found in one go.
class Case
{
public:
    explicit Case(const Catalogue& catalogue);
    ~Case();
    Case(Case&&) noexcept;
    Case& operator=(Case&&) noexcept;

    /// Reads a case file (INI by Boost.Program_options: sections, `key = value`, `#` comments). Problems are noted,
    /// with their lines; a file that cannot be opened is one. `include = FILE` above all sections reads that file, too,
    /// from the folder of the file in which it stands; what stands nearer to the case wins.
    void read_file(const std::string& path);
    /// Reads INI text as if from a file of that name.
    void read_text(const std::string& text, const std::string& name);
    /// Sets `key` as `--key=value` does.
    void set_from_command_line(const std::string& key, const std::string& value);
    /// To be called when all is read: notes unknown keys (with the nearest known name), names that no section declares,
    /// values of wrong kind, unit or range, and required keys that are missing.
    void check();
    /// Whether check() found no name that is also a word of keys. Else keys may be mistaken for one another: nothing
    /// more is to be read.
    bool names_are_clear() const;

    bool given(const std::string& key) const;
    /// Whether the key is given and its value another than would hold without it. A resolved case gives every key, so
    /// this, and not given(), tells what somebody wants. Texts are compared as they are written.
    bool differs_from_default(const std::string& key) const;
    /// Whether the key is given once only, on the command line or in one of several files: what is meant to replace
    /// something there replaces nothing.
    bool replaces_nothing(const std::string& key) const;
    bool given_once(const std::string& key) const; ///< in all files and on the command line together
    double real(const std::string& key) const;
    std::int64_t integer(const std::string& key) const;
    bool flag(const std::string& key) const;
    std::string text(const std::string& key) const; ///< also for choices
    std::vector<std::string> names(const std::string& key) const;

    /// Names declared by sections `[kind.NAME]` (or by keys `kind.NAME.*` on the command line), in the order of the
    /// file.
    std::vector<std::string> declared(const std::string& kind) const;

    /// Folder of the case file that was read last, also as text of that name (not of a file that it includes), with
    /// which relative paths of other keys are completed ("" if there is none).
    std::string folder() const;

    /// Replaces what was given for a key by what the program made of it (the content of a file for its name, say), so
    /// that resolved() needs nothing else.
    /// `origin`: where it stands, if the key was not given.
    void replace(const std::string& key, const std::string& value, const Origin& origin = {});

    /// Notes a problem with the value of `key` (or with its section, if it is not given).
    void report(const std::string& key, const std::string& message);
    const std::vector<Problem>& problems() const;
    /// Throws InputError with all problems, one per line as `file:line: key: message`, if there are any.
    void throw_if_problems() const;

    /// Notes that the value of `key` does nothing, or surely not what is meant; the case is good all the same.
    void warn(const std::string& key, const std::string& message);
    /// Each once, as `file:line: key: message`, in the order of the input.
    std::vector<std::string> warnings() const;

    /// The resolved case as INI text: every key that was read or given, its value in the catalogue's unit (reals with
    /// all their digits), whether it is the default, and its source as a comment. Reading it again gives the same case.
    std::string resolved() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::config
