#include "paget/circulation/circulation.hpp"

#include "paget/config/catalogue.hpp"

#include <limits>
#include <string>

namespace paget::circulation
{
namespace
{
using config::Catalogue;
using config::Kind;
using config::Parameter;

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double one_tick_min = 0.001;

void number(Catalogue& catalogue, std::string key, std::string unit, std::string value, double lowest, double highest,
            std::string meaning, std::string source)
{
    Parameter p;
    p.pattern = std::move(key);
    p.unit = std::move(unit);
    p.default_text = std::move(value);
    p.lowest = lowest;
    p.highest = highest;
    p.meaning = std::move(meaning);
    p.source = std::move(source);
    catalogue.add(std::move(p));
}

void rate(Catalogue& catalogue, const std::string& key, const std::string& value, const std::string& meaning,
          const std::string& source)
{
    number(catalogue, "circulation." + key, "1/min", value, 0.0, unlimited, meaning, source);
}

void probability(Catalogue& catalogue, const std::string& key, const std::string& value, const std::string& meaning,
                 const std::string& source)
{
    number(catalogue, key, "1", value, 0.0, 1.0, meaning, source);
}

void transit(Catalogue& catalogue, const std::string& key, const std::string& value, const std::string& meaning,
             const std::string& source)
{
    number(catalogue, key, "min", value, one_tick_min, unlimited, meaning, source);
}

void words(Catalogue& catalogue, Kind kind, const std::string& key, const std::string& value,
           std::vector<std::string> choices, const std::string& meaning, const std::string& source)
{
    Parameter p;
    p.pattern = key;
    p.kind = kind;
    p.default_text = value;
    p.choices = std::move(choices);
    p.meaning = meaning;
    p.source = source;
    catalogue.add(std::move(p));
}

void declare_vessels(Catalogue& c)
{
    words(c, Kind::choice, "bed.<bed>.fed_by", "arteries", {"arteries", "veins", "lymph"},
          "What enters the bed: blood of the arteries, of the veins for the lung, or lymph for lymph nodes. Portal "
          "inflow is not said here but by drains_to of the beds that it comes from.",
          "anatomy");
    words(c, Kind::text, "bed.<bed>.drains_to", "veins", {},
          "Where the blood goes: veins, arteries (the lung), or the name of another bed (gut and spleen drain to the "
          "liver, a lymph node to the next one).",
          "anatomy");
    number(c, "bed.<bed>.flow_share", "1", "0", 0.0, unlimited,
           "Share of the arterial flow that enters the bed. Shares of all beds fed by arteries are divided by their "
           "sum, so they may be percent of the cardiac output.",
           "no default holds for all beds: give it; Davies and Morris 1993 (httk tables) for man");
    transit(c, "bed.<bed>.transit", "5 s",
            "Time that a cell takes to pass the bed; to be given for lymph nodes (1 to 3 days).",
            "memory: a tenth of the blood is in the lung; computed with a mean loop of 57 s");
    transit(c, "circulation.veins_transit", "37 s", "Time in the veins and the right heart.",
            "memory: 64 percent of the blood is in the veins; computed with a mean loop of 57 s");
    transit(c, "circulation.arteries_transit", "8 s", "Time in the left heart and the arteries.",
            "memory: 14 percent of the blood is in the arteries; computed with a mean loop of 57 s");
    number(c, "circulation.blood_volume", "mL", "5.36 L", 1e-3, unlimited,
           "Volume of all blood, for counts per sample of blood.",
           "Davies and Morris 1993 (httk tables): plasma 42.86 mL/kg, haematocrit 0.44, 70 kg; a mouse of 20 g has "
           "1.8 mL");
}

void declare_arrest(Catalogue& c)
{
    probability(c, "bed.<bed>.capture.single", "0.11", "Probability that a single cell arrests in one pass.",
                "computed: half-life of 82 s in man (Butler and Gullino 1975; Coumans 2013) if the lung holds 0.30; "
                "injected cell lines arrest at 0.9 and more (memory)");
    c.add({.pattern = "bed.<bed>.capture.cluster",
           .unit = "1",
           .lowest = 0.0,
           .highest = 1.0,
           .meaning = "Probability that a cluster arrests in one pass; as for a single cell if not given.",
           .source = "assumption: clusters of up to 20 cells pass capillaries in single file (Au 2016)",
           .fallback = "bed.<bed>.capture.single"});
    number(c, "bed.<bed>.extravasation_factor", "1", "1", 0.0, unlimited,
           "Factor of the bed on the rate of extravasation.",
           "assumption: sinusoids of bone and liver 2, lung 1, brain 0.1");
    for (const std::string& signal : {std::string("il6"), std::string("il8")}) {
        number(c, "bed.<bed>." + signal + "_gain", "1", "0", 0.0, unlimited,
               "Recruitment by the organ's " + signal + ": arrest per pass p becomes 1 - (1 - p)^(1 + gain * " +
                   signal + "/(half + " + signal + ") * response of the cell).",
               "assumption: 5 for a primary tumour, after Kim et al. 2009; 0 elsewhere");
        number(c, "circulation." + signal + "_half", "1", "1", 1e-300, unlimited,
               "Concentration of " + signal +
                   " at which recruitment is half of its maximum, in the unit of that field.",
               "assumption");
    }
    words(c, Kind::flag, "bed.<bed>.infiltration_needs_mmp1_fscn1", "no", {},
          "Whether extravasation is multiplied by the cell's levels of MMP1 and FSCN1.",
          "Kim et al. 2009: both mediate the return to the tumour of origin (qualitative)");
}

void declare_lymph(Catalogue& c)
{
    words(c, Kind::names, "bed.<bed>.lymph_of", "", {},
          "Organs whose lymph enters the bed, which is fed by lymph: breast for the axillary nodes. An organ's lymph "
          "enters one bed.",
          "anatomy");
    number(c, "organ.<organ>.lymph_share", "1", "0", 0.0, 1.0,
           "Probability that cells shed together leave the tissue by lymph vessels instead of blood vessels.",
           "assumption: no cell leaves by lymph");
    rate(c, "lymph_death", "0 1/min", "Rate of death under way in lymph.", "assumption");
}

void declare_fate(Catalogue& c)
{
    probability(c, "circulation.disaggregation", "0.5",
                "Probability that a cell leaves its cluster on entering the blood.",
                "MetaSpread (Franssen et al. 2019)");
    probability(c, "circulation.survival.single", "1",
                "Probability that a single cell survives detachment (anoikis) on entering the blood.",
                "assumption: death in blood comes by shear, NK cells and arrest; MetaSpread lumps all into 5e-4");
    probability(c, "circulation.survival.cluster", "1", "The same for a cluster as a whole, whatever its size.",
                "assumption, as for singles; MetaSpread lumps all into 0.025");
    rate(c, "shear_death", "0.2 1/h", "Rate of death by shear in the arteries.",
         "assumption: range 0.05 to 0.5 per hour");
    rate(c, "flow_death", "0 1/min",
         "Rate of death in flow anywhere in the blood: NK cells and all clearance other than arrest.",
         "assumption: cells leave the blood by arrest");
    number(c, "circulation.platelets.count", "1", "1", 0.0, 100.0, "Platelets, relative to their normal number.",
           "definition; 0: depleted");
    number(
        c, "circulation.platelets.half", "1", "0.25", 1e-6, 100.0,
        "Number n of platelets, relative to the normal one, at which the coat n / (n + half) of a cell is half of what "
        "it can be.",
        "assumption");
    probability(
        c, "circulation.platelets.shield.single", "0",
        "Share of shear and of encounters with NK cells that a full coat of platelets keeps off a single cell.",
        "assumption; that platelets shield tumour cells in blood from NK cells: Nieswandt et al. 1999 (memory)");
    probability(c, "circulation.platelets.shield.cluster", "0", "The same for a cell of a cluster.",
                "assumption; larger than for single cells where clusters are well coated");
    number(c, "circulation.cluster_protection", "1", "0.2", 0.0, unlimited,
           "Factor on the rates of death in flow for cells of clusters.", "assumption");
    rate(c, "extravasation", "0.0205 1/h", "Rate at which an arrested single or cluster leaves the blood.",
         "computed from Jeon et al. 2013: 38.8 percent of MDA-MB-231 within 24 h");
    rate(c, "arrest_death", "0 1/h", "Rate of death of arrested cells by other causes than NK cells.", "assumption");
    rate(c, "nk.encounters", "0.5 1/h", "Rate at which an arrested cell meets NK cells.", "Ichise et al. 2022");
    probability(c, "circulation.nk.lethality", "0.5", "Probability that an encounter soon after arrest kills.",
                "Ichise et al. 2022");
    number(c, "circulation.nk.lethality_plateau", "min", "4 h", 0.0, unlimited,
           "Time since arrest for which lethality stays.", "Ichise et al. 2022");
    number(c, "circulation.nk.lethality_end", "min", "24 h", 0.0, unlimited,
           "Time since arrest at which lethality has fallen to zero, linearly from the plateau's end.",
           "Ichise et al. 2022; that it falls linearly is an assumption");
}
} // namespace

void declare_parameters(config::Catalogue& catalogue)
{
    declare_vessels(catalogue);
    declare_arrest(catalogue);
    declare_lymph(catalogue);
    declare_fate(catalogue);
}

} // namespace paget::circulation
