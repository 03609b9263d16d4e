// The summary for programs and the table for people.

#include "results.hpp"

#include "example_body.hpp"
#include "paget/output/provenance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace paget;
using testing::HasSubstr;

class ResultsTest : public testing::Test
{
protected:
    ResultsTest()
    {
        results_.facts = {"breast.ini", "[run]\nseed = 7\n", "paget run breast.ini", 48 * 60 * ticks_per_minute};
        results_.body = &body_;
        results_.folder = "runs/a";
        results_.now = 24 * 60 * ticks_per_minute;
        results_.stopped_early = true;
        results_.start.organs.resize(2);
        results_.start.organs[0].cells[0][0] = 8;
        results_.end = test::example_census();
        organ::SeedingEvent back;
        back.source = OrganId{1};
        back.destination = OrganId{0};
        organ::SeedingEvent out;
        out.source = OrganId{0};
        out.destination = OrganId{1};
        out.fate = agents::Fate::dormant;
        const std::vector<organ::SeedingEvent> events{back, out};
        results_.seedings.add(events);
        results_.sample_ml = 7.5;
        results_.sample = {1.5, 2};
        results_.solver = {{10, 100}, {20, 200}};
        results_.ranks = {{0, 1}, {2}};
        results_.world_size = 3;
        results_.wall_seconds = 185.0;
        results_.state_hash = 0x123abc;
    }

    body::BodyDescription body_ = test::example_body();
    output::Results results_;
};

TEST_F(ResultsTest, SummaryIsJsonWithAllParts)
{
    const auto json = nlohmann::json::parse(output::summary_json(results_));
    EXPECT_EQ(json["case"]["seed"], 7);
    EXPECT_EQ(json["case"]["resolved"], "[run]\nseed = 7\n");
    EXPECT_EQ(json["run"]["simulated_h"], 24.0);
    EXPECT_EQ(json["run"]["stopped_early"], true);
    EXPECT_EQ(json["run"]["ranks_of_organs"]["breast"], (std::vector<int>{0, 1}));
    EXPECT_EQ(json["primary"], "breast");
    EXPECT_EQ(json["organs"]["breast"]["start"]["living"], 8);
    EXPECT_EQ(json["organs"]["breast"]["end"]["hybrid"]["dormant"], 1);
    EXPECT_EQ(json["organs"]["breast"]["returned_share"], 0.1);
    EXPECT_EQ(json["organs"]["breast"]["arrived_from"]["lung"]["grew"], 1);
    EXPECT_EQ(json["organs"]["lung"]["arrived_from"]["breast"]["slept"], 1);
    EXPECT_EQ(json["blood"]["died"]["nk_cell"], 1);
    EXPECT_EQ(json["seeds"], 2);
    EXPECT_EQ(json["state_hash"], "0000000000123abc");
}

TEST_F(ResultsTest, SummaryNamesVersions)
{
    const auto json = nlohmann::json::parse(output::summary_json(results_));
    for (const char* library : {"MPI", "PETSc", "HDF5", "Boost", "fmt", "compiler"}) {
        EXPECT_FALSE(json["paget"]["libraries"][library].get<std::string>().empty()) << library;
    }
    EXPECT_FALSE(json["paget"]["revision"].get<std::string>().empty());
    EXPECT_THAT(output::version_text(), HasSubstr("paget " + json["paget"]["version"].get<std::string>()));
}

TEST_F(ResultsTest, TableIsForPeople)
{
    const std::string table = output::result_table(results_);
    EXPECT_THAT(table, HasSubstr("breast.ini, seed 7: 1 days in 3 min 5 s on 3 ranks (STOPPED EARLY"));
    EXPECT_THAT(table,
                HasSubstr("  breast         8        10        12         2         9         1  1 from lung\n"));
    EXPECT_THAT(table,
                HasSubstr("  lung           0         1         0         1         0         2  1 from breast"));
    EXPECT_THAT(table, HasSubstr("a sample of 7.5 ml holds 2 tumour cells (1.5 expected)"));
    EXPECT_THAT(table, HasSubstr("self-seeding: 10 % of the living cells of the primary (breast)"));
    EXPECT_THAT(table, HasSubstr("state hash: 0000000000123abc"));
    EXPECT_THAT(table, HasSubstr("ledger: closed"));
}
