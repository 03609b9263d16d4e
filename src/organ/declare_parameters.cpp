#include "paget/organ/description.hpp"

#include "angiogenesis_keys.hpp"
#include "blood_flow_keys.hpp"

#include "paget/config/catalogue.hpp"

#include <limits>

namespace paget::organ
{
namespace
{
using config::Catalogue;
using config::Kind;
using config::Parameter;

constexpr double unlimited = std::numeric_limits<double>::infinity();

void real(Catalogue& catalogue, std::string pattern, std::string unit, std::string value, double lowest, double highest,
          std::string meaning, std::string source, std::string fallback = {})
{
    Parameter p;
    p.pattern = std::move(pattern);
    p.unit = std::move(unit);
    if (fallback.empty()) {
        p.default_text = std::move(value);
    }
    p.lowest = lowest;
    p.highest = highest;
    p.meaning = std::move(meaning);
    p.source = std::move(source);
    p.fallback = std::move(fallback);
    catalogue.add(std::move(p));
}

void words(Catalogue& catalogue, Kind kind, std::string pattern, std::optional<std::string> value, std::string meaning,
           std::string source, std::string fallback = {}, std::vector<std::string> choices = {})
{
    Parameter p;
    p.pattern = std::move(pattern);
    p.kind = kind;
    p.default_text = std::move(value);
    p.choices = std::move(choices);
    p.meaning = std::move(meaning);
    p.source = std::move(source);
    p.fallback = std::move(fallback);
    catalogue.add(std::move(p));
}

/// A key of [field.<field>] that every organ may set differently as `<field>.<key>` in its own section.
void field_real(Catalogue& c, const std::string& key, const std::string& unit, const std::string& value, double lowest,
                double highest, const std::string& meaning, const std::string& source)
{
    real(c, "field.<field>." + key, unit, value, lowest, highest, meaning, source);
    real(c, "organ.<organ>.<field>." + key, unit, {}, lowest, highest, meaning + " In this organ.", source,
         "field.<field>." + key);
}

void field_words(Catalogue& c, Kind kind, const std::string& key, const std::string& value, const std::string& meaning,
                 const std::string& source, const std::vector<std::string>& choices = {})
{
    words(c, kind, "field.<field>." + key, value, meaning, source, {}, choices);
    words(c, kind, "organ.<organ>.<field>." + key, std::nullopt, meaning + " In this organ.", source,
          "field.<field>." + key, choices);
}

void declare_fields(Catalogue& c)
{
    words(c, Kind::text, "field.<field>.unit", "1", "Unit in which the field is held and written, e.g. mmHg or ng/ml.",
          "assumption");
    field_real(c, "diffusivity", "um^2/min", "1e5 um^2/min", 0.0, 1e7,
               "Diffusion coefficient in tissue. The default is oxygen's.", "PhysiCell 1.14.2 (oxygen)");
    field_real(c, "decay", "1/min", "0 1/min", 0.0, unlimited, "First-order decay everywhere.", "assumption");
    field_words(c, Kind::text, "initial", "0", "Value at the start, with the field's unit, where start is uniform.",
                "assumption");
    field_words(c, Kind::choice, "start", "steady",
                "Start from the quasi-steady state of the founders' tissue, or from the initial value everywhere.",
                "assumption", {"steady", "uniform"});
    field_words(c, Kind::choice, "walls", "no_flux",
                "Condition on all faces of the organ's box: no flux, or held at wall_value.", "assumption",
                {"no_flux", "held"});
    field_words(c, Kind::text, "wall_value", "0", "Value at held walls, with the field's unit.", "assumption");
    for (const char* face : {"x_low", "x_high", "y_low", "y_high", "z_low", "z_high"}) {
        words(c, Kind::choice, std::string("organ.<organ>.<field>.wall.") + face, std::nullopt,
              std::string("Condition on the face ") + face + " of the organ's box.", "assumption",
              "organ.<organ>.<field>.walls", {"no_flux", "held"});
    }
}

void declare_exchange_of_fields(Catalogue& c)
{
    field_words(c, Kind::text, "blood", "0", "Concentration in the blood of vessels, with the field's unit.",
                "assumption");
    field_real(c, "permeability", "um/min", "0 um/min", 0.0, 1e8,
               "Vessel wall: flux per area and difference between blood and tissue.",
               "computed from the wall resistances of Secomb et al. 2004 (Ann Biomed Eng 32:1519) for oxygen");
    field_real(c, "leakiness", "1", "1", 1.0, 1e6,
               "A vessel's wall without maturity (just grown by angiogenesis) lets so many times as much through.",
               "assumption; large molecules leak, oxygen passes any wall");
    field_real(c, "tissue_uptake", "1/min", "0 1/min", 0.0, unlimited, "First-order uptake by normal tissue.",
               "assumption");
    field_words(c, Kind::text, "tissue_release", "0",
                "Release by normal tissue, in the field's unit per minute (e.g. '0.01 ng/ml/min').", "assumption");
    field_words(c, Kind::text, "stored_in_matrix", "0",
                "What matrix of density 1 holds bound and sets free where it is degraded, with the field's unit: the "
                "rise of the concentration if all of it is lost at once.",
                "assumption");
}

void declare_solution_of_fields(Catalogue& c)
{
    field_real(c, "tolerance", "1", "1e-6", 1e-14, 0.1,
               "Error of a solve at which it ends, relative to the solution or to its change over the step.",
               "assumption");
    field_words(
        c, Kind::text, "uptake_half_saturation", "0",
        "Michaelis constant K, with the field's unit: cells and normal tissue take up U c / (1 + c / K), where U "
        "is their uptake. 0: first order.",
        "for oxygen about 1 to 4 mmHg (memory)");
    field_real(
        c, "time_tolerance", "1", "1e-3", 1e-9, 0.5,
        "Error that the steps in time may make in a coupling step, relative to the field's largest value (scheme "
        "automatic).",
        "assumption");
    field_words(c, Kind::choice, "scheme", "automatic",
                "Quasi-steady solution, one step of SDIRK2, or whichever fits the field's relaxation time, in as many "
                "steps as time_tolerance needs.",
                "assumption", {"automatic", "steady", "implicit"});
}

void declare_matrix(Catalogue& c)
{
    const auto both = [&](const std::string& key, const std::string& unit, const std::string& value, double highest,
                          const std::string& meaning, const std::string& source) {
        real(c, "matrix." + key, unit, value, 0.0, highest, meaning, source);
        real(c, "organ.<organ>.matrix." + key, unit, {}, 0.0, highest, meaning + " In this organ.", source,
             "matrix." + key);
    };
    both("initial", "1", "1", 1.0, "Density of extracellular matrix at the start.", "MetaSpread (initial ECM 1)");
    both("membrane_degradation", "1/min", "1e-4 1/s", unlimited,
         "Gamma1: loss of matrix by membrane-bound protease (MT1-MMP), per volume fraction of producers.",
         "MetaSpread documentation (1e-4 1/s as printed)");
    both("soluble_degradation", "1/min", "0 1/min", unlimited,
         "Gamma2: loss of matrix per minute and per unit of the field mmp2.", "assumption");
    both("deposition", "1/min", "0 1/min", unlimited, "Rate at which matrix is laid down again, times (1 - density).",
         "assumption");
    const char* states[] = {"epithelial", "hybrid", "mesenchymal"};
    const char* values[] = {"0", "0.5", "1"};
    for (std::size_t s = 0; s < 3; ++s) {
        both(std::string("producer.") + states[s], "1", values[s], 10.0,
             std::string("Relative membrane-bound protease of ") + states[s] + " cells.",
             s == 1 ? "assumption" : "Franssen et al. 2019 (MT1-MMP on mesenchymal cells only)");
    }
}

void declare_cells(Catalogue& c)
{
    real(c, "cell.<cell>.<field>.uptake", "1/min", "0 1/min", 0.0, unlimited,
         "First-order uptake of a cell-filled volume.", "PhysiCell 1.14.2 uses 10/min for oxygen");
    words(c, Kind::text, "cell.<cell>.<field>.secretion", "0",
          "Amount that one cell releases per time, e.g. '1.06e-20 g/s'; needs a field held in a mass or amount per "
          "volume.",
          "assumption");
    for (const char* state : {"epithelial", "hybrid", "mesenchymal"}) {
        words(c, Kind::text, std::string("cell.<cell>.<field>.secretion.") + state, std::nullopt,
              std::string("Secretion of ") + state + " cells.", "assumption", "cell.<cell>.<field>.secretion");
        real(c, std::string("cell.<cell>.intravasation.rate.") + state, "1/min", "0 1/min", 0.0, unlimited,
             std::string("Hazard of entering the blood of ") + state + " cells within reach of a vessel.",
             "assumption; whole-tumour means of 0.004 to 0.04 per cell and day fit a mouse time series (computed)");
    }
    real(c, "cell.<cell>.<field>.hypoxia_factor", "1", "1", 0.0, 1e3,
         "Secretion is multiplied by this in full hypoxia, by a ramp between.", "assumption");
    real(c, "cell.<cell>.intravasation.reach", "um", "10 um", 0.0, 100.0,
         "Largest distance between cell surface and vessel wall at which a cell can enter.", "assumption");
    real(c, "cell.<cell>.intravasation.cluster_probability", "1", "0.05", 0.0, 1.0,
         "Probability that a cell which touches an entering one goes with it, as a cluster.",
         "assumption; 2 to 5 % of events are clusters (Aceto et al. 2014, memory)");
    real(c, "cell.<cell>.matrix.deposition", "1/min", "0 1/min", 0.0, 1000.0,
         "Rate at which a cell-filled volume lays down matrix, times (1 - density); comes on top of matrix.deposition.",
         "assumption");
}

void declare_recruitment(Catalogue& c)
{
    real(c, "cell.<cell>.recruitment.rate", "um^-2.min^-1", "0 um^-2.min^-1", 0.0, unlimited,
         "Cells of this type that come through the walls of flowing vessels, per area and time, under a full signal.",
         "assumption; macrophages 4e-9 per um^3 of tissue and minute in Rocha et al. 2024 (its published "
         "configuration)");
    words(c, Kind::text, "cell.<cell>.recruitment.field", "none",
          "Field at the vessel that recruits them, or none: then they always come.", "assumption");
    words(c, Kind::text, "cell.<cell>.recruitment.threshold", "0",
          "Value of that field below which nobody comes, with its unit.",
          "assumption; 0.1 in Rocha et al. 2024 (its published configuration)");
    words(c, Kind::text, "cell.<cell>.recruitment.saturation", "1",
          "Value of that field above which all come; linear between.",
          "assumption; 0.3 in Rocha et al. 2024 (its published configuration)");
}

void declare_guidance(Catalogue& c)
{
    words(c, Kind::text, "cell.<cell>.chemotaxis.field", "none", "Field whose gradient guides the cell, or none.",
          "assumption");
    words(c, Kind::text, "cell.<cell>.chemotaxis.gradient_half", "0.016",
          "Gradient at which half of the full guidance is reached, in the field's unit per um.",
          "Spinosa 2017 (0.002 nmol/l/um for CXCL12, taken as 8 kDa)");
    words(c, Kind::text, "cell.<cell>.chemotaxis.sensitivity", "0",
          "Velocity up the gradient of chemotaxis.field per gradient, in um^2/min per unit of the field; added to "
          "crawling, at most 100 um/min together with haptotaxis.sensitivity.",
          "assumption");
    real(c, "cell.<cell>.haptotaxis.sensitivity", "um^2/min", "0 um^2/min", 0.0, unlimited,
         "Velocity up the gradient of matrix density per gradient; added to crawling.",
         "assumption; the haptotaxis of Anderson and Chaplain 1998 and of Franssen et al. 2019");
    real(c, "cell.<cell>.haptotaxis.gradient_half", "1/um", "0.01 1/um", 1e-9, 1e3,
         "Gradient of matrix density at which half of the full guidance is reached.", "assumption");
}

void declare_organs(Catalogue& c)
{
    for (const char* axis : {"x", "y", "z"}) {
        real(c, std::string("organ.<organ>.size.") + axis, "um", "320 um", 1.0, 1e6,
             std::string("Length of the simulated piece of tissue along ") + axis +
                 "; a whole number of voxels. One voxel along z makes the organ two-dimensional.",
             "assumption");
        real(c, std::string("organ.<organ>.scene.") + axis, "um", "0 um", -1e7, 1e7,
             "Where pictures of the whole body put this organ's corner; all zero: organs stand in a row.",
             "assumption");
    }
    real(c, "organ.<organ>.voxel", "um", "20 um", 0.1, 1e4, "Edge of a voxel.", "PhysiCell 1.14.2");
    for (const char* axis : {"x", "y", "z"}) {
        real(c, std::string("organ.<organ>.voxel.") + axis, "um", "", 0.1, 1e4,
             std::string("Edge of a voxel along ") + axis + ", where voxels are not cubes.", "assumption",
             "organ.<organ>.voxel");
    }
}

void declare_vessels(Catalogue& c)
{
    words(c, Kind::choice, "organ.<organ>.vessels.source", "none",
          "Where the organ's blood vessels come from: none, a generated capillary bed, or a measured network file.",
          "assumption", {}, {"none", "capillary_bed", "file"});
    words(c, Kind::text, "organ.<organ>.vessels.file", "",
          "Network file (docs/vessel_files.md), relative to the case file.", "assumption");
    real(c, "organ.<organ>.vessels.spacing", "um", "100 um", 5.0, 1e4,
         "Distance between capillaries of a generated bed.", "assumption");
    real(c, "organ.<organ>.vessels.radius", "um", "4 um", 0.5, 1e3, "Radius of generated capillaries.",
         "capillaries of 5 to 10 um diameter (Au et al. 2016, memory)");
    real(c, "organ.<organ>.vessels.jitter", "1", "0.2", 0.0, 0.5, "Random displacement of nodes over the spacing.",
         "assumption");
}

void declare_founders(Catalogue& c)
{
    words(c, Kind::text, "organ.<organ>.founders.type", "", "Cell type of the cells at the start (empty: none).",
          "assumption");
    Parameter count;
    count.pattern = "organ.<organ>.founders.count";
    count.kind = Kind::integer;
    count.unit = "1";
    count.default_text = "0";
    count.lowest = 0;
    count.highest = 1e9;
    count.meaning = "Number of cells at the start, packed into a ball in the organ's middle.";
    count.source = "assumption";
    c.add(count);
    count.pattern = "organ.<organ>.residents.<cell>";
    count.meaning =
        "Number of cells of this type that live scattered over the organ at the start, beside its founders.";
    c.add(count);
    words(c, Kind::text, "organ.<organ>.founders.file", "",
          "Table of the cells at the start instead of a ball, relative to the case file: comma-separated, with the "
          "heading x_um,y_um,z_um and, if wanted, type, state and heading_x,heading_y,heading_z.",
          "assumption");
    words(c, Kind::choice, "organ.<organ>.founders.cycle", "asynchronous",
          "Where founders stand in their cycle: anywhere, as in a growing culture, or all at its begin.", "assumption",
          {}, {"asynchronous", "in_step"});
    for (const char* state : {"hybrid", "mesenchymal"}) {
        real(c, std::string("organ.<organ>.founders.") + state, "1", "0", 0.0, 1.0,
             std::string("Share of founders that start in the ") + state + " state.", "assumption");
    }
}

void declare_soil(Catalogue& c)
{
    real(c, "organ.<organ>.soil", "1", "0.1", 0.0, 1.0,
         "Probability that a cell that has arrived grows at once (1 at the primary: no adaptation is needed).",
         "assumption; Kim et al. 2009 for the primary, Luzzi et al. 1998 (1 in 40) for mouse liver (memory)");
    real(c, "organ.<organ>.dormancy", "1", "0.36", 0.0, 1.0,
         "Probability of falling dormant for arrived cells that do not grow at once; the others die.",
         "Luzzi et al. 1998: 36 % solitary dormant cells (memory)");
    real(c, "organ.<organ>.wake_rate", "1/min", "6.3e-5 1/day", 0.0, unlimited, "Hazard of waking from dormancy.",
         "assumption: escape half-life of 30 years, within 12 to 69 years of Willis et al. 2010");
}

void declare_niches(Catalogue& c)
{
    words(c, Kind::text, "organ.<organ>.niche.prepared_by", "",
          "Organ whose tumour prepares this one for cells to come (empty: none does).",
          "Kaplan et al. 2005 (memory): the primary tumour");
    real(c, "organ.<organ>.niche.preparation", "1/min", "0 1/day", 0.0, unlimited,
         "Rate at which a large tumour prepares the niche.",
         "assumption: days, as in the lungs of mice (Kaplan et al. 2005, memory)");
    real(c, "organ.<organ>.niche.loss", "1/min", "0.1 1/day", 0.0, unlimited,
         "Rate at which a niche is lost once nothing prepares it.", "assumption");
    real(c, "organ.<organ>.niche.half_cells", "1", "1e5", 1.0, 1e15,
         "Living cells in the preparing organ at which preparation has half its rate.", "assumption");
    real(c, "organ.<organ>.niche.gain", "1", "5", 0.0, 1e6,
         "A ready niche multiplies the rate of extravasation into the organ and its soil (to 1 at most) by one plus "
         "this.",
         "assumption: 1 to 10");
}

void declare_mechanics(Catalogue& c)
{
    real(c, "run.idle_step", "min", "60 min", 0.001, 1440.0,
         "Longest step of the fields of an organ without any cell; what they have come to rest in is not computed "
         "again.",
         "assumption");
    real(c, "mechanics.step", "min", "0.1 min", 1e-3, 60.0,
         "Sub-step of the motion of cells: the shortest one if mechanics.tolerance is set, else that of all.",
         "PhysiCell 1.14.2");
    real(
        c, "mechanics.tolerance", "um", "0.01 um", 0.0, 10.0,
        "Error of the places of cells that a sub-step may make (estimated; root mean square over the cells that move). "
        "0: all sub-steps have the length of mechanics.step.",
        "assumption; measured in docs/model/cells.md");
    real(
        c, "mechanics.skin", "um", "6 um", 0.1, 50.0,
        "Bins of cells are at least this much wider than forces reach, if bricks allow it; larger means that cells are "
        "sorted less often, among more neighbours. Speed only, not results.",
        "measured: bins 1.3 to 1.5 times as wide as the reach are the fastest");
    words(c, Kind::choice, "mechanics.kernels", "auto",
          "Instructions by which forces are summed: the best that the processor has, or one kind. Speed only, not "
          "results.",
          "assumption", {}, {"auto", "portable", "avx512"});
}

void declare_rules(Catalogue& c)
{
    words(
        c, Kind::text, "rules.<rule>", std::nullopt,
        "How a signal changes a behaviour of a cell type: `CELL: SIGNAL increases|decreases BEHAVIOUR [from VALUE] to "
        "VALUE, half at VALUE[, hill NUMBER]`, under any name of small letters, digits and '_'; `off` takes a rule "
        "out. docs/model/rules.md lists "
        "signals "
        "and behaviours.",
        "grammar of Johnson et al. 2025 (PhysiCell 1.14)");
    words(c, Kind::text, "rules.import", "",
          "A CSV file of rules as PhysiCell keeps them, from the folder of the case; they come on top of the others. "
          "What "
          "has no counterpart here is refused with its line.",
          "PhysiCell 1.14");
}
} // namespace

void declare_parameters(Catalogue& catalogue)
{
    declare_organs(catalogue);
    declare_vessels(catalogue);
    declare_founders(catalogue);
    declare_soil(catalogue);
    declare_blood_flow(catalogue);
    declare_angiogenesis(catalogue);
    declare_niches(catalogue);
    declare_fields(catalogue);
    declare_exchange_of_fields(catalogue);
    declare_solution_of_fields(catalogue);
    declare_matrix(catalogue);
    declare_cells(catalogue);
    declare_recruitment(catalogue);
    declare_guidance(catalogue);
    declare_mechanics(catalogue);
    declare_rules(catalogue);
}

} // namespace paget::organ
