#include "paget/config/catalogue.hpp"

#include "paget/core/error.hpp"
#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
namespace
{
Parameter length(const std::string& pattern)
{
    return {.pattern = pattern, .unit = "um", .default_text = "1", .meaning = "Length.", .source = "assumption"};
}

std::string refusal(Parameter parameter)
{
    Catalogue catalogue = sample::catalogue();
    try {
        catalogue.add(std::move(parameter));
    } catch (const BugError& error) {
        return error.what();
    }
    return "accepted";
}

std::vector<std::string> patterns(std::string_view glob)
{
    const Catalogue catalogue = sample::catalogue();
    std::vector<std::string> found;
    for (const Parameter* parameter : catalogue.matching(glob)) {
        found.push_back(parameter->pattern);
    }
    return found;
}
} // namespace

TEST(Catalogue, FindsThePatternThatFits)
{
    const Catalogue catalogue = sample::catalogue();
    EXPECT_EQ(catalogue.find("organ.lung.soil")->pattern, "organ.<organ>.soil");
    EXPECT_EQ(catalogue.find("organ.lung.tgf_b1.decay")->pattern, "organ.<organ>.<field>.decay");
    for (const char* stranger : {"organ.lung", "organ.lung.soil.x", "organ.Lung.soil", "organ.1.soil", "organ..soil",
                                 "", ".", "soil", "organ.<organ>", "organ.lu ng.soil"}) {
        EXPECT_EQ(catalogue.find(stranger), nullptr) << stranger;
    }
}

TEST(Catalogue, AWordWinsOverAPlaceholderInAnyOrder)
{
    for (const bool word_first : {true, false}) {
        Catalogue catalogue;
        catalogue.add(length(word_first ? "organ.<organ>.vessels.spacing" : "organ.<organ>.<field>.spacing"));
        catalogue.add(length(word_first ? "organ.<organ>.<field>.spacing" : "organ.<organ>.vessels.spacing"));
        EXPECT_EQ(catalogue.find("organ.lung.vessels.spacing")->pattern, "organ.<organ>.vessels.spacing");
        EXPECT_EQ(catalogue.find("organ.lung.oxygen.spacing")->pattern, "organ.<organ>.<field>.spacing");
    }
}

TEST(Catalogue, RefusesWhatContradictsItself)
{
    using testing::HasSubstr;
    EXPECT_EQ(refusal(length("organ.<organ>.size")), "accepted");
    EXPECT_THAT(refusal(length("organ.<organ>.soil")), HasSubstr("organ.<organ>.soil already"));
    EXPECT_THAT(refusal(length("organ.<bed>.soil")), HasSubstr("organ.<organ>.soil already, which fits the same keys"));
    EXPECT_THAT(refusal(length("organ.<Organ>.size")), HasSubstr("a pattern is words"));
    EXPECT_THAT(refusal(length("<organ>.size")), HasSubstr("begins with a word"));
    EXPECT_THAT(refusal(length("")), HasSubstr("a pattern is words"));
    auto bad = length("x");
    bad.default_text = "3 kg";
    EXPECT_THAT(refusal(bad), HasSubstr("bad default: the unit 'kg' has the wrong dimension"));
    bad.default_text = "300 um";
    bad.highest = 200.0;
    EXPECT_THAT(refusal(bad), HasSubstr("out of range"));
    bad = length("x");
    bad.unit = "parsnip";
    EXPECT_THAT(refusal(bad), HasSubstr("unknown unit 'parsnip'"));
    bad.unit = "";
    EXPECT_THAT(refusal(bad), HasSubstr("a number needs a unit"));
    bad = length("x");
    bad.kind = Kind::text;
    EXPECT_THAT(refusal(bad), HasSubstr("has no unit"));
    bad.unit = "";
    bad.kind = Kind::choice;
    EXPECT_THAT(refusal(bad), HasSubstr("nothing to choose from"));
    bad = length("x");
    bad.lowest = 2.0;
    bad.highest = 1.0;
    EXPECT_THAT(refusal(bad), HasSubstr("the range is empty"));
    bad = length("x");
    bad.source = "";
    EXPECT_THAT(refusal(bad), HasSubstr("meaning and source"));
    bad = length("x");
    bad.fallback = "time.end";
    EXPECT_THAT(refusal(bad), HasSubstr("a default and a fallback"));
    bad.default_text = std::nullopt;
    bad.fallback = "field.<field>.decay";
    EXPECT_THAT(refusal(bad), HasSubstr("must stand once"));
}

