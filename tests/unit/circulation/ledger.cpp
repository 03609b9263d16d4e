#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

namespace paget::circulation
{

// Random clusters, step lengths and cues; every cell is found again after every step, and every way out is taken.
TEST(Ledger, ClosesAfterEveryStepOfARandomRun)
{
    const auto world = parallel::Communicator::self();
    const RandomNumbers random(99);
    auto beds = cases::small_body(0.2);
    beds[0].il6_gain = 5.0;
    beds[0].infiltration_needs_mmp1_fscn1 = true;
    beds.push_back(cases::bed("gut", OrganId::none, 2.0, 0.1, {Vessel::Kind::bed, 4}));
    beds.push_back(cases::bed("liver", OrganId::none, 0.5, 0.4));
    Circulation blood(VascularGraph(beds, 0.6, 0.14), cases::eventful_journey(), world, {{0}, {0}}, RandomNumbers(4));
    Tick now = 0;
    std::uint64_t next = 1;
    std::int64_t shed = 0;
    for (int i = 0; i < 300; ++i) {
        const auto u = random.uniforms(Purpose::test, 1, i);
        const auto clusters = static_cast<int>(20.0 * u[0]);
        for (int k = 0; k < clusters; ++k) {
            const int size = 1 + static_cast<int>(8.0 * random.uniform(Purpose::test, 2, i, static_cast<unsigned>(k)));
            blood.collect(cases::cluster(next, size, k % 2 == 0 ? cases::breast : cases::lung));
            next += static_cast<std::uint64_t>(size);
            shed += size;
        }
        blood.set_cues(cases::breast, {3.0 * u[1], u[2]});
        const Tick length = 1 + static_cast<Tick>(10000.0 * u[3] * u[3]);
        blood.advance({now, length});
        now += length;
        cases::take_arrivals(blood);
        ASSERT_EQ(cases::ledger_gap(blood), 0) << i;
        ASSERT_EQ(blood.ledger().shed, shed);
    }
    const BloodLedger ledger = blood.ledger();
    for (const std::int64_t dead : ledger.died) {
        EXPECT_GT(dead, 0);
    }
    EXPECT_GT(ledger.extravasated, 0);
    EXPECT_GT(ledger.extravasated_lumped, 0);
    const BloodCount count = blood.count();
    EXPECT_EQ(static_cast<std::size_t>(count.flowing_cells + count.arrested_cells), blood.travellers().size());
}

} // namespace paget::circulation
