#include "paget/core/units.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget
{

TEST(UnitSystem, ConvertsWhatUsersWrite)
{
    const UnitSystem units;
    EXPECT_DOUBLE_EQ(units.read("2000 um^2/s", "um^2/min"), 120000.0);
    EXPECT_DOUBLE_EQ(units.read("0.0432 1/h", "1/min"), 0.0432 / 60.0);
    EXPECT_NEAR(units.read("5066.2 Pa", "mmHg"), 38.0, 1e-3);
    EXPECT_DOUBLE_EQ(units.read("3.2e6 cell/g/day", "1/g/day"), 3.2e6);
    EXPECT_DOUBLE_EQ(units.read(" 12 ", "um"), 12.0);
    EXPECT_DOUBLE_EQ(units.read("+4", "1"), 4.0);
    EXPECT_DOUBLE_EQ(units.read("40 %", "1"), 0.4);
    EXPECT_DOUBLE_EQ(units.read("0.1 nmol/l", "nmol/l"), 0.1);
}

TEST(UnitSystem, RefusesWrongDimensionsAndWords)
{
    const UnitSystem units;
    const auto message = [&](const std::string& text, const std::string& to) {
        try {
            units.read(text, to);
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    EXPECT_THAT(message("3 kg", "um"), testing::HasSubstr("wrong dimension"));
    EXPECT_THAT(message("3 kg", "1"), testing::HasSubstr("Give a plain number."));
    EXPECT_THAT(message("0.1 hour", "1/min"), testing::HasSubstr("wrong dimension"));  // not 10 per hour
    EXPECT_THAT(message("38 mmHg from 20", "mmHg"), testing::HasSubstr("not a unit")); // not 58
    EXPECT_THAT(message("38 mmHg @ 20", "mmHg"), testing::HasSubstr("not a unit"));
    EXPECT_THAT(message("3 min after 1", "min"), testing::HasSubstr("not a unit"));
    EXPECT_THAT(message("5 1/um", "um"), testing::HasSubstr("wrong dimension"));
    EXPECT_THAT(message("3 parsnips", "um"), testing::HasSubstr("not a unit"));
    EXPECT_THAT(message("many", "um"), testing::HasSubstr("not a number"));
    EXPECT_THAT(message("nan", "um"), testing::HasSubstr("not a number"));
    EXPECT_THAT(message("", "um"), testing::HasSubstr("not a number"));
    EXPECT_THAT(message("inf", "um"), testing::HasSubstr("Write a finite one"));
    EXPECT_EQ(message("40 mins", "min"), "'mins' is not a unit. Write one that fits 'min'.");
    EXPECT_EQ(message("2 h 30 min", "min"),
              "'h 30 min' follows the number (a value is one number and one unit). Add the parts up.");
}

TEST(UnitSystem, ReadsRatesWithoutTheirOne)
{
    const UnitSystem units;
    EXPECT_DOUBLE_EQ(units.read("6 /h", "1/min"), 0.1);
    EXPECT_DOUBLE_EQ(units.read("6/h", "1/min"), 0.1);
}

TEST(UnitSystem, RefusesNumbersThatBecomeInfinite)
{
    const UnitSystem units;
    EXPECT_THROW(units.read("1e308 km", "um"), InputError);
    EXPECT_THROW(units.read("1e400 um", "um"), InputError);
    EXPECT_THROW(units.read("inf um", "um"), InputError);
    EXPECT_DOUBLE_EQ(units.read("1e299 km", "um"), 1e308);
}

} // namespace paget
