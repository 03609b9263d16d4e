#include "scene.hpp"

#include <algorithm>

namespace paget::output
{
namespace
{
bool overlap(double a, double a_length, double b, double b_length) { return a < b + b_length && b < a + a_length; }

bool overlap(const organ::OrganDescription& a, const organ::OrganDescription& b)
{
    const Vec3 from_a = a.scene_origin_um;
    const Vec3 from_b = b.scene_origin_um;
    const Vec3 of_a = a.grid.extent_um();
    const Vec3 of_b = b.grid.extent_um();
    return overlap(from_a.x, of_a.x, from_b.x, of_b.x) && overlap(from_a.y, of_a.y, from_b.y, of_b.y) &&
           overlap(from_a.z, of_a.z, from_b.z, of_b.z);
}

bool any_overlap(const std::vector<organ::OrganDescription>& organs)
{
    for (std::size_t i = 0; i < organs.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (overlap(organs[i], organs[j])) {
                return true;
            }
        }
    }
    return false;
}

std::vector<Vec3> in_a_row(const std::vector<organ::OrganDescription>& organs)
{
    double widest_um = 0.0;
    for (const auto& organ : organs) {
        widest_um = std::max(widest_um, organ.grid.extent_um().x);
    }
    std::vector<Vec3> origins;
    double x_um = 0.0;
    for (const auto& organ : organs) {
        origins.push_back({x_um, 0.0, 0.0});
        x_um += organ.grid.extent_um().x + 0.25 * widest_um;
    }
    return origins;
}
} // namespace

std::vector<Vec3> scene_origins(const body::BodyDescription& body)
{
    if (any_overlap(body.organs)) {
        return in_a_row(body.organs);
    }
    std::vector<Vec3> origins;
    for (const auto& organ : body.organs) {
        origins.push_back(organ.scene_origin_um);
    }
    return origins;
}

} // namespace paget::output
