// As cycles.cpp, on 256 x 256 x 256 voxels (about 2 GB).

#include "cycles.hpp"

namespace paget::fields
{
using namespace testing_fields;

TEST(CyclesOn256, AreAsManyAsOn64)
{
    for (const Walls& walls : all_walls) {
        for (const Uptake& uptake : uptakes) {
            const int small = cycles_of({64, 64, 64}, walls, uptake);
            const int large = cycles_of({256, 256, 256}, walls, uptake);
            EXPECT_LE(std::abs(large - small), 2)
                << walls << ", " << uptake.name << ": " << small << ", then " << large;
        }
    }
}

} // namespace paget::fields
