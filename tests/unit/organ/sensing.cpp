#include "sensing.hpp"

#include "unit/agents/culture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::organ
{
namespace
{
const mesh::Grid grid{{20, 20, 20}, 20.0};

/// Cells of one type among an oxygen, a TGF-beta and an attractant field.
class Milieu
{
public:
    explicit Milieu(const mesh::Grid& space = grid)
        : culture(space, {1, 1, 1}, comm_, {agents::test::resting_type()}),
          space_(space),
          matrix_(culture.partition, comm_, 0.5)
    {
        tissue.types = culture.types;
        tissue.behaviour.resize(1);
        tissue.behaviour[0].chemoattractant = "bait";
        tissue.behaviour[0].gradient_half_per_um = 0.02;
        tissue.behaviour[0].matrix_gradient_half_per_um = 0.01;
    }

    /// Adds a field with values f(place).
    template <class F>
    void add(const std::string& name, F f)
    {
        FieldDescription& field = descriptions_.emplace_back();
        field.substance.name = name;
        field.substance.diffusivity_um2_per_min = 1000.0;
        field.substance.decay_per_min = 1.0;
        fields_.emplace_back(culture.partition, comm_, field.substance, "milieu_" + name + "_");
        fields_.back().assign(values(f));
    }
    template <class F>
    void set_matrix(F f)
    {
        matrix_.assign(values(f));
    }

    void put(const Vec3& position_um, agents::Fate fate = agents::Fate::cycling)
    {
        auto cell = agents::test::cell_at(culture.types[0], next_++, position_um);
        cell.fate = fate;
        culture.found({cell});
    }
    /// The signals of rules, of which one on the speed listens to all.
    std::vector<std::vector<double>> hear(agents::Stage stage = agents::Stage::motion)
    {
        tissue.types[0].rules.assign(1, {agents::Behaviour::speed, {}});
        for (std::size_t s = 0; s < tissue.signals.size(); ++s) {
            const auto number = static_cast<std::uint32_t>(agents::own_signal_count + s);
            tissue.types[0].rules[0].response.raising.push_back({number, 1.0, 2.0});
        }
        agents::Environment environment = sense();
        const VesselDistance distance(vessels);
        sense_signals(culture.population, tissue, {fields_, &distance, plasma, OrganId{1}, 0.25, space_},
                      agents::signals_heard(tissue.types, stage), environment);
        return environment.signals;
    }
    agents::Environment sense() const
    {
        return sense_tissue(culture.population, tissue, descriptions_, fields_, matrix_, space_);
    }

private:
    template <class F>
    std::vector<double> values(F f) const
    {
        std::vector<double> all;
        for (int k = 0; k < space_.voxels[2]; ++k) {
            for (int j = 0; j < space_.voxels[1]; ++j) {
                for (int i = 0; i < space_.voxels[0]; ++i) {
                    all.push_back(f(space_.centre_um({i, j, k})));
                }
            }
        }
        return all;
    }

    parallel::Communicator comm_ = parallel::Communicator::self();

public:
    agents::test::Culture culture;
    TissueDescription tissue;
    VesselNetwork vessels;
    Plasma plasma;

private:
    mesh::Grid space_;
    std::vector<FieldDescription> descriptions_;
    std::vector<fields::DiffusingField> fields_;
    fields::MatrixField matrix_;
    std::uint64_t next_ = 0;
};

constexpr double close = 1e-12;

void expect_near(const Vec3& a, const Vec3& b)
{
    EXPECT_NEAR(a.x, b.x, close);
    EXPECT_NEAR(a.y, b.y, close);
    EXPECT_NEAR(a.z, b.z, close);
}
} // namespace

TEST(SenseTissue, WithoutFieldsEverythingIsNeutral)
{
    Milieu milieu;
    milieu.put({100.0, 100.0, 100.0});
    const auto sensed = milieu.sense();
    EXPECT_EQ(sensed.oxygen_mmHg, std::vector<double>{160.0});
    EXPECT_EQ(sensed.tgf_beta, std::vector<double>{0.0});
    EXPECT_EQ(sensed.chemoattractant[0], Vec3{});
    EXPECT_EQ(sensed.matrix_density, std::vector<double>{0.5});
    EXPECT_EQ(sensed.matrix_direction[0], Vec3{});
}

TEST(SenseTissue, CellsSenseTheVoxelOfTheirCentre)
{
    Milieu milieu;
    milieu.add("oxygen", [](const Vec3& p) { return p.x + 1000.0 * p.y; });
    milieu.add("tgf_beta", [](const Vec3& p) { return p.z; });
    milieu.set_matrix([](const Vec3& p) { return p.x / 400.0; });
    milieu.put({101.0, 219.9, 379.9});
    milieu.put({119.9, 200.1, 0.1});
    milieu.put({120.1, 10.0, 399.0});
    const auto sensed = milieu.sense();
    for (std::size_t cell = 0; cell < 3; ++cell) {
        const Vec3 centre = grid.centre_um(grid.voxel_at(milieu.culture.population.position_um(cell)));
        EXPECT_EQ(sensed.oxygen_mmHg[cell], centre.x + 1000.0 * centre.y);
        EXPECT_EQ(sensed.tgf_beta[cell], centre.z);
        EXPECT_EQ(sensed.matrix_density[cell], centre.x / 400.0);
    }
}

TEST(SenseTissue, DirectionsPointUpTheGradientAndSaturate)
{
    for (const double slope : {1e-6, 0.02, 0.1, 1e6}) {
        Milieu milieu;
        milieu.add("bait", [&](const Vec3& p) { return slope * (0.6 * p.x - 0.8 * p.z + 400.0); });
        milieu.put({190.0, 210.0, 150.0});
        const Vec3 sensed = milieu.sense().chemoattractant[0];
        const double length = slope / (slope + 0.02);
        EXPECT_NEAR(norm(sensed), length, 1e-9);
        EXPECT_LT(norm(sensed), 1.0);
        EXPECT_NEAR(sensed.x, 0.6 * length, 1e-9);
        EXPECT_NEAR(sensed.y, 0.0, 1e-9);
        EXPECT_NEAR(sensed.z, -0.8 * length, 1e-9);
    }
}

TEST(SenseTissue, MatrixGuidesWithItsOwnHalf)
{
    Milieu milieu;
    milieu.set_matrix([](const Vec3& p) { return 0.5 - 0.01 * (p.y - 200.0) / 10.0; });
    milieu.put({190.0, 210.0, 150.0});
    expect_near(milieu.sense().matrix_direction[0], {0.0, -0.001 / (0.001 + 0.01), 0.0});
}

TEST(SenseTissue, TypesFollowTheirOwnFieldOrNone)
{
    Milieu milieu;
    milieu.add("bait", [](const Vec3& p) { return p.x; });
    milieu.add("other", [](const Vec3& p) { return p.y; });
    milieu.put({190.0, 210.0, 150.0});
    milieu.tissue.behaviour[0].chemoattractant = "other";
    expect_near(milieu.sense().chemoattractant[0], {0.0, 1.0 / 1.02, 0.0});
    milieu.tissue.behaviour[0].chemoattractant = "missing";
    EXPECT_EQ(milieu.sense().chemoattractant[0], Vec3{});
}

TEST(SenseTissue, DriftIsTheSensitivityTimesTheGradient)
{
    Milieu milieu;
    milieu.add("bait", [](const Vec3& p) { return 0.3 * p.x - 0.4 * p.z + 400.0; });
    milieu.set_matrix([](const Vec3& p) { return 0.5 + 0.001 * (p.y - 200.0); });
    milieu.put({190.0, 210.0, 150.0});
    EXPECT_TRUE(milieu.sense().drift_um_per_min.empty());
    milieu.tissue.behaviour[0].chemotactic_sensitivity = 5.0;
    expect_near(milieu.sense().drift_um_per_min.at(0), {1.5, 0.0, -2.0});
    milieu.tissue.behaviour[0].haptotactic_sensitivity_um2_per_min = 70.0;
    expect_near(milieu.sense().drift_um_per_min.at(0), {1.5, 0.07, -2.0});
    milieu.tissue.behaviour[0].chemoattractant = "none";
    expect_near(milieu.sense().drift_um_per_min.at(0), {0.0, 0.07, 0.0});
}

TEST(SenseTissue, RulesHearTheFieldsTheyListenTo)
{
    Milieu milieu;
    milieu.add("oxygen", [](const Vec3& p) { return p.x; });
    milieu.add("silent", [](const Vec3&) { return 7.0; });
    milieu.add("bait", [](const Vec3& p) { return p.y + p.z; });
    milieu.put({101.0, 219.9, 379.9});
    milieu.put({15.0, 200.1, 0.1});
    EXPECT_TRUE(milieu.hear().empty());
    milieu.tissue.signals = {{TissueSignal::Kind::concentration, 2}, {TissueSignal::Kind::concentration, 0}};
    milieu.tissue.mmHg_per_oxygen_unit = 7.5; // rules are read in the field's own unit
    const auto heard = milieu.hear();
    ASSERT_EQ(heard.size(), 2U);
    for (std::size_t cell = 0; cell < 2; ++cell) {
        const Vec3 centre = grid.centre_um(grid.voxel_at(milieu.culture.population.position_um(cell)));
        EXPECT_EQ(heard[0].at(cell), centre.y + centre.z);
        EXPECT_EQ(heard[1].at(cell), centre.x);
    }
}

TEST(SenseTissue, RulesHearWhatElseIsThere)
{
    using Kind = TissueSignal::Kind;
    Milieu milieu;
    milieu.add("oxygen", [](const Vec3& p) { return 0.5 * (0.6 * p.x - 0.8 * p.z + 400.0); });
    milieu.put({190.0, 210.0, 150.0});
    milieu.put({200.0, 210.0, 150.0});                                                  // touches the first
    milieu.put({219.0, 210.0, 150.0}, agents::Fate::apoptotic);                         // a corpse touches the second
    milieu.put({219.5 + 2.0 * 1.25 * 8.413, 210.0, 150.0});                             // out of reach of the corpse
    milieu.vessels.segments = {{{0.0, 0.0, 150.0}, {400.0, 0.0, 150.0}, 4.0, 0, false}, // does not flow
                               {{0.0, 300.0, 150.0}, {400.0, 300.0, 150.0}, 5.0, 0, true}};
    milieu.plasma.concentration_mg_per_l = {0.25, 4.0};
    milieu.tissue.signals = {{Kind::gradient, 0},     {Kind::contact, 0}, {Kind::dead_contact, 0},
                             {Kind::vessel_distance}, {Kind::drug, 1},    {Kind::organ, 1},
                             {Kind::organ, 0},        {Kind::drug, 2},    {Kind::niche}};
    const auto heard = milieu.hear();
    ASSERT_EQ(heard.size(), 9U);
    const std::vector<double> living{1.0, 1.0, 1.0, 0.0};
    const std::vector<double> dead{0.0, 1.0, 0.0, 0.0};
    for (std::size_t cell = 0; cell < 4; ++cell) {
        const std::size_t number = milieu.culture.population.id(cell).number();
        EXPECT_NEAR(heard[0].at(cell), 0.5, 1e-12);
        EXPECT_EQ(heard[1].at(cell), living[number]) << number;
        EXPECT_EQ(heard[2].at(cell), dead[number]) << number;
        EXPECT_NEAR(heard[3].at(cell), 85.0, 1e-6);
        EXPECT_EQ(heard[4].at(cell), 4.0);
        EXPECT_EQ(heard[5].at(cell), 1.0);
        EXPECT_EQ(heard[6].at(cell), 0.0);
        EXPECT_EQ(heard[7].at(cell), 0.0); // a drug that was not given yet
        EXPECT_EQ(heard[8].at(cell), 0.25);
    }
    for (const auto& signal : milieu.hear(agents::Stage::tissue)) {
        EXPECT_TRUE(signal.empty()); // no rule of that stage listens
    }
    milieu.vessels.segments.pop_back();
    EXPECT_TRUE(std::isinf(milieu.hear()[3][0]));
}

TEST(SenseTissue, NothingPointsOutOfThePlane)
{
    Milieu milieu({{20, 20, 1}, 20.0});
    milieu.add("bait", [](const Vec3& p) { return p.x + p.y; });
    milieu.put({190.0, 210.0, 10.0});
    const Vec3 sensed = milieu.sense().chemoattractant[0];
    EXPECT_EQ(sensed.z, 0.0);
    EXPECT_GT(sensed.x, 0.0);
    EXPECT_NEAR(sensed.x, sensed.y, close);
}

TEST(HypoxiaOfCells, IsARampBetweenTheTypesThresholds)
{
    Milieu milieu;
    milieu.put({100.0, 100.0, 100.0});
    agents::Environment environment = milieu.sense();
    const auto hypoxia_at = [&](double oxygen_mmHg) {
        environment.oxygen_mmHg[0] = oxygen_mmHg;
        return hypoxia_of_cells(milieu.culture.population, environment)[0];
    };
    EXPECT_EQ(hypoxia_at(160.0), 0.0); // thresholds 15 and 4 mmHg
    EXPECT_EQ(hypoxia_at(15.0), 0.0);
    EXPECT_DOUBLE_EQ(hypoxia_at(9.5), 0.5);
    EXPECT_EQ(hypoxia_at(4.0), 1.0);
    EXPECT_EQ(hypoxia_at(0.0), 1.0);
}

TEST(FindField, ByName)
{
    std::vector<FieldDescription> fields(2);
    fields[0].substance.name.push_back('a');
    fields[1].substance.name.push_back('b');
    EXPECT_EQ(find_field(fields, "b"), 1U);
    EXPECT_FALSE(find_field(fields, "c"));
}

} // namespace paget::organ
