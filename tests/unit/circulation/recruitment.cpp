#include "paget/agents/rules.hpp"
#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr int trials = 20000;

struct Cells {
    double il6_response = 1.0;
    double mmp1 = 1.0;
    double fscn1 = 1.0;
};

/// Share of the cells that end in the breast when it and an equal bed compete, the breast recruiting by IL-6.
double share_of_breast(const Cells& kind, double il6)
{
    const auto world = parallel::Communicator::self();
    auto beds = cases::small_body(0.1);
    beds[0].il6_gain = 5.0;
    beds[1].capture_single = 0.0; // the lung lets all pass
    JourneyParameters journey;
    journey.extravasation_per_min = 100.0;
    journey.il6_half = 2.0;
    Circulation blood(VascularGraph(beds, 0.6, 0.14), journey, world, {{0}, {0}}, RandomNumbers(11));
    auto cells = cases::singles(1, trials);
    for (ShedCell& shed : cells) {
        shed.cell.traits.il6_response = kind.il6_response;
    }
    blood.collect(cells);
    blood.set_cues(cases::breast, {il6, 0.0});
    blood.advance({0, 1000 * cases::minute});
    EXPECT_EQ(cases::take_arrivals(blood).size() + blood.lumped_arrivals().size(), static_cast<std::size_t>(trials));
    return static_cast<double>(blood.ledger().extravasated) / trials;
}

/// Share that leaves the breast's vessels rather than dying there.
double share_that_infiltrates(const Cells& kind, bool needs_both, double niche_gain = 0.0)
{
    const auto world = parallel::Communicator::self();
    auto beds = cases::small_body(1.0, 1e-9);
    beds[1].capture_single = 0.0;
    beds[0].infiltration_needs_mmp1_fscn1 = needs_both;
    beds[0].extravasation_factor = 2.0;
    beds[0].il8_gain = 4.0;
    JourneyParameters journey;
    journey.extravasation_per_min = 0.05;
    journey.arrest_death_per_min = 0.1;
    Circulation blood(VascularGraph(beds, 0.6, 0.14), journey, world, {{0}, {0}}, RandomNumbers(12));
    auto cells = cases::singles(1, trials);
    for (ShedCell& shed : cells) {
        shed.cell.traits.mmp1 = kind.mmp1;
        shed.cell.traits.fscn1 = kind.fscn1;
        shed.cell.traits.il8_response = 0.5;
    }
    blood.collect(cells);
    blood.set_cues(cases::breast, {0.0, 1.0, niche_gain}); // at half: doubled, by 1 + 4 * 0.5 * 0.5
    blood.advance({0, 10000 * cases::minute});
    return static_cast<double>(blood.ledger().extravasated) / trials;
}

/// 4 standard errors: beyond once in 16000.
double tolerance(double share) { return 4.0 * std::sqrt(share * (1.0 - share) / trials); }
} // namespace

// p' = 1 - 0.9^a with a = 1 + 5 I/(2 + I) response; the beds share as p' : 0.1.
TEST(Recruitment, InterleukinsOfTheOrganDrawCellsThatRespond)
{
    EXPECT_NEAR(share_of_breast({}, 0.0), 0.5, tolerance(0.5));
    EXPECT_EQ(share_of_breast({}, 0.0), share_of_breast({}, -1e-20)); // as a solver may leave it
    EXPECT_NEAR(share_of_breast({.il6_response = 0.0}, 2.0), 0.5, tolerance(0.5));
    for (const double response : {1.0, 3.0}) {
        const double p = 1.0 - std::pow(0.9, 1.0 + 2.5 * response);
        EXPECT_NEAR(share_of_breast({.il6_response = response}, 2.0), p / (p + 0.1), tolerance(p / (p + 0.1)));
    }
}

