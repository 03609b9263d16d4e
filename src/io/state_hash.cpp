#include "paget/io/state_hash.hpp"

#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"
#include "paget/io/checksum.hpp"

namespace paget::io
{

void StateHash::begin_column(const std::string& path, std::uint64_t, Column)
{
    const bool is_new = local_.emplace(path, 0).second;
    ensure(is_new, "a state's pieces need paths of their own");
}

void StateHash::write_part(const std::string& path, std::uint64_t first, Column mine)
{
    local_.at(path) += column_checksum(path, first, mine);
}

void StateHash::end_column(const std::string&) {}

void StateHash::write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                            std::span<const double> mine)
{
    const bool is_new = local_.emplace(path, field_checksum(path, grid, box, mine)).second;
    ensure(is_new, "a state's pieces need paths of their own");
}

void StateHash::write_attribute(const std::string& path, const std::string& name, const Attribute& value)
{
    const bool is_new = common_.emplace(attribute_path(path, name), attribute_checksum(value)).second;
    ensure(is_new, "a state's pieces need paths of their own");
}

std::map<std::string, std::uint64_t> StateHash::pieces() const
{
    std::map<std::string, std::uint64_t> all = common_;
    for (const auto& [path, share] : local_) {
        all.emplace(path, world_->sum_modulo(share));
    }
    return all;
}

std::uint64_t StateHash::value() const { return hash_of(pieces()); }

std::uint64_t hash_of(const std::map<std::string, std::uint64_t>& pieces)
{
    std::uint64_t hash = 0;
    for (const auto& [path, checksum] : pieces) {
        hash = mix64(mix64(hash ^ hash_text(path)) ^ checksum);
    }
    return hash;
}

} // namespace paget::io
