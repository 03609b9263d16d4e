#include "example_body.hpp"

namespace paget::test
{
namespace
{
organ::OrganDescription example_organ(const std::string& name, const mesh::Index3& voxels)
{
    organ::OrganDescription organ;
    organ.name = name;
    organ.grid = {voxels, 20.0};
    organ::FieldDescription oxygen;
    oxygen.substance.name = "oxygen";
    oxygen.substance.unit = "mmHg";
    organ.fields.push_back(oxygen);
    organ::FieldDescription vegf;
    vegf.substance.name = "vegf";
    vegf.substance.unit = "nmol/l";
    organ.fields.push_back(vegf);
    return organ;
}
} // namespace

body::BodyDescription example_body()
{
    body::BodyDescription body;
    body.seed = 7;
    body.organs = {example_organ("breast", {4, 3, 2}), example_organ("lung", {2, 2, 1})};
    body.organs[0].founders = {{"tumour", 8, 0.0, 0.0}};
    body.organs[0].vessels.segments.push_back({{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}, 4.0, 1, true});
    body.organs[1].scene_origin_um = {100.0, 0.0, 0.0};
    body.journey.blood_volume_ml = 15.0;
    return body;
}

body::BodyCensus example_census()
{
    body::BodyCensus census;
    census.organs.resize(2);
    auto& breast = census.organs[0];
    breast.cells = {{{6, 0, 1, 0}, {2, 1, 0, 0}, {1, 0, 0, 1}}};
    breast.returned = 1;
    breast.totals.founded = 8;
    breast.totals.born = 12;
    breast.totals.arrived = 1;
    breast.totals.shed = 9;
    breast.totals.died = {1, 1, 0, 0};
    auto& lung = census.organs[1];
    lung.cells[2][1] = 1;
    lung.returned = 1;
    lung.totals.arrived = 2;
    lung.totals.died = {0, 0, 0, 1};
    census.blood.shed = 9;
    census.blood.died = {1, 0, 1, 0};
    census.blood.extravasated = 3;
    census.blood.extravasated_lumped = 1;
    census.in_blood = {1, 1, 3, 0};
    return census;
}

output::Sample example_sample(const body::BodyDescription& body)
{
    output::Sample sample;
    sample.now = 90 * ticks_per_minute;
    sample.body = &body;
    sample.census = example_census();
    sample.fields = {{{"oxygen", 1.0, 2.5, 38.0}, {"vegf", 0.0, 0.1, 0.2}, {"ecm", 0.5, 0.75, 1.0}},
                     {{"oxygen", 3.0, 3.0, 3.0}, {"vegf", 0.0, 0.0, 0.0}, {"ecm", 1.0, 1.0, 1.0}}};
    sample.sample_ml = 7.5;
    sample.blood_sample = {1.5, 2};
    return sample;
}

} // namespace paget::test
