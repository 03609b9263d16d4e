#include "behaviours.hpp"

namespace paget::agents
{

Traits mutated(const Traits& traits, const MutationParameters& mutation, CellId id, Tick tick,
               const RandomNumbers& random)
{
    Traits result = traits;
    if (!(mutation.probability > 0.0)) {
        return result;
    }
    std::uint64_t draw = 0;
    for (double* trait : {&result.il6_response, &result.il8_response, &result.mmp1, &result.fscn1}) {
        const auto u = random.uniforms(Purpose::mutation, id.value, tick, draw++);
        if (u[0] < mutation.probability) {
            *trait *= 1.0 + mutation.spread * (2.0 * u[1] - 1.0);
        }
    }
    return result;
}

} // namespace paget::agents
