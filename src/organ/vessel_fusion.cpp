#include "vessel_fusion.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Where along a line its point nearest to another point lies.
double nearest_fraction(const Vec3& start_um, const Vec3& way_um, const Vec3& point_um)
{
    const double square = dot(way_um, way_um);
    return square > 0.0 ? std::clamp(dot(point_um - start_um, way_um) / square, 0.0, 1.0) : 0.0;
}

bool apart(double a, double b, double c, double d, double reach)
{
    return std::max(a, b) + reach < std::min(c, d) || std::max(c, d) + reach < std::min(a, b);
}

/// Cheap and on the safe side: no point of the one can be within reach of the other.
bool far_apart(const Vec3& start_um, const Vec3& end_um, const Segment& other, double reach_um)
{
    return apart(start_um.x, end_um.x, other.start_um.x, other.end_um.x, reach_um) ||
           apart(start_um.y, end_um.y, other.start_um.y, other.end_um.y, reach_um) ||
           apart(start_um.z, end_um.z, other.start_um.z, other.end_um.z, reach_um);
}
} // namespace

/// The lines' own nearest points if both lie within; else an end of one of them is nearest to the other line.
ClosestPoints closest_points(const Vec3& start_um, const Vec3& end_um, const Vec3& other_start_um,
                             const Vec3& other_end_um)
{
    const Vec3 d1 = end_um - start_um;
    const Vec3 d2 = other_end_um - other_start_um;
    const Vec3 gap = start_um - other_start_um;
    const double a = dot(d1, d1);
    const double b = dot(d1, d2);
    const double e = dot(d2, d2);
    const double determinant = a * e - b * b;
    double s =
        determinant > 1e-12 * a * e ? std::clamp((b * dot(d2, gap) - e * dot(d1, gap)) / determinant, 0.0, 1.0) : 0.0;
    const double t = nearest_fraction(other_start_um, d2, start_um + s * d1);
    s = nearest_fraction(start_um, d1, other_start_um + t * d2);
    return {s, t, norm(start_um + s * d1 - (other_start_um + t * d2))};
}

Meeting nearest_vessel(const VesselNetwork& network, const Vec3& start_um, const Vec3& end_um, double reach_um,
                       const std::function<bool(std::size_t)>& counts)
{
    Meeting best;
    for (std::size_t i = 0; i < network.segments.size(); ++i) {
        const Segment& segment = network.segments[i];
        const double within_um = reach_um + segment.radius_um;
        if (far_apart(start_um, end_um, segment, within_um) || !counts(i)) {
            continue;
        }
        const ClosestPoints points = closest_points(start_um, end_um, segment.start_um, segment.end_um);
        if (points.distance_um <= within_um && (best.segment < 0 || points.distance_um < best.distance_um)) {
            best = {static_cast<std::int32_t>(i), points.on_second, points.distance_um};
        }
    }
    return best;
}

} // namespace paget::organ
