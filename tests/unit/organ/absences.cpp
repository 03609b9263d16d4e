// Steady states that nothing would hold are refused; cell types with rules that never come are told.

#include "paget/organ/absences.hpp"

#include "ruled_case.hpp"

namespace paget::organ
{
namespace
{
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* two_organs = R"([field.signal]
[cell.cancer]
[cell.helper]
[organ.breast]
founders.type = cancer
founders.count = 1
[organ.lung]
[rules]
growth = helper: signal increases cycle_entry from 0 1/h to 1 1/h, half at 2
)";

struct Told {
    std::vector<std::string> problems;
    std::vector<std::string> warnings;
};

Told told(const std::map<std::string, std::string>& command_line)
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(two_organs, "small.ini");
    for (const auto& [key, value] : command_line) {
        description.set_from_command_line(key, value);
    }
    description.check();
    const TissueDescription tissue = read_tissue(description);
    const auto organs = read_organs(description, tissue, 1);
    refuse_endless_fields(description, tissue, organs);
    warn_of_absent_types(description, tissue, organs);
    return {texts_of(description.problems()), description.warnings()};
}

TEST(EndlessFields, AreRefusedInEachOrgan)
{
    EXPECT_THAT(told({}).problems,
                ElementsAre("small.ini:4: organ.breast.signal.start: is steady, but nothing takes the substance away "
                            "at the start (there is no steady state). Give field.signal.decay, a held wall, uptake or "
                            "vessels; or set field.signal.start = uniform.",
                            StartsWith("small.ini:7: organ.lung.signal.start: ")));
    EXPECT_THAT(told({{"field.signal.start", "uniform"}, {"organ.lung.signal.scheme", "steady"}}).problems,
                ElementsAre(AllOf(HasSubstr("organ.lung.signal.scheme: is steady"),
                                  HasSubstr("field.signal.scheme = automatic"))));
}

TEST(EndlessFields, AreThoseThatNothingTakes)
{
    using Keys = std::map<std::string, std::string>;
    for (const Keys& keys : {Keys{{"field.signal.decay", "0.1 1/min"}}, Keys{{"field.signal.tissue_uptake", "1 1/min"}},
                             Keys{{"field.signal.walls", "held"}}, Keys{{"field.signal.start", "uniform"}}}) {
        EXPECT_THAT(told(keys).problems, IsEmpty()) << keys.begin()->first;
    }
    for (const Keys& keys :
         {Keys{{"cell.cancer.signal.uptake", "1 1/min"}},
          Keys{{"organ.breast.vessels.source", "capillary_bed"}, {"field.signal.permeability", "1 um/min"}},
          Keys{{"rules.eat", "cancer: age increases signal_uptake from 0 1/h to 1 1/h, half at 1 h"}}}) {
        EXPECT_THAT(told(keys).problems, ElementsAre(HasSubstr("organ.lung.signal.start")))
            << keys.begin()->first << ": the lung has neither cells nor vessels";
    }
    EXPECT_THAT(told({{"cell.helper.signal.uptake", "1 1/min"}}).problems, testing::SizeIs(2)) << "there is no helper";
}

TEST(AbsentTypes, AreThoseThatNeverCome)
{
    EXPECT_THAT(told({}).warnings,
                ElementsAre("small.ini:3: cell.helper: has rules, but there are no such cells and none will come (the "
                            "rules never act). Set organ.<organ>.residents.helper or founders, "
                            "cell.helper.recruitment.rate, or cell.<cell>.becomes.helper."));
    using Keys = std::map<std::string, std::string>;
    for (const Keys& keys :
         {Keys{{"organ.lung.residents.helper", "3"}}, Keys{{"cell.helper.recruitment.rate", "1 1/(um^2.min)"}},
          Keys{{"cell.cancer.becomes.helper", "1 1/day"}},
          Keys{{"rules.turn", "cancer: age increases turning_into_helper from 0 1/h to 1 1/h, half at 1 h"}},
          Keys{{"rules.growth", "off"}}}) {
        EXPECT_THAT(told(keys).warnings, IsEmpty()) << keys.begin()->first;
    }
}
} // namespace
} // namespace paget::organ
