// Garbage must come out as problems or as a case that can be written and read again; never as anything else.

#include "paget/core/error.hpp"
#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace paget::config
{
namespace
{
using Random = std::mt19937_64;

std::string pick(Random& random, const std::vector<std::string>& words) { return words[random() % words.size()]; }

/// Pieces of case files in any order: most texts are nearly right.
std::string scrambled_case(Random& random)
{
    const std::vector<std::string> pieces{"[",
                                          "]",
                                          "organ",
                                          ".",
                                          "lung",
                                          "field",
                                          "oxygen",
                                          "decay",
                                          "soil",
                                          "=",
                                          " = ",
                                          "\n",
                                          "\r\n",
                                          "#",
                                          "0.3",
                                          " um",
                                          "1/min",
                                          "%",
                                          "cell",
                                          "yes",
                                          "radius",
                                          "seed",
                                          "12",
                                          "\t",
                                          "[time]",
                                          "end = 3",
                                          "<organ>",
                                          "*",
                                          "\"",
                                          ",",
                                          "-1e400",
                                          "nan",
                                          "\xC2\xB5",
                                          "vessels",
                                          "spacing",
                                          "\n[organ.lung]\n",
                                          "\n[field.oxygen]\n"};
    std::string text;
    for (std::size_t n = random() % 60; n > 0; --n) {
        text += pick(random, pieces);
    }
    return text;
}

std::string bytes(Random& random)
{
    std::string text(random() % 400, ' ');
    for (char& c : text) {
        c = static_cast<char>(random() % 256);
    }
    return text;
}

/// Right lines in any order, so that many of these texts are cases without a problem.
std::string shuffled_lines(Random& random)
{
    const std::vector<std::string> lines{"[organ.lung]\nsoil = 0.3\n",
                                         "[organ.bone]\ntissue = marrow\n",
                                         "[field.oxygen]\ndecay = 4 1/h\n",
                                         "[organ.lung.oxygen]\ndecay = 0.1 /min\n",
                                         "[cell.tumour]\nradius = 7.7 um\nsenses = oxygen\n",
                                         "[time]\nend = 0.1 days\n",
                                         "[organ.bone]\nvessels.spacing = 33.3\n"};
    std::string text;
    for (std::size_t n = random() % 5; n > 0; --n) {
        text += pick(random, lines);
    }
    return text;
}

/// True if the text is a case without problems; then it has to survive being written and read.
bool survives(const Catalogue& catalogue, const std::string& text, const std::string& key, const std::string& value)
{
    Case a_case(catalogue);
    a_case.read_text(text, "a.ini");
    if (!key.empty()) {
        a_case.set_from_command_line(key, value);
    }
    a_case.check();
    a_case.real("organ.lung.oxygen.decay");
    a_case.real("organ.bone.soil");
    if (!a_case.problems().empty()) {
        EXPECT_THROW(a_case.throw_if_problems(), InputError);
        a_case.resolved();
        return false;
    }
    const std::string resolved = a_case.resolved();
    Case again(catalogue);
    again.read_text(resolved, "b.ini");
    again.check();
    EXPECT_THAT(again.problems(), testing::IsEmpty()) << text << "\nresolved to\n" << resolved;
    EXPECT_EQ(again.resolved(), resolved) << text;
    return true;
}
} // namespace

TEST(Fuzz, GarbageIsReportedOrUnderstood)
{
    const Catalogue catalogue = sample::catalogue();
    Random random(1889);
    int understood = 0;
    for (int i = 0; i < 1000; ++i) {
        understood += survives(catalogue, scrambled_case(random), "", "") ? 1 : 0;
        understood += survives(catalogue, shuffled_lines(random), "", "") ? 1 : 0;
        survives(catalogue, bytes(random), "", "");
        survives(catalogue, shuffled_lines(random), scrambled_case(random), bytes(random));
        survives(catalogue, shuffled_lines(random), "organ.lung.vessels.file", bytes(random).substr(0, 3));
    }
    EXPECT_GT(understood, 100) << "the texts should not all be wrong";
}

TEST(Fuzz, AnAbsurdTextIsRefusedQuickly)
{
    const Catalogue catalogue = sample::catalogue();
    std::string text = "[organ.lung]\n" + std::string(100000, 'a') + " = 3\n" + std::string(10000, '.') + " = 3\n";
    for (int i = 0; i < 20000; ++i) {
        text += "soilx" + std::to_string(i) + " = 3\n";
    }
    Case a_case(catalogue);
    a_case.read_text(text, "a.ini");
    a_case.check();
    EXPECT_EQ(a_case.problems().size(), 20002U);
}

} // namespace paget::config
