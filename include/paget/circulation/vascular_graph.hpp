#pragma once

#include "paget/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::circulation
{

/// Where the blood of a bed comes from or goes to: the venous pool (veins and right heart), the arterial pool (left
/// heart and arteries), or another bed (the liver receives the gut's portal blood).
struct Vessel {
    enum class Kind { veins, arteries, bed };
    Kind kind = Kind::veins;
    int bed = -1; ///< index of the bed if kind is bed

    friend bool operator==(const Vessel&, const Vessel&) = default;
};

/// A capillary bed: of a resolved organ (a piece of tissue is simulated) or a lumped one.
struct Bed {
    std::string name;
    OrganId organ = OrganId::none; ///< the resolved organ of the same name, if the case has one
    bool from_arteries = true;     ///< else from the venous pool (lung); portal inflow comes from beds that drain here
    double flow_share = 0.0;       ///< of the arterial flow; normalised over the beds fed by arteries
    Vessel drains_to;
    double capture_single = 0.1;  ///< probability that a single cell arrests in one pass
    double capture_cluster = 0.1; ///< likewise for a cluster
    double extravasation_factor = 1.0;
    double transit_min = 0.05; ///< time to pass
    double il6_gain = 0.0;     ///< recruitment by IL-6: capture p becomes 1 - (1-p)^a with a =
    double il8_gain = 0.0;     ///< 1 + il6_gain I/(half+I) * response + the same for IL-8 (Kim et al. 2009)
    bool infiltration_needs_mmp1_fscn1 = false; ///< extravasation is multiplied by MMP1 * FSCN1 of the cell
};

/// Beds and how blood flows between them. The same on all ranks.
class VascularGraph
{
public:
    /// Throws InputError if shares do not sum to a positive number, if drains form a loop, or if no bed receives the
    /// venous blood.
    explicit VascularGraph(std::vector<Bed> beds, double veins_min, double arteries_min);

    const std::vector<Bed>& beds() const { return beds_; }
    const Bed& bed(int index) const { return beds_[static_cast<std::size_t>(index)]; }
    std::optional<int> find(const std::string& name) const;
    std::optional<int> bed_of(OrganId organ) const;

    /// The bed that the arteries lead to for a uniform u in (0,1], by flow shares.
    int arterial_destination(double u) const;
    /// The bed that receives the venous blood (the lung).
    int venous_destination() const { return venous_destination_; }
    double veins_min() const { return veins_min_; }
    double arteries_min() const { return arteries_min_; }

private:
    std::vector<Bed> beds_;
    std::vector<double> cumulative_share_;
    int venous_destination_ = -1;
    double veins_min_;
    double arteries_min_;
};

} // namespace paget::circulation
