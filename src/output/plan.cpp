#include "paget/output/plan.hpp"

#include "names.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace paget::output
{
namespace
{
constexpr double longest_min = 1e9;

/// 0 stays 0; anything longer is at least one tick.
Tick read_interval(config::Case& description, const std::string& key)
{
    const double minutes = description.real(key);
    return minutes > 0.0 ? std::max<Tick>(1, ticks_from_minutes(minutes)) : 0;
}

/// The words of a text, between blanks or commas.
std::vector<std::string> words_in(const std::string& text)
{
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (c != ' ' && c != ',' && c != '\t') {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

/// A coordinate of a point in an organ [um]. Throws InputError if it is outside.
double coordinate_um(const config::Case& description, const std::string& organ, const std::string& axis,
                     const std::string& value, const std::string& unit)
{
    const double at_um = UnitSystem().read(value + " " + unit, "um");
    if (at_um < 0.0 || at_um > description.real(fmt::format("organ.{}.size.{}", organ, axis))) {
        throw InputError(fmt::format("{} = {} um is outside '{}' (there is nothing to read). Take a point inside its "
                                     "size.",
                                     axis, at_um, organ));
    }
    return at_um;
}

/// ORGAN X Y Z [UNIT]. Throws InputError.
Probe probe_of(const config::Case& description, const std::string& name, const std::vector<std::string>& words)
{
    if (words.size() < 4 || words.size() > 5) {
        throw InputError("names no point (an organ and three coordinates are needed). Write it as in 'lung 30 30 10 "
                         "um'.");
    }
    const std::vector<std::string> organs = description.declared("organ");
    const auto organ = std::find(organs.begin(), organs.end(), words[0]);
    if (organ == organs.end()) {
        throw InputError(fmt::format("'{}' is not an organ of this case (its fields are to be read). Name one of: {}.",
                                     words[0], fmt::join(organs, ", ")));
    }
    const std::string unit = words.size() == 5 ? words[4] : "um";
    const auto along = [&](const char* axis, std::size_t word) {
        return coordinate_um(description, *organ, axis, words[word], unit);
    };
    return {name,
            OrganId{static_cast<std::int32_t>(organ - organs.begin())},
            {along("x", 1), along("y", 2), along("z", 3)}};
}

/// A probe, or nothing, with the problem noted.
std::optional<Probe> read_probe(config::Case& description, const std::string& name)
{
    const std::string key = "probe." + name;
    try {
        return probe_of(description, name, words_in(description.text(key)));
    } catch (const InputError& error) {
        description.report(key, error.what());
        return std::nullopt;
    }
}

void declare_interval(config::Catalogue& catalogue, const char* key, const char* standard, const char* meaning)
{
    catalogue.add({.pattern = key,
                   .unit = "min",
                   .default_text = standard,
                   .lowest = 0.0,
                   .highest = longest_min,
                   .meaning = meaning,
                   .source = "assumption"});
}

void declare_flag(config::Catalogue& catalogue, const char* key, const char* meaning)
{
    config::Parameter p;
    p.pattern = key;
    p.kind = config::Kind::flag;
    p.default_text = "no";
    p.meaning = meaning;
    p.source = "assumption";
    catalogue.add(std::move(p));
}
} // namespace

void declare_parameters(config::Catalogue& catalogue)
{
    declare_interval(
        catalogue, "output.series_every", "1 h",
        "Simulated time between two rows of series.csv and series.h5. 0: only at the start and at the end.");
    declare_interval(catalogue, "output.snapshot_every", "0 h",
                     "Simulated time between two snapshots of all fields and cells for ParaView. 0: only at the start "
                     "and at the end.");
    catalogue.add({.pattern = "output.sample_volume",
                   .unit = "ml",
                   .default_text = "7.5 ml",
                   .lowest = 1e-6,
                   .highest = 1e4,
                   .meaning = "Volume of the blood sample in which tumour cells are counted.",
                   .source = "CellSearch: Cristofanilli et al. 2004, N Engl J Med 351:781"});
    declare_interval(catalogue, "output.tracks_every", "0 min",
                     "Simulated time between two lines of each cell in tracks.csv (place, size, phase); for few cells. "
                     "0: no such file.");
    declare_flag(catalogue, "output.types", "Whether the time series has columns with living cells by type.");
    declare_flag(catalogue, "output.phases", "Whether the time series has columns with cells by type and phase.");
    declare_flag(catalogue, "output.shape",
                 "Whether the time series has columns with the middle, extent and volume of the cells of each organ.");
    config::Parameter probe;
    probe.pattern = "probe.<probe>";
    probe.kind = config::Kind::text;
    probe.meaning =
        "A point at which the time series has all fields, as ORGAN X Y Z UNIT, e.g. 'lung 30 30 10 um'; the "
        "value is that of the voxel which holds it.";
    probe.source = "assumption";
    catalogue.add(std::move(probe));
}

/// Outputs would have two columns or data sets of one name.
void refuse_own_words(config::Case& description)
{
    const auto refuse = [&](const std::string& kind, const std::string& name, const char* meaning) {
        const auto names = description.declared(kind);
        if (std::find(names.begin(), names.end(), name) != names.end()) {
            description.report(kind + "." + name,
                               fmt::format("'{}' is what outputs call {} (two columns would have one name). Choose "
                                           "another name.",
                                           name, meaning));
        }
    };
    refuse("field", "ecm", "the density of the matrix");
    refuse("organ", "blood", "the cells in the blood");
    refuse("organ", "unresolved", "where cells arrive whose organ is not simulated");
    for (const char* state : state_names) {
        refuse("cell", state, "the cells in that state");
    }
}

Plan read_plan(config::Case& description)
{
    refuse_own_words(description);
    Plan plan;
    plan.series_every = read_interval(description, "output.series_every");
    plan.snapshot_every = read_interval(description, "output.snapshot_every");
    plan.sample_ml = description.real("output.sample_volume");
    plan.tracks_every = read_interval(description, "output.tracks_every");
    plan.types = description.flag("output.types");
    plan.phases = description.flag("output.phases");
    plan.shape = description.flag("output.shape");
    for (const std::string& name : description.declared("probe")) {
        if (const auto probe = read_probe(description, name)) {
            plan.probes.push_back(*probe);
        }
    }
    return plan;
}

} // namespace paget::output
