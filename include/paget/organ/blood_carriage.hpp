#pragma once

#include <vector>

namespace paget::organ
{

/// What a vessel wall of one diameter lets through: blood - wall = resistance * (amount per length and time).
struct WallResistance {
    double diameter_um = 0.0;
    double min_per_um2 = 0.0; ///< with amounts in the field's unit times um^3 of tissue
};

/// How blood carries a substance along vessels. What a volume of blood with haematocrit H holds at concentration (or
/// partial pressure) p is blood_solubility p + H binding_capacity p^n / (p^n + binding_half^n), what a volume of tissue
/// holds is tissue_solubility p.
struct BloodCarriage {
    bool carried = false; ///< else the blood has one concentration everywhere
    double tissue_solubility = 1.0;
    double blood_solubility = 1.0;
    double binding_capacity = 0.0; ///< of red cells
    double binding_half = 0.0;
    double binding_hill = 1.0;
    std::vector<WallResistance> walls{}; ///< by ascending diameter; empty: permeability
    double permeability_um_per_min = 0.0;
    double leakiness = 1.0;     ///< of walls without maturity, over that of mature ones
    double inflow = 0.0;        ///< concentration in the blood that comes in, where the file says nothing of it
    double unit_per_mmhg = 0.0; ///< above 0: the file's oxygen at boundary nodes, in the field's unit, is what comes in

    /// Resistance of the wall of a vessel [min/um^2]: linear between the diameters of the table, constant outside; or 1
    /// / (pi diameter permeability). Local.
    double wall_min_per_um2(double diameter_um) const;
};

} // namespace paget::organ
