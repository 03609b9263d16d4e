#pragma once

#include "paget/agents/cell_type.hpp"
#include "paget/agents/population.hpp"
#include "paget/core/clock.hpp"
#include "paget/fields/substance.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/organ/angiogenesis.hpp"
#include "paget/organ/blood_carriage.hpp"
#include "paget/organ/vessel_flow.hpp"
#include "paget/organ/vessel_network.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::organ
{

/// A diffusing substance in one organ and what vessels and normal tissue do to it.
struct FieldDescription {
    fields::Substance substance;
    double vessel_concentration = 0.0;           ///< in the blood, in the field's unit
    double vessel_permeability_um_per_min = 0.0; ///< flux through the wall per area and difference of concentration; 0
                                                 ///< where blood carries the substance along (then see `carriage`)
    double tissue_uptake_per_min = 0.0;          ///< by normal tissue, first order
    bool start_steady = true;                    ///< start from the quasi-steady state, else from substance.initial
    double tissue_gain_per_min = 0.0;            ///< release by normal tissue [field unit / min]
    double stored_in_matrix = 0.0;               ///< set free in a voxel whose matrix goes from density 1 to 0
    double tissue_margin_um = 0.0;               ///< no normal tissue within this distance of the organ's faces
    BloodCarriage carriage{};                    ///< along flowing vessels
    double leakiness = 1.0;                      ///< of walls without maturity, over that of mature ones
};

/// What one cell of a type does to one field.
struct CellExchange {
    double uptake_per_min = 0.0;             ///< of a cell-filled volume, first order
    agents::ByState secretion_um3_per_min{}; ///< amount per cell and time [field unit * um^3 / min]
    double hypoxia_factor = 1.0;             ///< secretion is multiplied by this in full hypoxia
};

/// Matrix remodelling: degradation = membrane * M-cell fraction + soluble * MMP-2; deposition towards 1.
struct MatrixDescription {
    double initial = 1.0;
    double membrane_per_min = 0.0;           ///< Gamma1, per volume fraction of a voxel filled by a full producer
    double soluble_per_min = 0.0;            ///< Gamma2, per unit of the mmp2 field
    double deposition_per_min = 0.0;         ///< r_w
    agents::ByState producer{0.0, 0.5, 1.0}; ///< relative membrane-bound protease by state
};

/// What rules can listen to in the tissue.
struct TissueSignal {
    enum class Kind : std::uint8_t {
        concentration,   ///< of field `index`
        gradient,        ///< of field `index`: its magnitude
        contact,         ///< with living cells of type `index`
        dead_contact,    ///< with corpses
        vessel_distance, ///< from the cell's centre to the nearest wall; infinite without vessels
        drug,            ///< in the blood; `index` of the case's drugs
        niche,           ///< how ready the organ is for cells to come, 0 to 1
        organ            ///< 1 in organ `index`, else 0
    };
    Kind kind = Kind::concentration;
    std::size_t index = 0;

    friend bool operator==(const TissueSignal&, const TissueSignal&) = default;
};

/// How cells of a type come through the walls of vessels from a blood whose cells of that type nobody counts.
struct Recruitment {
    double rate_per_um2_min = 0.0; ///< per area of flowing vessels' walls, under a full signal
    std::string field = "none";    ///< that calls them; none: always a full signal
    double threshold = 0.0;        ///< of that field: nobody comes below ...
    double saturation = 1.0;       ///< ... all come above, linear between
};

/// How cells of a type sense direction, leave and enter blood vessels.
struct TissueBehaviour {
    agents::ByState intravasation_per_min{}; ///< hazard of living cells within reach of a vessel wall
    double reach_um = 10.0;                  ///< from the cell's surface to the wall
    double cluster_probability = 0.0;        ///< that a touching neighbour comes along
    std::string chemoattractant = "none";    ///< name of a field
    double matrix_gradient_half_per_um = 0.01;
    double gradient_half_per_um = 0.016;    ///< gradient of half the response [field unit / um]
    double matrix_deposition_per_min = 0.0; ///< of a cell-filled volume
    double chemotactic_sensitivity = 0.0;   ///< drift velocity per gradient of the attractant [um^2 / min / field unit]
    double haptotactic_sensitivity_um2_per_min = 0.0; ///< drift velocity per gradient of matrix density
    Recruitment recruitment;
};

/// A cell whose place at the start is given.
struct PlacedFounder {
    Vec3 position_um;
    Vec3 heading;                         ///< unit direction of its first motion, or zero: it turns to one of its own
    std::optional<agents::State> state{}; ///< else drawn by the shares of all founders
};

/// Cells that are there at the start: a ball in the middle of the organ, scattered over it, or each at its place.
struct Founders {
    std::string type;
    std::int64_t count = 0;
    double hybrid_fraction = 0.0;
    double mesenchymal_fraction = 0.0;
    bool in_step = false;                ///< all begin their cycle at the start, else as in an asynchronous culture
    bool scattered = false;              ///< anywhere in the organ, else in a ball
    std::vector<PlacedFounder> placed{}; ///< as many as `count`, or none
};

/// What becomes of cells that arrive.
struct Soil {
    double colonise = 0.1;     ///< probability to grow at once
    double dormant = 0.5;      ///< probability to fall asleep, of those that do not
    double wake_per_min = 0.0; ///< hazard of waking
};

/// A niche that a tumour elsewhere prepares before its first cell arrives (Kaplan et al. 2005). Its readiness n, 0 to
/// 1, follows dn/dt = preparation * N/(half_cells + N) * (1 - n) - loss * n with the N living cells of that tumour's
/// organ.
struct Niche {
    OrganId prepared_by = OrganId::none; ///< none: there is no niche
    double preparation_per_min = 0.0;
    double loss_per_min = 0.0;
    double half_cells = 1.0;
    double gain = 0.0; ///< a ready niche multiplies extravasation and colonisation by 1 + gain
};

/// One organ as the case describes it. Plain data; made without communication.
struct OrganDescription {
    std::string name;
    mesh::Grid grid;
    std::vector<FieldDescription> fields; ///< in the order of the case's [field.*] sections, the same in all organs
    MatrixDescription matrix;
    VesselNetwork vessels;
    FlowDescription flow; ///< of blood through the vessels
    Angiogenesis angiogenesis;
    std::vector<Founders> founders;
    Soil soil;
    Niche niche;
    Vec3 scene_origin_um; ///< where pictures put the organ's corner
};

/// What all organs share.
struct TissueDescription {
    std::vector<agents::CellType> types;
    std::vector<std::vector<CellExchange>> exchange; ///< [type][field]
    std::vector<TissueBehaviour> behaviour;          ///< [type]
    std::vector<TissueSignal> signals;               ///< that rules listen to
    bool open = false; ///< cells are killed by others, recruited, or leave: ledgers and outputs tell of it
    double mmHg_per_oxygen_unit = 1.0; ///< cells sense oxygen in mmHg, whatever the field is held in
    double mechanics_step_min = 0.1;
    double mechanics_tolerance_um = 0.0;
    double skin_um = 6.0;
    agents::KernelChoice kernels = agents::KernelChoice::automatic;
    Tick idle_step = 60 * ticks_per_minute; ///< longest step of the fields of an organ without cells
};

/// Adds the keys `organ.*`, `field.*`, `matrix.*`, `mechanics.*` and the tissue part of `cell.*`.
void declare_parameters(config::Catalogue& catalogue);

/// All signals and behaviours that rules of a case can name, with units and meanings, as lines of text.
std::string rule_words(config::Case& description);

/// Cell types with their exchange and behaviour in tissue; problems are noted in the case.
TissueDescription read_tissue(config::Case& description);

/// Where the cells at the begin of a run come from.
enum class FirstCells : std::uint8_t { founders, saved_state };

/// All organs of the case, in its order. `seed` keys the vessel generator; problems are noted in the case. Tables of
/// founders are read only for cells that come from there; then the case gets their number, for those who go on.
std::vector<OrganDescription> read_organs(config::Case& description, const TissueDescription& tissue,
                                          std::uint64_t seed, FirstCells first_cells = FirstCells::founders);

} // namespace paget::organ
