#include "paget/circulation/vascular_graph.hpp"

#include "graph_problems.hpp"
#include "paget/core/error.hpp"

#include <algorithm>
#include <utility>

namespace paget::circulation
{
namespace
{
void throw_if_any(const std::vector<GraphProblem>& problems)
{
    std::string text;
    for (const GraphProblem& problem : problems) {
        text += (text.empty() ? "" : "\n") + problem.message;
    }
    if (!text.empty()) {
        throw InputError(text);
    }
}

/// Ends of the beds' intervals in [0,1]; the last end is exactly 1, beds without arterial inflow have empty intervals.
std::vector<double> cumulate_shares(const std::vector<Bed>& beds)
{
    std::vector<double> ends(beds.size());
    double sum = 0.0;
    for (std::size_t i = 0; i < beds.size(); ++i) {
        sum += beds[i].inflow == Inflow::arteries ? beds[i].flow_share : 0.0;
        ends[i] = sum;
    }
    for (double& end : ends) {
        end /= sum;
    }
    return ends;
}

template <class Fits>
std::optional<int> find_bed(const std::vector<Bed>& beds, Fits fits)
{
    const auto found = std::find_if(beds.begin(), beds.end(), fits);
    return found == beds.end() ? std::nullopt : std::optional(static_cast<int>(found - beds.begin()));
}
} // namespace

VascularGraph::VascularGraph(std::vector<Bed> beds, double veins_min, double arteries_min)
    : beds_(std::move(beds)),
      veins_min_(veins_min),
      arteries_min_(arteries_min)
{
    throw_if_any(find_problems(beds_, veins_min, arteries_min));
    cumulative_share_ = cumulate_shares(beds_);
    venous_destination_ = *find_bed(beds_, [](const Bed& bed) { return bed.inflow == Inflow::veins; });
}

std::optional<int> VascularGraph::find(const std::string& name) const
{
    return find_bed(beds_, [&](const Bed& bed) { return bed.name == name; });
}

std::optional<int> VascularGraph::bed_of(OrganId organ) const
{
    return find_bed(beds_, [&](const Bed& bed) { return bed.organ == organ && organ != OrganId::none; });
}

std::optional<int> VascularGraph::lymph_destination(OrganId organ) const
{
    return find_bed(beds_, [&](const Bed& bed) {
        return std::find(bed.lymph_of.begin(), bed.lymph_of.end(), organ) != bed.lymph_of.end();
    });
}

bool VascularGraph::is_lymph(std::int32_t location) const
{
    return location >= 0 && bed(location).inflow == Inflow::lymph;
}

int VascularGraph::arterial_destination(double u) const
{
    // First end that is not below u: ends of beds without inflow equal those before them and are never first.
    const auto found = std::lower_bound(cumulative_share_.begin(), cumulative_share_.end(), u);
    ensure(u > 0.0 && found != cumulative_share_.end(), "a destination is drawn by a number between 0 and 1");
    return static_cast<int>(found - cumulative_share_.begin());
}

} // namespace paget::circulation
