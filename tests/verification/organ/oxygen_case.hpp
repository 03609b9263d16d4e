#pragma once

#include "paget/app/loaded_case.hpp"
#include "paget/body/body.hpp"
#include "paget/parallel/communicator.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace paget::test
{

/// True if the measured networks lie where the cases name them.
bool measured_networks_are_here();

/// The only organ of a case in inputs/, in its steady state. Collective.
class OxygenCase
{
public:
    OxygenCase(const std::string& file, const std::map<std::string, std::string>& keys,
               const parallel::Communicator& world);

    const organ::Organ& organ() const { return *body_->organ(OrganId{0}); }
    const organ::SupplyReport& supply() const { return organ().carried(0)->supply(); }

    /// What normal tissue consumes, in the supply's unit, from the field's values alone. Collective.
    double consumed() const;

    /// Values at points, by linear interpolation between the centres of voxels. Collective.
    std::vector<double> at(const std::vector<Vec3>& points_um) const;

    /// Mean over the voxels whose centres lie in tissue. Collective.
    double mean_in_tissue() const;

private:
    std::unique_ptr<app::LoadedCase> case_;
    std::unique_ptr<body::Body> body_;
};

/// The values of the method of Secomb et al. 2004 for the cortex, and where they are in an organ around the box.
struct PublishedOxygen {
    std::vector<Vec3> points_um;
    std::vector<double> mmhg;
};

PublishedOxygen read_published_oxygen(const Vec3& organ_um);

double mean_of(const std::vector<double>& values);
double correlation(const std::vector<double>& a, const std::vector<double>& b);

} // namespace paget::test
