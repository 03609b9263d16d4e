// Counting cells over the whole body, and the check that none is lost (promise 2).

#include "paget/body/body.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <limits>
#include <numeric>

namespace paget::body
{
namespace
{
/// Calls visit on every number of a census, in a fixed order, so that censuses of many organs become one message.
template <class Visit>
void visit_numbers(organ::Census& census, Visit visit)
{
    for (auto& by_fate : census.cells) {
        for (auto& count : by_fate) {
            visit(count);
        }
    }
    visit(census.returned);
    visit(census.totals.founded);
    visit(census.totals.born);
    visit(census.totals.arrived);
    visit(census.totals.shed);
    for (auto& died : census.totals.died) {
        visit(died);
    }
    visit(census.totals.recruited);
    visit(census.totals.left);
}

std::int64_t died_in_blood(const circulation::BloodLedger& blood)
{
    return std::accumulate(blood.died.begin(), blood.died.end(), std::int64_t{0});
}

void check_organ(const organ::Census& census, const std::string& name)
{
    if (!census.balanced()) {
        const agents::Tally& t = census.totals;
        throw BugError(fmt::format(
            "cells do not add up in organ '{}': founded {} + born {} + arrived {} + recruited {} "
            "is not living {} + died {} + shed {} + left {}. This is a bug in Paget; please "
            "report it with the case file.",
            name, t.founded, t.born, t.arrived, t.recruited, census.living(), census.died(), t.shed, t.left));
    }
}

void check_blood(const BodyCensus& census)
{
    std::int64_t shed = 0;
    std::int64_t arrived = 0;
    for (const auto& organ : census.organs) {
        shed += organ.totals.shed;
        arrived += organ.totals.arrived;
    }
    const auto& blood = census.blood;
    const auto& now = census.in_blood;
    const std::int64_t explained =
        now.all_cells() + died_in_blood(blood) + blood.extravasated + blood.extravasated_lumped;
    if (shed != blood.shed || blood.shed != explained || arrived != blood.extravasated) {
        throw BugError(fmt::format(
            "cells do not add up in the blood: organs shed {}, blood received {}; flowing {} + arrested {} + in lymph "
            "{} + died {} + "
            "extravasated {} + into unresolved organs {}; organs received {}. This is a bug in Paget; please report it "
            "with "
            "the case file.",
            shed, blood.shed, now.flowing_cells, now.arrested_cells, now.lymph_cells, died_in_blood(blood),
            blood.extravasated, blood.extravasated_lumped, arrived));
    }
}
} // namespace

BodyCensus Body::census() const
{
    BodyCensus census;
    census.organs.resize(description_->organs.size());
    for (const auto& organ : organs_) {
        census.organs[static_cast<std::size_t>(index_of(organ.id()))] = organ.census();
    }
    std::vector<std::int64_t> numbers;
    for (auto& organ : census.organs) {
        visit_numbers(organ, [&](std::int64_t& number) { numbers.push_back(number); });
    }
    world_->sum(std::span(numbers));
    auto next = numbers.begin();
    for (auto& organ : census.organs) {
        visit_numbers(organ, [&](std::int64_t& number) { number = *next++; });
    }
    census.blood = circulation_.ledger();
    census.in_blood = circulation_.count();
    census.niches = niches_.readiness();
    if (description_->has_angiogenesis()) {
        census.vessels = vessel_summaries();
    }
    return census;
}

std::vector<organ::VesselSummary> Body::vessel_summaries() const
{
    std::vector<organ::VesselSummary> all(description_->organs.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto* organ = this->organ(OrganId{static_cast<std::int32_t>(i)});
        if (organ == nullptr) {
            all[i].mean_pressure_mmhg = -std::numeric_limits<double>::infinity(); // the only one that can be negative
        } else if (organ->growing_vessels() != nullptr) {
            all[i] = organ->growing_vessels()->summary();
        }
    }
    std::vector<double> sizes;
    std::vector<std::int64_t> counts;
    for (auto& organ : all) {
        organ.visit([&](double& size) { sizes.push_back(size); }, [&](std::int64_t& n) { counts.push_back(n); });
    }
    world_->maximum(std::span(sizes)); // the ranks of an organ agree; the others say 0
    world_->maximum(std::span(counts));
    auto size = sizes.begin();
    auto count = counts.begin();
    for (auto& organ : all) {
        organ.visit([&](double& s) { s = *size++; }, [&](std::int64_t& n) { n = *count++; });
    }
    return all;
}

void Body::check_ledger(const BodyCensus& census) const
{
    for (std::size_t i = 0; i < census.organs.size(); ++i) {
        check_organ(census.organs[i], description_->organs[i].name);
    }
    check_blood(census);
}

std::vector<std::vector<organ::FieldSummary>> Body::field_summaries() const
{
    std::vector<std::vector<organ::FieldSummary>> all(description_->organs.size());
    std::vector<double> numbers;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto* organ = this->organ(OrganId{static_cast<std::int32_t>(i)});
        const std::size_t fields = description_->organs[i].fields.size() + 1; // the matrix is the last
        all[i] = organ != nullptr ? organ->field_summaries() : std::vector<organ::FieldSummary>(fields);
        for (std::size_t f = 0; f < fields; ++f) {
            all[i][f].name = f + 1 < fields ? description_->organs[i].fields[f].substance.name : "ecm";
            const double unknown = -std::numeric_limits<double>::infinity();
            for (const double number : {all[i][f].minimum, all[i][f].mean, all[i][f].maximum}) {
                numbers.push_back(organ != nullptr ? number : unknown);
            }
        }
    }
    world_->maximum(std::span(numbers)); // the ranks of an organ agree; the others say nothing
    auto next = numbers.begin();
    for (auto& organ : all) {
        for (auto& field : organ) {
            field.minimum = *next++;
            field.mean = *next++;
            field.maximum = *next++;
        }
    }
    return all;
}

} // namespace paget::body
