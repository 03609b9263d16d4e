#include "paget/mesh/layout.hpp"

#include "box_cuts.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

namespace paget::mesh
{
namespace
{
/// Up to so many ranks every number of boxes is tried, and every exchange between two organs.
constexpr int few_ranks = 24;
/// What a further box costs, as a share of a step: messages, and waiting in them.
constexpr double per_box = 1e-3;
/// How much an uneven layout counts as longer, as a share of its unevenness.
constexpr double unevenness = 0.5;
constexpr int most_descents = 12;
/// Of a step: less is no gain.
constexpr double least_gain = 1e-4;

using Numbers = std::vector<int>; ///< of boxes, by organ

/// Ranks for the boxes of every organ, and what that costs.
struct Placing {
    std::vector<std::vector<int>> ranks;
    LayoutCost cost;
};

/// The ranks with the least work, the heaviest box to the first of them; in the order of boxes where that is as good,
/// so that boxes side by side are on ranks side by side.
std::vector<int> lightest_ranks(const std::vector<double>& load, const std::vector<double>& boxes)
{
    std::vector<int> ranks(load.size());
    std::iota(ranks.begin(), ranks.end(), 0);
    const auto lighter = [&](int a, int b) {
        return load[static_cast<std::size_t>(a)] < load[static_cast<std::size_t>(b)];
    };
    std::stable_sort(ranks.begin(), ranks.end(), lighter);
    ranks.resize(boxes.size());
    std::vector<std::size_t> heaviest_first(boxes.size());
    std::iota(heaviest_first.begin(), heaviest_first.end(), std::size_t{0});
    std::stable_sort(heaviest_first.begin(), heaviest_first.end(),
                     [&](std::size_t a, std::size_t b) { return boxes[a] > boxes[b]; });
    std::vector<int> paired(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        paired[heaviest_first[i]] = ranks[i];
    }
    std::sort(ranks.begin(), ranks.end());
    const auto fullest = [&](const std::vector<int>& by_box) {
        double most = 0.0;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            most = std::max(most, load[static_cast<std::size_t>(by_box[i])] + boxes[i]);
        }
        return most;
    };
    return fullest(ranks) <= 1.01 * fullest(paired) ? ranks : paired;
}

/// Of the boxes of all organs, in the order of the case, on these ranks.
LayoutCost cost_of_boxes(const std::vector<const std::vector<double>*>& boxes,
                         const std::vector<std::vector<int>>& ranks_of_boxes, int ranks)
{
    std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
    std::vector<double> done(load.size(), 0.0);
    for (std::size_t organ = 0; organ < boxes.size(); ++organ) {
        double begin = 0.0;
        for (std::size_t box = 0; box < boxes[organ]->size(); ++box) {
            const auto rank = static_cast<std::size_t>(ranks_of_boxes[organ][box]);
            load[rank] += (*boxes[organ])[box];
            begin = std::max(begin, done[rank]);
        }
        const double end = begin + *std::max_element(boxes[organ]->begin(), boxes[organ]->end());
        for (const int rank : ranks_of_boxes[organ]) {
            done[static_cast<std::size_t>(rank)] = end;
        }
    }
    return {*std::max_element(done.begin(), done.end()), *std::max_element(load.begin(), load.end()),
            std::accumulate(load.begin(), load.end(), 0.0) / ranks};
}

/// Tries layouts of some organs.
class Planner
{
public:
    Planner(std::span<const OrganLoad> organs, int ranks)
        : organs_(organs),
          ranks_(ranks),
          cutters_(organs.begin(), organs.end()),
          cuts_(organs.size())
    {
        for (std::size_t organ = 0; organ < organs.size(); ++organ) {
            choices_.push_back(choices_of(organ));
        }
    }

    std::vector<OrganPlacement> plan()
    {
        std::optional<Numbers> best;
        double least = 0.0;
        for (Numbers numbers : starts()) {
            const double score = descend(numbers);
            if (!best || score < least) {
                best = numbers;
                least = score;
            }
        }
        return placements(*best);
    }

private:
    const BoxCuts* cut(std::size_t organ, int boxes)
    {
        auto& known = cuts_[organ];
        const auto found = known.find(boxes);
        const auto& cuts =
            found != known.end() ? found->second : known.emplace(boxes, cutters_[organ].cut(boxes)).first->second;
        return cuts ? &*cuts : nullptr;
    }

    double work_of(std::size_t organ) const
    {
        return static_cast<double>(organs_[organ].work.total() + organs_[organ].repeated);
    }

    /// Boxes in proportion to the organ's share of the work.
    double share_of(std::size_t organ) const
    {
        double all = 0.0;
        for (std::size_t i = 0; i < organs_.size(); ++i) {
            all += work_of(i);
        }
        return all > 0.0 ? ranks_ * work_of(organ) / all : 1.0;
    }

    /// Numbers of boxes that are tried, ascending.
    std::vector<int> choices_of(std::size_t organ)
    {
        std::vector<int> wanted;
        for (int boxes = 1; boxes <= std::min(ranks_, few_ranks); ++boxes) {
            wanted.push_back(boxes);
        }
        if (ranks_ > few_ranks) {
            const double share = share_of(organ);
            for (const double part : {0.5, 0.7, 0.85, 0.93, 1.0, 1.07, 1.15, 1.4}) {
                wanted.push_back(static_cast<int>(std::lround(part * share)));
            }
            wanted.push_back(ranks_);
        }
        std::vector<int> usable;
        for (int boxes : wanted) {
            boxes = std::clamp(boxes, 1, ranks_);
            while (cut(organ, boxes) == nullptr) { // one box always fits
                --boxes;
            }
            usable.push_back(boxes);
        }
        std::sort(usable.begin(), usable.end());
        usable.erase(std::unique(usable.begin(), usable.end()), usable.end());
        return usable;
    }

