// Keys that declare a name of their own: of patterns as `rules.<rule>`.

#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
namespace
{
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// The sample's catalogue, with rules under any name and one word of the program's own among them.
Catalogue with_rules()
{
    Catalogue all = sample::catalogue();
    all.add({.pattern = "rules.import",
             .kind = Kind::text,
             .default_text = "",
             .meaning = "File of rules.",
             .source = "assumption"});
    all.add({.pattern = "rules.<rule>", .kind = Kind::text, .meaning = "A rule.", .source = "assumption"});
    return all;
}
} // namespace

TEST(NamedKeys, DeclareTheirNamesInOrder)
{
    const Catalogue catalogue = with_rules();
    Case a_case(catalogue);
    a_case.read_text("[rules]\nzest = a b: c\nimport = x.csv\n[time]\nend = 3 h\n[rules]\nair = d, e\n", "a.ini");
    a_case.set_from_command_line("rules.more", "f");
    a_case.set_from_command_line("rules.zest", "g");
    a_case.check();
    EXPECT_THAT(a_case.problems(), IsEmpty());
    EXPECT_THAT(a_case.declared("rule"), ElementsAre("zest", "air", "more"));
    EXPECT_EQ(a_case.text("rules.zest"), "g"); // the command line wins
    EXPECT_EQ(a_case.text("rules.air"), "d, e");
    EXPECT_EQ(a_case.text("rules.more"), "f");
    EXPECT_EQ(a_case.text("rules.import"), "x.csv");
}

TEST(NamedKeys, AreNotNeeded)
{
    const Catalogue catalogue = with_rules();
    Case a_case(catalogue);
    a_case.read_text("[rules]\n", "a.ini");
    a_case.check();
    EXPECT_THAT(a_case.problems(), IsEmpty());
    EXPECT_THAT(a_case.declared("rule"), IsEmpty());
}

TEST(NamedKeys, AreNamesAndGivenOnce)
{
    const auto told = [](const std::string& text) { return sample::problems(with_rules(), text); };
    EXPECT_THAT(told("[rules]\nBad = x\n"),
                ElementsAre("a.ini:2: rules.Bad: 'Bad' cannot be the name of a rule (keys are made of it). Use small "
                            "letters, digits and '_', beginning with a letter."));
    EXPECT_THAT(told("[rules]\na.b = x\n"), ElementsAre(StartsWith("a.ini:2: rules.a.b: ")));
    EXPECT_THAT(told("[rules]\na = x\nb = y\na = z\n"), ElementsAre(HasSubstr("rules.a: given twice")));
    EXPECT_THAT(told("[organ]\na = x\n"), ElementsAre(HasSubstr("organ.a"))); // no pattern `organ.<name>`
}

TEST(NamedKeys, StandInTheResolvedCaseAsTheyWereGiven)
{
    const Catalogue catalogue = with_rules();
    Case a_case(catalogue);
    a_case.read_text("[rules]\nzest = a b: c\nair = d, e\n", "a.ini");
    a_case.check();
    const std::string resolved = a_case.resolved();
    EXPECT_THAT(resolved, testing::Not(HasSubstr("[rule.")));
    Case again(catalogue);
    again.read_text(resolved, "b.ini");
    again.check();
    EXPECT_THAT(again.problems(), IsEmpty());
    EXPECT_THAT(again.declared("rule"), ElementsAre("zest", "air"));
    EXPECT_EQ(again.text("rules.zest"), "a b: c");
    EXPECT_EQ(again.resolved(), resolved);
}

} // namespace paget::config
