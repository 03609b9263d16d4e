#include "contacts.hpp"

#include <cmath>
#include <cstdint>

namespace paget::agents
{
namespace
{
constexpr double twelve_close_packed = 0.02729; // sum of (1 - d/R)^2 at 12 neighbours of a close packing
constexpr double scale = 0x1.0p40;

std::int64_t overlap(const Sphere& a, const Sphere& b)
{
    const double gap = 1.0 - norm(a.centre_um - b.centre_um) / (a.radius_um + b.radius_um);
    return std::llround(gap * gap * scale);
}
} // namespace

void measure_pressure(Columns& cells, const BinTable& bins)
{
    std::vector<std::int64_t> sums(cells.size());
    for_each_contact(cells, bins, 1.0,
                     [&](std::uint32_t i, std::uint32_t j) { sums[i] += overlap(cells.sphere[i], cells.sphere[j]); });
    for (std::size_t i = 0; i < sums.size(); ++i) {
        cells.pressure[i] = static_cast<double>(sums[i]) / scale / twelve_close_packed;
    }
}

} // namespace paget::agents
