#pragma once

namespace paget::organ
{

/// Viscosity of blood in a living microvessel over that of plasma: the in vivo law of Pries, Secomb, Gessner,
/// Sperandio, Gross, Gaehtgens 1994 (Circ Res 75:904; constants from memory). Diameters below 3 um, where the law grows
/// without bound, count as 3 um. Local.
double relative_viscosity(double diameter_um, double haematocrit);

/// A vessel that forks: the share of blood that its branch alpha gets, and the diameters.
struct Fork {
    double flow_share = 0.5;
    double feeding_diameter_um = 8.0;
    double alpha_diameter_um = 8.0;
    double beta_diameter_um = 8.0;
    double haematocrit = 0.45; ///< of what comes
};

/// Share of the red cells that goes into branch alpha: Pries, Ley, Claassen, Gaehtgens 1989 (Microvasc Res 38:81), in
/// the form of Pries and Secomb 2005 (constants from memory). No branch gets a haematocrit above 0.95. Local.
double red_cell_share(const Fork& fork);

} // namespace paget::organ
