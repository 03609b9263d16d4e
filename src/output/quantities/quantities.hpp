#pragma once

#include "paget/body/body.hpp"
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
void add_vessels(Row& row, const Sample& sample);      ///< sizes and events of vessels that grow
void add_field_extremes(Row& row, const Sample& sample); ///< least, mean and largest value of every field
void add_types(Row& row, const Sample& sample);          ///< living and dormant cells by organ and type
void add_phases(Row& row, const Sample& sample);         ///< cells by organ, type and phase of their cycle
void add_shapes(Row& row, const Sample& sample);         ///< where the living cells of an organ are, and their volume
void add_probes(Row& row, const Sample& sample);         ///< all fields at the points that the case names

// What the last four show is measured only if the case asks for it. Collective over the world, the same on all ranks.

/// Living and dormant cells by type.
TypeCounts count_types(const body::Body& body);
/// Living cells, [organ][type][phase].
PhaseCounts count_phases(const body::Body& body);
/// Of the living cells of every organ; all zero where there are none.
std::vector<Shape> measure_shapes(const body::Body& body);
/// Values in the voxel that holds the point, [probe][field], the matrix last.
std::vector<std::vector<double>> read_probes(const body::Body& body, const std::vector<Probe>& probes);

/// What follows the name of a column: the unit of a field of the organ, or nothing for the matrix, which comes last.
std::string unit_suffix(const organ::OrganDescription& organ, std::size_t field);

/// All of them, after the time.
Row make_row(const Sample& sample);

} // namespace paget::output
