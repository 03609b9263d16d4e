#pragma once

#include "paget/core/ids.hpp"

#include <cstdint>
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

/// What enters a bed: arterial blood, the venous blood (the lung; portal inflow comes from beds that drain here), or
/// lymph (lymph nodes).
enum class Inflow { arteries, veins, lymph };

/// A capillary bed or a lymph node: of a resolved organ (a piece of tissue is simulated) or a lumped one.
struct Bed {
    std::string name;
    OrganId organ = OrganId::none; ///< the resolved organ of the same name, if the case has one
    Inflow inflow = Inflow::arteries;
    double flow_share = 0.0; ///< of the arterial flow; normalised over the beds fed by arteries
    Vessel drains_to;
    double capture_single = 0.1;  ///< probability that a single cell arrests in one pass
    double capture_cluster = 0.1; ///< likewise for a cluster
    double extravasation_factor = 1.0;
    double transit_min = 0.05; ///< time to pass
    double il6_gain = 0.0;     ///< recruitment by IL-6: capture p becomes 1 - (1-p)^a with a =
    double il8_gain = 0.0;     ///< 1 + il6_gain I/(half+I) * response + the same for IL-8 (Kim et al. 2009)
    bool infiltration_needs_mmp1_fscn1 = false; ///< extravasation is multiplied by MMP1 * FSCN1 of the cell
    std::vector<OrganId> lymph_of;              ///< organs whose lymph enters it, if it is fed by lymph
    double lymph_share = 0.0; ///< probability that what its organ sheds leaves by lymph, not by what the bed drains to
};

/// Beds and how blood and lymph flow between them. The same on all ranks.
class VascularGraph
{
public:
    /// Throws InputError if shares do not sum to a positive number, if drains form a loop, if no bed receives the
    /// venous blood, or if lymph has nowhere to go.
    explicit VascularGraph(std::vector<Bed> beds, double veins_min, double arteries_min);

    const std::vector<Bed>& beds() const { return beds_; }
    const Bed& bed(int index) const { return beds_[static_cast<std::size_t>(index)]; }
    std::optional<int> find(const std::string& name) const;
    std::optional<int> bed_of(OrganId organ) const;

    /// The bed that the arteries lead to for a uniform u in (0,1], by flow shares.
    int arterial_destination(double u) const;
    /// The bed that receives the venous blood (the lung).
    int venous_destination() const { return venous_destination_; }
    /// The bed that receives the lymph of an organ, if one does.
    std::optional<int> lymph_destination(OrganId organ) const;
    /// Whether a place of flow (Traveller::location) belongs to the lymph; pools do not.
    bool is_lymph(std::int32_t location) const;
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
