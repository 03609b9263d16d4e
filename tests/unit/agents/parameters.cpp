#include "paget/agents/cell_type.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"

#include <gtest/gtest.h>

namespace paget::agents
{
namespace
{
config::Catalogue catalogue_of_cells()
{
    config::Catalogue catalogue;
    declare_parameters(catalogue);
    return catalogue;
}

std::vector<CellType> read(const std::string& text, std::size_t problems = 0)
{
    const config::Catalogue catalogue = catalogue_of_cells();
    config::Case description(catalogue);
    description.read_text(text, "case.ini");
    description.check();
    auto types = read_cell_types(description);
    EXPECT_EQ(description.problems().size(), problems);
    return types;
}
} // namespace

TEST(Parameters, DefaultsAreThoseOfTheStructs)
{
    const auto types = read("[cell.tumour]\n");
    ASSERT_EQ(types.size(), 1U);
    const CellType& type = types[0];
    const CellType plain;
    EXPECT_EQ(type.name, "tumour");
    EXPECT_EQ(type.cycle.model, "live");
    EXPECT_NEAR(type.cycle.phases.at(0).rate_per_min, 0.0432 / 60.0, 1e-18);
    EXPECT_EQ(type.cycle.oxygen_saturation_mmHg, plain.cycle.oxygen_saturation_mmHg);
    EXPECT_EQ(type.cycle.relative_rate, plain.cycle.relative_rate);
    EXPECT_NEAR(type.death.apoptosis_duration_min, plain.death.apoptosis_duration_min, 1e-9);
    EXPECT_NEAR(type.death.necrosis_per_min, plain.death.necrosis_per_min, 1e-15);
    EXPECT_NEAR(type.death.necrosis_duration_min, plain.death.necrosis_duration_min, 1e-9);
    EXPECT_EQ(type.volume.total_um3, plain.volume.total_um3);
    EXPECT_NEAR(type.volume.lysis_nucleus_rate_per_min, plain.volume.lysis_nucleus_rate_per_min, 1e-15);
    EXPECT_EQ(type.mechanics.adhesion_um_per_min, plain.mechanics.adhesion_um_per_min);
    EXPECT_EQ(type.motility.speed_um_per_min, plain.motility.speed_um_per_min);
    EXPECT_NEAR(type.transition.spontaneous_per_min, 0.005 / 1440.0, 1e-15);
    EXPECT_NEAR(type.transition.mesenchymal_to_hybrid_per_min, 0.1 / 1440.0, 1e-15);
    EXPECT_NEAR(type.transition.hybrid_to_epithelial_per_min, 0.2 / 1440.0, 1e-15);
}

TEST(Parameters, AreReadInTheirUnits)
{
    const auto types = read("[cell.a]\n"
                            "cycle.model = ki67_basic\n"
                            "cycle.ki67_basic.positive = 1000 min\n"
                            "cycle.relative_rate.mesenchymal = 0.5\n"
                            "motility.speed.hybrid = 30 um/hour\n"
                            "volume.total = 3 pL\n"
                            "death.necrosis_threshold = 1066.58 Pa\n"
                            "[cell.b]\n"
                            "cycle.model = flow_cytometry_separated\n");
    ASSERT_EQ(types.size(), 2U);
    ASSERT_EQ(types[0].cycle.phases.size(), 2U);
    EXPECT_NEAR(types[0].cycle.phases[0].rate_per_min, 1.0 / (4.59 * 60.0), 1e-12);
    EXPECT_NEAR(types[0].cycle.phases[1].rate_per_min, 1e-3, 1e-15);
    EXPECT_TRUE(types[0].cycle.phases[1].fixed);
    EXPECT_EQ(types[0].cycle.relative_rate[2], 0.5);
    EXPECT_NEAR(types[0].motility.speed_um_per_min[1], 0.5, 1e-12);
    EXPECT_NEAR(types[0].volume.total_um3, 3000.0, 1e-6);
    EXPECT_NEAR(types[0].death.necrosis_threshold_mmHg, 8.0, 1e-4);
    EXPECT_EQ(types[1].name, "b");
    EXPECT_EQ(types[1].cycle.phases.size(), 4U);
}

TEST(Parameters, TimingMakesPhasesExactOrDrawn)
{
    const auto types = read("[cell.a]\ncycle.model = ki67_basic\n"
                            "[cell.b]\ncycle.model = ki67_basic\ncycle.timing = fixed\n"
                            "[cell.c]\ncycle.model = ki67_basic\ncycle.timing = gaussian\ncycle.spread = 0.2\n");
    ASSERT_EQ(types.size(), 3U);
    EXPECT_FALSE(types[0].cycle.phases[0].fixed);
    EXPECT_TRUE(types[1].cycle.phases[0].fixed);
    EXPECT_EQ(types[1].cycle.phases[0].spread, 0.0);
    for (const Phase& phase : types[2].cycle.phases) {
        EXPECT_TRUE(phase.fixed);
        EXPECT_EQ(phase.spread, 0.2);
    }
    read("[cell.a]\ncycle.timing = erratic\n", 1);
}

TEST(Parameters, ThatContradictAreReported)
{
    read("[cell.a]\nvolume.nucleus = 3000 um^3\n", 1);
    read("[cell.a]\ndeath.necrosis_maximum = 9 mmHg\ntransition.hypoxia_saturation = 50 mmHg\n", 2);
    read("[cell.a]\ncycle.oxygen_threshold = 200 mmHg\n", 1);
    read("[cell.a]\ncycle.model = eternal\n", 1);
    read("[cell.a]\nmotility.speed.hybrid = -1 um/min\n", 1);
}

TEST(CycleModels, AreKnownByName)
{
    for (const std::string& model : cycle_model_names()) {
        EXPECT_FALSE(standard_phases(model).empty());
        int divisions = 0;
        for (const Phase& phase : standard_phases(model)) {
            divisions += phase.divides_at_exit ? 1 : 0;
        }
        EXPECT_EQ(divisions, 1);
        EXPECT_TRUE(standard_phases(model)[0].arrests);
    }
    EXPECT_THROW(standard_phases("eternal"), InputError);
}

} // namespace paget::agents