    std::vector<Numbers> starts() const
    {
        std::vector<Numbers> all(3);
        for (std::size_t organ = 0; organ < organs_.size(); ++organ) {
            const auto& choices = choices_[organ];
            const auto above = std::upper_bound(choices.begin() + 1, choices.end(), std::lround(share_of(organ)));
            all[0].push_back(*(above - 1));
            all[1].push_back(choices.front());
            all[2].push_back(choices.back());
        }
        return all;
    }

    Placing place(const Numbers& numbers)
    {
        std::vector<std::size_t> heaviest_first(organs_.size());
        std::iota(heaviest_first.begin(), heaviest_first.end(), std::size_t{0});
        std::stable_sort(heaviest_first.begin(), heaviest_first.end(), [&](std::size_t a, std::size_t b) {
            return cut(a, numbers[a])->largest > cut(b, numbers[b])->largest;
        });
        Placing placing;
        placing.ranks.resize(organs_.size());
        std::vector<double> load(static_cast<std::size_t>(ranks_), 0.0);
        for (const std::size_t organ : heaviest_first) {
            const std::vector<double>& boxes = cut(organ, numbers[organ])->loads;
            placing.ranks[organ] = lightest_ranks(load, boxes);
            for (std::size_t box = 0; box < boxes.size(); ++box) {
                load[static_cast<std::size_t>(placing.ranks[organ][box])] += boxes[box];
            }
        }
        std::vector<const std::vector<double>*> boxes;
        for (std::size_t organ = 0; organ < organs_.size(); ++organ) {
            boxes.push_back(&cut(organ, numbers[organ])->loads);
        }
        placing.cost = cost_of_boxes(boxes, placing.ranks, ranks_);
        return placing;
    }

    double score(const Numbers& numbers)
    {
        const int boxes = std::accumulate(numbers.begin(), numbers.end(), 0);
        return place(numbers).cost.merit() * (1.0 + per_box * boxes / ranks_);
    }

    /// Takes over the numbers if they are better.
    bool accept(const Numbers& trial, Numbers& numbers, double& least)
    {
        const double reached = score(trial);
        if (reached >= least * (1.0 - least_gain)) {
            return false;
        }
        numbers = trial;
        least = reached;
        return true;
    }

    bool change_one(std::size_t organ, Numbers& numbers, double& least)
    {
        bool better = false;
        for (const int boxes : choices_[organ]) {
            Numbers trial = numbers;
            trial[organ] = boxes;
            better = accept(trial, numbers, least) || better;
        }
        return better;
    }

    bool exchange(std::size_t from, std::size_t to, Numbers& numbers, double& least)
    {
        Numbers trial = numbers;
        const auto fewer = std::lower_bound(choices_[from].begin(), choices_[from].end(), numbers[from]);
        const auto more = std::upper_bound(choices_[to].begin(), choices_[to].end(), numbers[to]);
        if (from == to || fewer == choices_[from].begin() || more == choices_[to].end()) {
            return false;
        }
        trial[from] = *(fewer - 1);
        trial[to] = *more;
        return accept(trial, numbers, least);
    }

    double descend(Numbers& numbers)
    {
        double least = score(numbers);
        bool better = true;
        for (int round = 0; round < most_descents && better; ++round) {
            better = false;
            for (std::size_t organ = 0; organ < organs_.size(); ++organ) {
                better = change_one(organ, numbers, least) || better;
                for (std::size_t other = 0; ranks_ <= few_ranks && other < organs_.size(); ++other) {
                    better = exchange(organ, other, numbers, least) || better;
                }
            }
        }
        return least;
    }

    std::vector<OrganPlacement> placements(const Numbers& numbers)
    {
        const Placing placing = place(numbers);
        std::vector<OrganPlacement> layout;
        for (std::size_t organ = 0; organ < organs_.size(); ++organ) {
            const BoxCuts& cuts = *cut(organ, numbers[organ]);
            layout.push_back({placing.ranks[organ], cuts.parts, cuts.cuts});
        }
        return layout;
    }

    std::span<const OrganLoad> organs_;
    int ranks_;
    std::vector<OrganCutter> cutters_;
    std::vector<std::map<int, std::optional<BoxCuts>>> cuts_; ///< [organ], by number of boxes
    std::vector<std::vector<int>> choices_;                   ///< [organ]
};
} // namespace

double LayoutCost::merit() const { return mean > 0.0 ? step * (1.0 + unevenness * (largest / mean - 1.0)) : step; }

LayoutCost cost_of(std::span<const OrganLoad> organs, std::span<const OrganPlacement> layout, int ranks)
{
    std::vector<std::vector<double>> loads;
    std::vector<std::vector<int>> ranks_of_boxes;
    for (std::size_t organ = 0; organ < organs.size(); ++organ) {
        loads.push_back(OrganCutter(organs[organ]).loads_of(layout[organ].cuts));
        ranks_of_boxes.push_back(layout[organ].ranks);
    }
    std::vector<const std::vector<double>*> boxes;
    for (const auto& of_organ : loads) {
        boxes.push_back(&of_organ);
    }
    return cost_of_boxes(boxes, ranks_of_boxes, ranks);
}

std::vector<OrganPlacement> plan_layout(std::span<const OrganLoad> organs, int ranks)
{
    ensure(!organs.empty() && ranks >= 1, "a layout needs at least one organ and one rank");
    return Planner(organs, ranks).plan();
}

} // namespace paget::mesh