// Leaving at 0.05 * 2 (bed) * MMP1 * FSCN1 per cases::minute against death at 0.1; IL-8 acted on arrest already.
TEST(Recruitment, InfiltrationNeedsMmp1AndFscn1)
{
    EXPECT_NEAR(share_that_infiltrates({}, true), 0.5, tolerance(0.5));
    EXPECT_NEAR(share_that_infiltrates({.mmp1 = 0.2}, true), 0.02 / 0.12, tolerance(0.02 / 0.12));
    EXPECT_NEAR(share_that_infiltrates({.mmp1 = 0.5, .fscn1 = 0.5}, true), 0.2, tolerance(0.2));
    EXPECT_NEAR(share_that_infiltrates({.mmp1 = 0.2}, false), 0.5, tolerance(0.5));
}

// A prepared niche lets cells out of vessels 1 + gain times as fast: 0.1 against death at 0.1, then 0.3.
TEST(Recruitment, APreparedNicheLetsCellsIn)
{
    EXPECT_NEAR(share_that_infiltrates({}, false, 0.0), 0.5, tolerance(0.5));
    EXPECT_NEAR(share_that_infiltrates({}, false, 2.0), 0.75, tolerance(0.75));
}

// Rules on extravasation replace the bed's rate: mesenchymal cells leave at 0.3 under a full signal, half of that at
// half, epithelial ones at the 0.02 that the rule says without signals; death at 0.1.
TEST(Recruitment, RulesSayHowFastCellsLeave)
{
    const auto share_that_leaves = [](agents::State state, double signal, std::uint8_t type) {
        const auto world = parallel::Communicator::self();
        auto beds = cases::small_body(1.0, 1e-9);
        beds[1].capture_single = 0.0;
        JourneyParameters journey;
        journey.extravasation_per_min = 0.05;
        journey.arrest_death_per_min = 0.1;
        RulesInBlood rules;
        rules.tissue_signals = 2;
        auto& response = rules.extravasation.emplace_back(rules::Response{});
        response->base = 0.02;
        response->most = 0.3;
        const auto mesenchymal = static_cast<std::uint32_t>(agents::OwnSignal::mesenchymal);
        response->raising = {{state == agents::State::epithelial
                                  ? mesenchymal
                                  : static_cast<std::uint32_t>(agents::own_signal_count + 1),
                              2.0, 4.0}};
        rules.extravasation.emplace_back(std::nullopt);
        Circulation blood(VascularGraph(beds, 0.6, 0.14), journey, world, {{0}, {0}}, RandomNumbers(13), rules);
        auto cells = cases::singles(1, trials);
        for (ShedCell& shed : cells) {
            shed.cell.state = state;
            shed.cell.type = type;
        }
        blood.collect(cells);
        blood.set_cues(cases::breast, {0.0, 0.0, 4.0, {7.0, signal}}); // the niche's gain does not act besides
        blood.advance({0, 10000 * cases::minute});
        return static_cast<double>(blood.ledger().extravasated) / trials;
    };
    using agents::State;
    EXPECT_NEAR(share_that_leaves(State::mesenchymal, 2e3, 0), 0.75, tolerance(0.75));
    EXPECT_NEAR(share_that_leaves(State::mesenchymal, 2.0, 0), 0.16 / 0.26, tolerance(0.16 / 0.26));
    EXPECT_NEAR(share_that_leaves(State::epithelial, 2e3, 0), 0.02 / 0.12, tolerance(0.02 / 0.12));
    EXPECT_NEAR(share_that_leaves(State::epithelial, 2e3, 1), 0.25 / 0.35, tolerance(0.25 / 0.35)) << "no rules";
}

TEST(Recruitment, CuesAreNumbersOfOrgans)
{
    const auto world = parallel::Communicator::self();
    Circulation blood(cases::small_graph(0.1), {}, world, {{0}, {0}}, RandomNumbers(1));
    EXPECT_THROW(blood.set_cues(cases::breast, {0.0, std::nan("")}), BugError);
    EXPECT_THROW(blood.set_cues(OrganId{2}, {}), BugError);
    EXPECT_THROW(blood.set_cues(cases::breast, {0.0, 0.0, 0.0, {1.0}}), BugError);
}

} // namespace paget::circulation
