#include "sample.hpp"

namespace paget::output
{
namespace
{
/// There is one patient in a run.
constexpr std::uint64_t patient = 0;
} // namespace

circulation::BloodSample draw_blood(const body::BodyDescription& body, const body::BodyCensus& census, double sample_ml,
                                    Tick now)
{
    return circulation::blood_sample(census.in_blood.flowing_cells, body.journey.blood_volume_ml, sample_ml,
                                     RandomNumbers(body.seed), patient, now);
}

double returned_share(const organ::Census& census)
{
    const std::int64_t living = census.living();
    return living > 0 ? static_cast<double>(census.returned) / static_cast<double>(living) : 0.0;
}

} // namespace paget::output
