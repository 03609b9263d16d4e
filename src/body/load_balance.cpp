#include "paget/body/load_balance.hpp"

#include "work.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace paget::body
{
namespace
{
/// A new layout must be better than the present one by this share: less is noise.
constexpr double least_gain = 0.03;

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

/// What all ranks spent on an organ's fields, where its voxels are.
void add_measured_fields(std::int64_t all_ns, std::size_t ranks, mesh::OrganLoad& load)
{
    const double repeated = repeated_share(load.grid);
    const double once_ns = static_cast<double>(all_ns) / (1.0 + static_cast<double>(ranks - 1) * repeated);
    load.repeated = std::llround(repeated * once_ns);
    load.work.spread(load.grid.box(), (1.0 - repeated) * once_ns);
}

/// What this rank spent on an organ's cells, where its own are; to be added up over the ranks.
void add_measured_cells(std::int64_t mine_ns, const organ::Organ& organ, mesh::WorkMap& map)
{
    const auto& cells = organ.population();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        map.add(organ.partition().grid().voxel_at(cells.position_um(i)),
                mine_ns / static_cast<std::int64_t>(cells.size()));
    }
}

/// Rank 0's, on all ranks: all move to the same layout even if their arithmetic differed.
void share_layout(Body::Layout& layout, const parallel::Communicator& world)
{
    std::vector<std::int32_t> numbers;
    const auto append = [&](const std::vector<int>& list) {
        numbers.push_back(static_cast<std::int32_t>(list.size()));
        numbers.insert(numbers.end(), list.begin(), list.end());
    };
    for (const mesh::OrganPlacement& placement : layout) {
        append(placement.ranks);
        std::for_each(placement.cuts.begin(), placement.cuts.end(), append);
    }
    world.broadcast(numbers);
    auto next = numbers.begin();
    const auto take = [&] {
        const auto begin = next + 1;
        next = begin + *next;
        return std::vector<int>(begin, next);
    };
    for (mesh::OrganPlacement& placement : layout) {
        placement.ranks = take();
        for (std::size_t axis = 0; axis < 3; ++axis) {
            placement.cuts[axis] = take();
            placement.parts[axis] = static_cast<int>(placement.cuts[axis].size()) - 1;
        }
    }
}
} // namespace

void declare_balance(config::Catalogue& catalogue)
{
    catalogue.add({.pattern = "balance.every",
                   .unit = "min",
                   .default_text = "6 h",
                   .lowest = 0.0,
                   .highest = 1e9,
                   .meaning = "Simulated time between two looks at how evenly the ranks compute; organs are cut anew "
                              "where that shortens the steps. 0: never. Changes the speed only, not the results.",
                   .source = "assumption"});
    catalogue.add({.pattern = "balance.threshold",
                   .unit = "1",
                   .default_text = "1.1",
                   .lowest = 1.0,
                   .highest = 1e6,
                   .meaning = "Organs are cut anew only if the busiest rank has computed more than this many times the "
                              "mean since the last look.",
                   .source = "assumption"});
}

BalancePlan read_balance(config::Case& description)
{
    const double every_min = description.real("balance.every");
    return {every_min > 0.0 ? std::max<Tick>(1, ticks_from_minutes(every_min)) : 0,
            description.real("balance.threshold")};
}

LoadBalance::LoadBalance(const BalancePlan& plan, Body& body, Tick now) : plan_(plan), body_(&body), last_(now)
{
    before_ = spent();
}

LoadBalance::Spent LoadBalance::spent() const
{
    Spent spent{body_->meters().computing_nanoseconds(), {}, {}};
    for (const OrganMeters& meters : body_->meters().organs) {
        spent.fields.push_back(meters.fields.use().computing_nanoseconds());
        spent.cells.push_back(meters.computing_cells_ns());
    }
    return spent;
}

BalanceLook LoadBalance::look(Tick now, const Spent& now_spent)
{
    const parallel::Communicator& world = body_->world();
    const std::int64_t mine = now_spent.all - before_.all;
    const double imbalance = world.size() * share(world.maximum(mine), world.sum(mine));
    last_ = now;
    return {now, imbalance, std::nullopt};
}

std::vector<mesh::OrganLoad> LoadBalance::measured_loads(const Spent& now_spent) const
{
    std::vector<mesh::OrganLoad> loads = empty_loads(body_->description());
    std::vector<std::int64_t> fields(loads.size());
    std::transform(now_spent.fields.begin(), now_spent.fields.end(), before_.fields.begin(), fields.begin(),
                   std::minus<>());
    body_->world().sum(std::span(fields));
    for (std::size_t i = 0; i < loads.size(); ++i) {
        const organ::Organ* organ = body_->organ(OrganId{static_cast<std::int32_t>(i)});
        if (organ != nullptr) {
            add_measured_cells(now_spent.cells[i] - before_.cells[i], *organ, loads[i].work);
        }
        body_->world().sum(loads[i].work.amounts());
        add_measured_fields(fields[i], body_->layout()[i].ranks.size(), loads[i]);
    }
    return loads;
}

std::optional<Recut> LoadBalance::recut(const Spent& now_spent)
{
    const auto begin = std::chrono::steady_clock::now();
    const int ranks = body_->world().size();
    const auto loads = measured_loads(now_spent);
    Body::Layout planned = mesh::plan_layout(loads, ranks);
    share_layout(planned, body_->world());
    const mesh::LayoutCost present = mesh::cost_of(loads, body_->layout(), ranks);
    const mesh::LayoutCost better = mesh::cost_of(loads, planned, ranks);
    const bool helps = better.merit() < (1.0 - least_gain) * present.merit();
    if (!body_->world().any(helps)) {
        return std::nullopt;
    }
    body_->move_to(std::move(planned));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return Recut{better.largest / better.mean, body_->world().maximum(took.count())};
}

std::optional<BalanceLook> LoadBalance::after_step(Tick now)
{
    if (plan_.every == 0 || body_->world().size() == 1 || now / plan_.every == last_ / plan_.every) {
        return std::nullopt;
    }
    const Spent now_spent = spent();
    BalanceLook seen = look(now, now_spent);
    if (seen.imbalance > plan_.threshold) {
        seen.recut = recut(now_spent);
    }
    before_ = spent();
    record_.push_back(seen);
    return seen.recut ? std::optional(seen) : std::nullopt;
}

void LoadBalance::finish(Tick now)
{
    if (body_->world().size() > 1 && now > last_) {
        record_.push_back(look(now, spent()));
    }
}

} // namespace paget::body
