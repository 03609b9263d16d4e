#pragma once

#include "paget/organ/description.hpp"

#include <string>
#include <vector>

namespace paget::organ
{

/// Founders from a table of comma-separated values with a heading: columns x_um, y_um, z_um, and if wanted type (else
/// all are of `common.type`), state (else drawn by the shares of `common`) and heading_x, heading_y, heading_z (else
/// cells turn to a heading of their own when they crawl). Lines that are blank or begin with # are passed over. What
/// else holds of all founders is that of `common`. One group per type, in the order of the file. Throws InputError with
/// all problems, one per line as `file:line: what (why). remedy`. Local.
std::vector<Founders> read_founders_file(const std::string& path, const Founders& common,
                                         const std::vector<std::string>& types, const mesh::Grid& grid);

} // namespace paget::organ
