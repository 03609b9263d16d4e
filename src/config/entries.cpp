#include "entries.hpp"

#include <algorithm>

namespace paget::config
{

void Entries::open_file(const std::string& name) { files_.push_back(name); }

void Entries::add(Section section) { sections_.push_back(std::move(section)); }

const Entry* Entries::add(Entry entry)
{
    auto& index = entry.origin.file.empty() ? on_command_line_ : in_files_;
    const auto [place, is_new] = index.try_emplace(entry.key, entries_.size());
    const std::size_t earlier = place->second;
    entries_.push_back(std::move(entry));
    const int depth = entries_.back().depth;
    if (!is_new && depth < entries_[earlier].depth) {
        place->second = entries_.size() - 1;
    }
    return !is_new && depth == entries_[earlier].depth ? &entries_[earlier] : nullptr;
}

void Entries::replace(const std::string& key, const std::string& text, const Origin& origin)
{
    if (find(key) == nullptr) {
        add({.key = key, .text = text, .origin = origin, .section = -1});
    }
    for (const auto* index : {&on_command_line_, &in_files_}) {
        if (const auto found = index->find(key); found != index->end()) {
            entries_[found->second].text = text;
        }
    }
}

const Entry* Entries::find(const std::string& key) const
{
    for (const auto* index : {&on_command_line_, &in_files_}) {
        const auto found = index->find(key);
        if (found != index->end()) {
            return &entries_[found->second];
        }
    }
    return nullptr;
}

Origin Entries::nearest_origin(const std::string& key) const
{
    if (const Entry* entry = find(key)) {
        return entry->origin;
    }
    const Section* nearest = nullptr;
    for (const Section& section : sections_) {
        const bool holds_key = key == section.name || key.starts_with(section.name + ".");
        if (holds_key && (nearest == nullptr || section.name.size() > nearest->name.size())) {
            nearest = &section;
        }
    }
    if (nearest != nullptr) {
        return nearest->origin;
    }
    return {files_.empty() ? std::string{} : files_.front(), 0};
}

std::size_t Entries::rank(const Origin& origin) const
{
    return origin.file.empty() ? files_.size()
                               : static_cast<std::size_t>(std::ranges::find(files_, origin.file) - files_.begin());
}

} // namespace paget::config
