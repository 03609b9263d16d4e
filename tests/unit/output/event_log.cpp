// Seeding events: what the file says, and in which order.

#include "event_log.hpp"

#include "example_body.hpp"
#include "seedings.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

using namespace paget;

namespace
{
organ::SeedingEvent event(Tick at, std::uint64_t cell, int source, int destination, agents::Fate fate)
{
    organ::SeedingEvent e;
    e.at = at;
    e.cell = CellId{cell};
    e.clone = 5;
    e.source = OrganId{source};
    e.destination = OrganId{destination};
    e.journeys = 1;
    e.fate = fate;
    e.position_um = {1.5, 2.0, 0.1};
    return e;
}

std::vector<std::string> lines_of(const std::string& path)
{
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}
} // namespace

TEST(EventLog, SortsByTimeAndCell)
{
    const auto self = parallel::Communicator::self();
    const test::TemporaryFolder folder(self);
    const auto body = test::example_body();
    output::EventLog log(folder.path(), body);
    log.append({event(60000, 9, 0, 1, agents::Fate::dormant), event(60000, 3, 0, 1, agents::Fate::apoptotic),
                event(30000, 11, 1, 0, agents::Fate::cycling)});
    EXPECT_EQ(lines_of(folder / "events.csv"),
              (std::vector<std::string>{
                  "time_h,cell,clone,source,destination,cluster_size,journeys,x_um,y_um,z_um,fate,self_seeding",
                  "0.5,11,5,lung,breast,1,1,1.5,2,0.1,grows,yes", "1,3,5,breast,lung,1,1,1.5,2,0.1,dies,no",
                  "1,9,5,breast,lung,1,1,1.5,2,0.1,sleeps,no"}));
}

TEST(Seedings, AreCountedByWayAndOutcome)
{
    output::Seedings seedings;
    const std::vector<organ::SeedingEvent> first{event(1, 1, 0, 1, agents::Fate::dormant),
                                                 event(1, 2, 0, 1, agents::Fate::apoptotic)};
    const std::vector<organ::SeedingEvent> second{event(2, 3, 0, 1, agents::Fate::cycling),
                                                  event(2, 4, 1, 0, agents::Fate::cycling)};
    seedings.add(first);
    seedings.add(second);
    const auto lung = seedings.into(OrganId{1});
    EXPECT_EQ(lung.grew, 1);
    EXPECT_EQ(lung.slept, 1);
    EXPECT_EQ(lung.died, 1);
    EXPECT_EQ(lung.seeded(), 2);
    EXPECT_EQ(seedings.sources_of(OrganId{0}).at(OrganId{1}).grew, 1);
    EXPECT_EQ(seedings.seeded(), 3);
    EXPECT_TRUE(seedings.sources_of(OrganId{2}).empty());
}
