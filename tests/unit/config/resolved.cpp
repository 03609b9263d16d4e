#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
namespace
{
constexpr const char* text = "[organ.lung]\n"
                             "soil = 30 %\n"
                             "oxygen.decay = 0.3333333333333333 1/min\n"
                             "vessels.file = my net = [1].txt\n"
                             "[organ.bone]\n"
                             "[organ.brain]\n"
                             "soil = 50 %\n"
                             "[field.vegf]\n"
                             "[field.oxygen]\n"
                             "decay = 7 1/h\n"
                             "[cell.tumour]\n"
                             "radius = 0.1 um\n";

/// Reads what a program would read: everything for every organ and field.
void read_all(const Case& a_case)
{
    a_case.integer("seed");
    for (const auto& organ : a_case.declared("organ")) {
        a_case.real("organ." + organ + ".soil");
        a_case.text("organ." + organ + ".tissue");
        a_case.text("organ." + organ + ".vessels.file");
        for (const auto& field : a_case.declared("field")) {
            a_case.real("organ." + organ + "." + field + ".decay");
        }
    }
    for (const auto& cell : a_case.declared("cell")) {
        a_case.names("cell." + cell + ".senses");
    }
}

Case read(const Catalogue& catalogue, const std::string& ini)
{
    Case a_case(catalogue);
    a_case.read_text(ini, "a.ini");
    a_case.check();
    return a_case;
}
} // namespace

TEST(Resolved, SaysEveryValueThatWasReadOrGivenAndWhereItComesFrom)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text("[organ.lung]\nsoil = 30 %\n[organ.bone]\n[field.oxygen]\ndecay = 0.1\n", "a.ini");
    a_case.set_from_command_line("seed", "12");
    a_case.real("organ.bone.soil");
    a_case.real("organ.bone.oxygen.decay");
    EXPECT_EQ(a_case.resolved(), "# The resolved case: every value that was used, in the unit in which the program "
                                 "holds it.\n"
                                 "# It is a case file itself and describes the same run.\n"
                                 "# given; the default is '1' (assumption)\n"
                                 "seed = 12\n"
                                 "\n"
                                 "[field.oxygen]\n"
                                 "# default (memory)\n"
                                 "decay = 0.1 1/min\n"
                                 "\n"
                                 "[organ.lung]\n"
                                 "# given; the default is '50 %' (Paget 1889)\n"
                                 "soil = 0.3\n"
                                 "\n"
                                 "[organ.bone]\n"
                                 "# default (Paget 1889)\n"
                                 "soil = 0.5\n"
                                 "\n"
                                 "[organ.bone.oxygen]\n"
                                 "# as field.oxygen.decay (memory)\n"
                                 "decay = 6 1/h\n");
}

TEST(Resolved, ReadAgainItIsTheSameByteForByte)
{
    const Catalogue catalogue = sample::catalogue();
    Case first = read(catalogue, text);
    read_all(first);
    // as 0.1 um is below the range of radius, the case is not fit to run; with 3 um it is
    EXPECT_EQ(first.problems().size(), 1U);
    std::string good = text;
    good.replace(good.find("0.1 um"), 6, "3.3 um");
    Case second = read(catalogue, good);
    read_all(second);
    EXPECT_THAT(second.problems(), testing::IsEmpty());
    const std::string resolved = second.resolved();

    Case third = read(catalogue, resolved);
    EXPECT_THAT(third.problems(), testing::IsEmpty());
    EXPECT_EQ(third.resolved(), resolved) << "before the program reads anything";
    read_all(third);
    EXPECT_EQ(third.resolved(), resolved);
    EXPECT_EQ(third.declared("organ"), second.declared("organ"));
    EXPECT_EQ(third.declared("field"), second.declared("field"));
    for (const auto& organ : second.declared("organ")) {
        for (const auto& field : second.declared("field")) {
            const std::string key = "organ." + organ + "." + field + ".decay";
            EXPECT_EQ(second.real(key), third.real(key)) << "to the last bit";
        }
    }
    EXPECT_EQ(third.text("organ.lung.vessels.file"), "my net = [1].txt");
}

TEST(Resolved, KeepsTheOrderOfDeclarationWhereOnlySomeAreRead)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case = read(catalogue, "[organ.c]\n[organ.a]\n[organ.b]\n[cell.z]\nradius = 2\n[cell.y]\nradius = 3\n");
    a_case.real("organ.b.soil");
    a_case.text("organ.a.tissue");
    const Case again = read(catalogue, a_case.resolved());
    EXPECT_THAT(again.declared("organ"), testing::ElementsAre("c", "a", "b"));
    EXPECT_THAT(again.declared("cell"), testing::ElementsAre("z", "y"));
    EXPECT_EQ(again.resolved(), a_case.resolved());
}

TEST(Resolved, EveryDoubleComesBackExactly)
{
    Catalogue catalogue;
    catalogue.add({.pattern = "x", .unit = "um^2/min", .default_text = "0", .meaning = "X.", .source = "computed"});
    for (const char* value : {"0.1", "1e-300", "1.7976931348623157e308", "5e-324", "0.30000000000000004", "-0", "1e22",
                              "123456789.12345678", "2000 um^2/s", "0.3 mm^2/day"}) {
        const Case first = read(catalogue, std::string("x = ") + value);
        const Case second = read(catalogue, first.resolved());
        EXPECT_THAT(first.problems(), testing::IsEmpty()) << value;
        EXPECT_EQ(first.real("x"), second.real("x")) << value;
        EXPECT_EQ(first.resolved(), second.resolved()) << value;
    }
}

} // namespace paget::config
