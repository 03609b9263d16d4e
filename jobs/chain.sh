#!/bin/bash
# One run as a chain of jobs, for sites that do not let jobs start themselves again: each waits for the one before it and
# goes on where that stopped. Run it on the login node.
#
#   jobs/chain.sh 5 inputs/breast.ini [words for paget]                       five jobs
#   SBATCH_ARGS='--ntasks=64 --time=12:00:00' jobs/chain.sh 5 inputs/breast.ini
#
# Jobs that are not needed any more end at once: after the end of the run, and after a failure that another start would
# not mend.
set -eu
count=${1:?number of jobs, as in: jobs/chain.sh 5 inputs/breast.ini}
shift
jobs=$(cd "$(dirname "$0")" && pwd)
export PAGET_JOBS=$jobs
before=
for ((i = 1; i <= count; ++i)); do
  # afterany: a job that was killed must not end the chain; the next one continues from the last checkpoint.
  # shellcheck disable=SC2086  # SBATCH_ARGS holds several words
  job=$(sbatch --parsable ${SBATCH_ARGS:-} ${before:+--dependency=afterany:$before} "$jobs/link.sbatch" "$@")
  before=${job%%;*}
  echo "job $before, link $i of $count"
done
