#pragma once

#include <string>

namespace paget::app
{

/// Makes the folder for the results of a run and takes possession of it by writing the resolved case (`case.ini`) into
/// it. An existing folder is used if it is empty, or if it holds an earlier run and `overwrite` is set (then that run's
/// files, and no others, are removed). Throws InputError otherwise or if it cannot be written; nothing is changed then.
/// To be called on one rank. Local.
void prepare_run_folder(const std::string& folder, bool overwrite, const std::string& resolved_case);

/// What prepare_run_folder would refuse, without changing anything. Local.
void check_run_folder(const std::string& folder, bool overwrite);

} // namespace paget::app
