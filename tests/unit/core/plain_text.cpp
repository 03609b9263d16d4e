#include "paget/core/plain_text.hpp"

#include <gtest/gtest.h>

namespace paget
{

TEST(PlainText, BlanksAtTheEndsDoNotCount)
{
    EXPECT_EQ(without_blanks(" \t\"a b\" \r"), "a b");
    EXPECT_EQ(without_blanks("  "), "");
    EXPECT_EQ(without_blanks(""), "");
}

TEST(PlainText, FieldsStandBetweenCommas)
{
    using Fields = std::vector<std::string>;
    EXPECT_EQ(comma_fields("a, b c ,\"d\""), (Fields{"a", "b c", "d"}));
    EXPECT_EQ(comma_fields("a,,"), (Fields{"a", "", ""}));
    EXPECT_EQ(comma_fields(""), (Fields{""}));
}

TEST(PlainText, ANumberIsTheWholeText)
{
    EXPECT_EQ(number_in("-1.25e3"), -1250.0);
    for (const char* none : {"", "1 ", "1,5", "x", "0x1p3", "inf", "nan", "1e999"}) {
        EXPECT_FALSE(number_in(none).has_value()) << none;
    }
}

} // namespace paget
