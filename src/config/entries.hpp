#pragma once

#include "paget/config/case.hpp"

#include <map>
#include <string>
#include <vector>

namespace paget::config
{

/// A section header of a case file.
struct Section {
    std::string name;
    Origin origin;
};

/// A key that was written, with the text of its value.
struct Entry {
    std::string key;
    std::string text;
    Origin origin;
    int section = -1; ///< index of the section it stands in; -1: none, or the command line
    int depth = 0;    ///< of its file: 0 the case, 1 what that includes, and so on; nearer ones win
};

/// What a user wrote, file by file and then on the command line, before anybody asks what it means.
class Entries
{
public:
    void open_file(const std::string& name);
    void add(Section section);
    /// Adds a key; returns the earlier entry of that key as near to the case (or both on the command line), if there is
    /// one.
    const Entry* add(Entry entry);

    /// Sets the text of a key wherever it was given, or adds it as if on the command line.
    void replace(const std::string& key, const std::string& text, const Origin& origin);

    const std::vector<std::string>& files() const { return files_; }
    const std::vector<Section>& sections() const { return sections_; }
    const std::vector<Entry>& all() const { return entries_; }

    /// The entry that holds for the key (the command line wins), or null.
    const Entry* find(const std::string& key) const;

    /// Where the key is given; else the section it belongs to; else the first file (line 0).
    Origin nearest_origin(const std::string& key) const;

    /// Rank of an origin among all: files in the order of reading, the command line last.
    std::size_t rank(const Origin& origin) const;

private:
    std::vector<std::string> files_;
    std::vector<Section> sections_;
    std::vector<Entry> entries_;
    std::map<std::string, std::size_t> in_files_;
    std::map<std::string, std::size_t> on_command_line_;
};

} // namespace paget::config
