#include "paget/therapy/therapy.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "problems.hpp"

#include <algorithm>
#include <limits>

namespace paget::therapy
{
namespace
{
constexpr double unlimited = std::numeric_limits<double>::infinity();

void number(config::Catalogue& catalogue, const std::string& key, const std::string& unit,
            const std::optional<std::string>& value, double lowest, const std::string& meaning,
            const std::string& source)
{
    config::Parameter p;
    p.pattern = "drug.<drug>." + key;
    p.unit = unit;
    p.default_text = value;
    p.lowest = lowest;
    p.highest = unlimited;
    p.meaning = meaning;
    p.source = source;
    catalogue.add(std::move(p));
}

void declare_doses(config::Catalogue& c)
{
    const char* regimen = "no default holds for all drugs: give it";
    number(c, "dose", "mg", std::nullopt, 0.0, "Amount of one dose.", regimen);
    number(c, "first_dose", "min", "0 min", 0.0, "Simulated time at which the first infusion begins.", "assumption");
    number(c, "interval", "min", "7 day", minutes_from_ticks(1), "Time from the begin of one infusion to the next.",
           "assumption: weekly");
    number(c, "infusion", "min", "30 min", minutes_from_ticks(1), "Duration of one infusion.", "assumption");
    c.add({.pattern = "drug.<drug>.doses",
           .kind = config::Kind::integer,
           .unit = "1",
           .default_text = "1",
           .lowest = 0,
           .highest = 100000,
           .meaning = "Number of infusions.",
           .source = "assumption"});
}

void declare_kinetics(config::Catalogue& c)
{
    number(
        c, "volume", "L", std::nullopt, 1e-12, "Volume of distribution of the one compartment.",
        "no default holds for all drugs: give it; e.g. bevacizumab 5.97 L, computed from 0.207 L/day and a half-life "
        "of 20 days (Lu et al. 2008)");
    number(c, "clearance", "L/min", std::nullopt, 0.0, "Volume that is cleared of the drug per time.",
           "no default holds for all drugs: give it; e.g. bevacizumab 0.207 L/day (Lu et al. 2008)");
    number(c, "kill", "1/min", "0.06 1/h", 0.0, "Hazard of death of cells in cycle at a very high concentration.",
           "nab-paclitaxel in the QSP-TNBC model of the Popel group");
    number(c, "ic50", "mg/L", "0.0786 mg/L", 1e-300, "Concentration at which the hazard is half of its maximum.",
           "computed: 92 nM of 853.9 g/mol, nab-paclitaxel in the QSP-TNBC model of the Popel group");
}

bool is_told(const config::Case& description, const std::string& key)
{
    const auto& problems = description.problems();
    return std::any_of(problems.begin(), problems.end(), [&](const auto& problem) { return problem.key == key; });
}
} // namespace

void declare_parameters(config::Catalogue& catalogue)
{
    declare_doses(catalogue);
    declare_kinetics(catalogue);
}

std::vector<Drug> read_drugs(config::Case& description)
{
    std::vector<Drug> drugs;
    for (const std::string& name : description.declared("drug")) {
        const auto real = [&](const char* key) { return description.real("drug." + name + "." + key); };
        Drug drug;
        drug.name = name;
        drug.dose_mg = real("dose");
        drug.first_dose_min = real("first_dose");
        drug.interval_min = real("interval");
        drug.doses = static_cast<int>(description.integer("drug." + name + ".doses"));
        drug.infusion_min = real("infusion");
        drug.volume_l = real("volume");
        drug.clearance_l_per_min = real("clearance");
        drug.kill_per_min = real("kill");
        drug.ic50_mg_per_l = real("ic50");
        for (const DrugProblem& problem : find_problems(drug)) {
            const std::string key = "drug." + name + "." + problem.key;
            if (description.given(key) && !is_told(description, key)) { // what is missing is told by the case itself
                description.report(key, problem.message);
            }
        }
        drugs.push_back(std::move(drug));
    }
    return drugs;
}

} // namespace paget::therapy