TEST(Catalogue, GlobsMatchThroughPlaceholders)
{
    using testing::ElementsAre;
    EXPECT_THAT(patterns("organ.*.oxygen*"),
                ElementsAre("organ.<organ>.<field>.decay", "organ.<organ>.<field>.spacing"));
    EXPECT_THAT(patterns("organ.*.decay"), ElementsAre("organ.<organ>.<field>.decay"));
    EXPECT_THAT(patterns("*.decay"), ElementsAre("field.<field>.decay", "organ.<organ>.<field>.decay"));
    EXPECT_THAT(patterns("organ.l?ng.s*l"), ElementsAre("organ.<organ>.soil"));
    EXPECT_THAT(patterns("?????.*.radius"), testing::IsEmpty());
    EXPECT_THAT(patterns("????.*.radius"), ElementsAre("cell.<cell>.radius"));
    EXPECT_THAT(patterns("organ.9*.soil"), testing::IsEmpty()) << "a name begins with a letter";
    EXPECT_THAT(patterns("organ.a9_*.soil"), ElementsAre("organ.<organ>.soil"));
    EXPECT_THAT(patterns("organ.*.ves*.spacing"),
                ElementsAre("organ.<organ>.vessels.spacing", "organ.<organ>.<field>.spacing"));
    EXPECT_EQ(patterns("*").size(), sample::catalogue().all().size());
    EXPECT_EQ(patterns("**?*").size(), sample::catalogue().all().size());
    EXPECT_THAT(patterns(""), testing::SizeIs(testing::Ge(0U)));
}

TEST(Catalogue, GlobsAgreeWithTryingOutNames)
{
    // the slow twin: put short names for the placeholders and match plain texts
    const Catalogue catalogue = sample::catalogue();
    const auto matches = [](const auto& self, std::string_view glob, std::string_view text) -> bool {
        if (glob.empty()) {
            return text.empty();
        }
        if (glob.front() == '*') {
            return self(self, glob.substr(1), text) || (!text.empty() && self(self, glob, text.substr(1)));
        }
        return !text.empty() && (glob.front() == '?' || glob.front() == text.front()) &&
               self(self, glob.substr(1), text.substr(1));
    };
    const std::vector<std::string> names{"a", "s", "o", "so", "os", "oso", "vs"};
    for (const char* glob :
         {"*.s.*", "*.?.soil", "o*.o?.*", "*s*.oso.*l", "*.so.os.*", "*.a.*.?.*", "?*.*s.s*", "*vs.*"}) {
        for (const Parameter& parameter : catalogue.all()) {
            bool expected = false;
            for (const auto& first : names) {
                for (const auto& second : names) {
                    std::string key;
                    for (std::size_t at = 0, placeholder = 0; at < parameter.pattern.size(); ++at) {
                        if (parameter.pattern[at] == '<') {
                            key += placeholder++ == 0 ? first : second;
                            at = parameter.pattern.find('>', at);
                        } else {
                            key += parameter.pattern[at];
                        }
                    }
                    expected = expected || matches(matches, glob, key);
                }
            }
            const auto found = catalogue.matching(glob);
            const bool actual = std::find(found.begin(), found.end(), &parameter) != found.end();
            EXPECT_EQ(actual, expected) << glob << " and " << parameter.pattern;
        }
    }
}

TEST(Catalogue, ABareWordOrAWholeKeyFindsWhatIsMeant)
{
    using testing::ElementsAre;
    EXPECT_THAT(patterns("soil"), ElementsAre("organ.<organ>.soil"));
    EXPECT_THAT(patterns("vessels"), ElementsAre("organ.<organ>.vessels.spacing", "organ.<organ>.vessels.file"));
    EXPECT_THAT(patterns("oxygen"), testing::IsEmpty());
    EXPECT_THAT(patterns("organ.lung.vessels.spacing"), ElementsAre("organ.<organ>.vessels.spacing"));
    EXPECT_THAT(patterns("organ.<organ>.<field>.spacing"), ElementsAre("organ.<organ>.<field>.spacing"));
    EXPECT_THAT(patterns("seed"), ElementsAre("seed"));
}

} // namespace paget::config
