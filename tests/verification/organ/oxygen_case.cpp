#include "oxygen_case.hpp"

#include "support/field_case.hpp"

#include "paget/app/command_line.hpp"
#include "paget/core/superaccumulator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>

namespace paget::test
{
namespace
{
std::unique_ptr<app::LoadedCase> load(const std::string& file, const std::map<std::string, std::string>& keys)
{
    app::CommandLine line;
    line.subject = std::string(PAGET_INPUTS) + "/" + file;
    line.keys.assign(keys.begin(), keys.end());
    return std::make_unique<app::LoadedCase>(app::load_case(line, app::read_case_text(line.subject)));
}

/// Sum of f(voxel, value) over voxels in tissue, and how many these are.
struct Sum {
    double sum = 0.0;
    std::int64_t voxels = 0;
};

Sum sum_over_tissue(const organ::Organ& organ, const std::function<double(double)>& f)
{
    const mesh::Grid& grid = organ.description().grid;
    const double margin_um = organ.description().fields[0].tissue_margin_um;
    const Vec3 end_um = grid.extent_um();
    const auto& field = organ.fields()[0].concentration();
    SuperAccumulator sum;
    std::int64_t voxels = 0;
    testing_fields::for_voxels(field.box(), [&](const mesh::Index3& v) {
        const Vec3 p = grid.centre_um(v);
        const double depth_um = std::min({p.x, p.y, p.z, end_um.x - p.x, end_um.y - p.y, end_um.z - p.z});
        if (depth_um >= margin_um) {
            sum.add(f(field.at(v)));
            ++voxels;
        }
    });
    organ.communicator().sum(sum);
    return {sum.round(), organ.communicator().sum(voxels)};
}

struct PointValue {
    std::int64_t index = 0;
    double value = 0.0;
};

double interpolated(const mesh::Grid& grid, const fields::Concentration& field, const Vec3& p)
{
    const std::array<double, 3> at{p.x, p.y, p.z};
    mesh::Index3 low{};
    std::array<double, 3> share{};
    for (std::size_t a = 0; a < 3; ++a) {
        const double place = at[a] / grid.spacing_um[a] - 0.5;
        low[a] = static_cast<int>(std::floor(place));
        share[a] = place - low[a];
    }
    double value = 0.0;
    for (unsigned corner = 0; corner < 8; ++corner) {
        mesh::Index3 voxel = low;
        double weight = 1.0;
        for (std::size_t a = 0; a < 3; ++a) {
            const bool up = ((corner >> a) & 1U) == 1;
            voxel[a] += up ? 1 : 0;
            weight *= up ? share[a] : 1.0 - share[a];
        }
        value += weight * field.at(voxel);
    }
    return value;
}
} // namespace

bool measured_networks_are_here() { return std::filesystem::is_directory(PAGET_MEASURED_VESSELS); }

OxygenCase::OxygenCase(const std::string& file, const std::map<std::string, std::string>& keys,
                       const parallel::Communicator& world)
    : case_(load(file, keys)),
      body_(std::make_unique<body::Body>(case_->body, world))
{
}

double OxygenCase::consumed() const
{
    const organ::FieldDescription& field = organ().description().fields[0];
    const double half = field.substance.half_saturation;
    const Sum sum =
        sum_over_tissue(organ(), [&](double u) { return field.tissue_uptake_per_min * u / (1.0 + u / half); });
    return sum.sum * organ().description().grid.voxel_volume_um3();
}

double OxygenCase::mean_in_tissue() const
{
    const Sum sum = sum_over_tissue(organ(), [](double u) { return u; });
    return sum.sum / static_cast<double>(sum.voxels);
}

std::vector<double> OxygenCase::at(const std::vector<Vec3>& points_um) const
{
    const mesh::Grid& grid = organ().description().grid;
    const auto& field = organ().fields()[0].concentration();
    std::vector<PointValue> mine;
    for (std::size_t i = 0; i < points_um.size(); ++i) {
        if (field.box().contains(grid.voxel_at(points_um[i]))) {
            mine.push_back({static_cast<std::int64_t>(i), interpolated(grid, field, points_um[i])});
        }
    }
    std::vector<double> values(points_um.size());
    for (const PointValue& point : organ().communicator().all_gather(std::span<const PointValue>(mine))) {
        values[static_cast<std::size_t>(point.index)] = point.value;
    }
    return values;
}

PublishedOxygen read_published_oxygen(const Vec3& organ_um)
{
    const Vec3 corner_um = 0.5 * (organ_um - Vec3{150.0, 160.0, 140.0});
    std::ifstream file(std::string(PAGET_MEASURED_VESSELS) + "/rat-cerebral-cortex-po2.csv");
    PublishedOxygen published;
    std::string heading;
    std::getline(file, heading);
    Vec3 p;
    double mmhg = 0.0;
    char comma = ',';
    while (file >> p.x >> comma >> p.y >> comma >> p.z >> comma >> mmhg) {
        published.points_um.push_back(p + corner_um);
        published.mmhg.push_back(mmhg);
    }
    return published;
}

double mean_of(const std::vector<double>& values)
{
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return sum / static_cast<double>(values.size());
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const double mean_a = mean_of(a);
    const double mean_b = mean_of(b);
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - mean_a) * (b[i] - mean_b);
        aa += (a[i] - mean_a) * (a[i] - mean_a);
        bb += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return ab / std::sqrt(aa * bb);
}

} // namespace paget::test
