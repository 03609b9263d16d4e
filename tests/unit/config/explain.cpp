#include "paget/config/explain.hpp"

#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Explain, SaysWhatAParameterIs)
{
    const Catalogue catalogue = sample::catalogue();
    EXPECT_EQ(explain(catalogue, "cell.*.radius"), "cell.<cell>.radius\n"
                                                   "    Radius of a young cell.\n"
                                                   "    kind     number\n"
                                                   "    unit     um\n"
                                                   "    default  none: it must be given\n"
                                                   "    range    1 um to 50 um\n"
                                                   "    source   memory\n");
    EXPECT_EQ(explain(catalogue, "tissue"), "organ.<organ>.tissue\n"
                                            "    Kind of tissue.\n"
                                            "    kind     choice\n"
                                            "    default  generic\n"
                                            "    choices  one of generic, marrow, alveolar\n"
                                            "    source   assumption\n");
    EXPECT_THAT(explain(catalogue, "organ.*.oxygen*"), HasSubstr("    default  the value of field.<field>.decay\n"));
    EXPECT_THAT(explain(catalogue, "soil"), HasSubstr("    unit     none\n    default  50 %\n    range    0 to 1\n"));
    EXPECT_THAT(explain(catalogue, "senses"), HasSubstr("    default  nothing\n"));
}

TEST(Explain, SeveralAreSeparatedByABlankLine)
{
    const std::string text = explain(sample::catalogue(), "vessels");
    EXPECT_THAT(text, HasSubstr("    source   computed\n\norgan.<organ>.vessels.file\n"));
    EXPECT_THAT(text, Not(HasSubstr("\n\n\n")));
}

TEST(Explain, AWordBetweenStarsMeansKeysThatHaveIt)
{
    const Catalogue catalogue = sample::catalogue();
    EXPECT_EQ(explain(catalogue, "*vessels*"), explain(catalogue, "vessels")); // not each <name> that could be vessels
    EXPECT_THAT(explain(catalogue, "vessels.spac"), StartsWith("organ.<organ>.vessels.spacing\n"));
    EXPECT_THAT(explain(catalogue, "*.oxygen.*"), HasSubstr("<field>"));
}

TEST(Explain, SuggestsWhereNothingMatches)
{
    const Catalogue catalogue = sample::catalogue();
    EXPECT_EQ(
        explain(catalogue, "capillaries"),
        "No parameter is called 'capillaries'.\n"
        "It is spoken of in\n"
        "    organ.<organ>.vessels.spacing\n"
        "Names that a case declares stand as <organ>, <field>, ...: '*.oxygen.*' finds the keys of a field called "
        "oxygen, '*' all.\n");
    EXPECT_THAT(explain(catalogue, "raduis"), HasSubstr("The nearest are\n    cell.<cell>.radius\n"));
    EXPECT_THAT(explain(catalogue, "orgn.*.soil"), HasSubstr("The nearest are\n    organ.<organ>.soil\n"));
    EXPECT_THAT(explain(catalogue, "organ.lung.siol"), HasSubstr("The nearest are\n    organ.lung.soil\n"));
    EXPECT_THAT(explain(catalogue, "xylophone"), Not(HasSubstr("nearest")));
}

TEST(ParametersMarkdown, IsATableForEveryFirstPart)
{
    const Catalogue catalogue = sample::catalogue();
    const std::string text = parameters_markdown(catalogue);
    for (const char* tag : {"- a publication", "- `computed`", "- `memory`", "- `assumption`"}) {
        EXPECT_THAT(text, HasSubstr(tag));
    }
    EXPECT_THAT(text, HasSubstr("\n## organ\n\n| key | meaning |"));
    EXPECT_THAT(text,
                HasSubstr("| `cell.<cell>.radius` | Radius of a young cell. | `um` | must be given | 1 um to 50 um "
                          "| memory |\n"));
    EXPECT_THAT(text, HasSubstr("| as `field.<field>.decay` | at least 0 1/h |"));
    EXPECT_THAT(text, HasSubstr("settles; soil \\| seed.")) << "a bar would end the cell";
    EXPECT_LT(text.find("## time"), text.find("## organ"));
    std::size_t rows = 0;
    for (std::size_t at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) {
        ++rows;
    }
    EXPECT_EQ(rows, catalogue.all().size());
}

} // namespace paget::config
