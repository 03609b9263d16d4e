#pragma once

#include "row.hpp"
#include "sample.hpp"

namespace paget::output
{

// Each adds the columns of one kind of quantity to a row; one file each in this folder.

void add_cells(Row& row, const Sample& sample);        ///< cells by organ, state and fate
void add_turnover(Row& row, const Sample& sample);     ///< founded, born, died by cause, shed, arrived, since the start
void add_blood(Row& row, const Sample& sample);        ///< cells in the blood, their fates, the liquid biopsy
void add_self_seeding(Row& row, const Sample& sample); ///< share of the primary that has travelled
void add_niches(Row& row, const Sample& sample);       ///< readiness of prepared organs
void add_field_extremes(Row& row, const Sample& sample); ///< least, mean and largest value of every field

/// All of them, after the time.
Row make_row(const Sample& sample);

} // namespace paget::output
