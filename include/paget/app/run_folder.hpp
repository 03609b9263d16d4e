#pragma once

#include "paget/core/clock.hpp"

#include <string>
#include <string_view>

namespace paget::app
{

/// The file that marks a run folder: the resolved case.
inline constexpr const char* run_mark = "case.ini";

/// The resolved case as it stands in that file: its first line tells which case file it was read from, so that names of
/// other files in it can be completed. And the way back; for other texts the mark's own name. In the folder of a fork
/// the last line tells the folder of its trunk.
std::string marked_case(const std::string& resolved_case, const std::string& case_file, const std::string& trunk = "");
std::string case_file_of(std::string_view marked);
/// Empty if it is no fork.
std::string trunk_of(std::string_view marked);

/// Makes the folder for the results of a run and takes possession of it by writing the case (`case.ini`) into it. An
/// existing folder is used if it is empty, or if it holds an earlier run and `overwrite` is set (then that run's files,
/// and no others, are removed). Throws InputError otherwise or if it cannot be written; nothing is changed then. To be
/// called on one rank. Local.
void prepare_run_folder(const std::string& folder, bool overwrite, const std::string& resolved_case);

/// Throws InputError unless the folder holds a run. Local.
void require_run_folder(const std::string& folder);

/// Whether the folder's summary tells of a run that came to that end. Local.
bool has_ended(const std::string& folder, Tick end);

/// What prepare_run_folder would refuse, without changing anything. Local.
void check_run_folder(const std::string& folder, bool overwrite);

/// The same for the folder of a fork, which may be neither its trunk's nor one around that. Local.
void check_fork_folder(const std::string& trunk, const std::string& fork, bool overwrite);

} // namespace paget::app
