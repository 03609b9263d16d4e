# Read with `.` by the job scripts beside it: starting a run or continuing it, and what becomes of the job afterwards.
# Settings, all from the environment:
#   PAGET         the program                                  (paget)
#   PAGET_LAUNCH  what starts its ranks: srun, mpirun, none, or a command with words of its own
#                                                              (srun where it can start MPI programs, else mpirun)
#   MAX_RESTARTS  how often a job may start itself again       (100)

say() { echo "[job] $(date +%T) $*"; }

# --kill-on-bad-exit=0: ranks that stop with 85 must not take those with them that are still closing files. --wait=30: but
# when a rank has died, the others, which would wait for it for ever, are ended half a minute later.
launcher() {
  local launch=${PAGET_LAUNCH:-}
  if [ -z "$launch" ]; then
    if srun --mpi=list 2>&1 | grep -q pmix; then launch=srun; else launch=mpirun; fi
  fi
  case $launch in
    srun) echo "srun --mpi=pmix --kill-on-bad-exit=0 --wait=30" ;;
    none) ;;
    *) echo "$launch" ;;
  esac
}

# The newest checkpoint, as a name: what the run has reached.
reached() { (cd "$1/checkpoints" 2>/dev/null && ls -1t -- *.h5 2>/dev/null | head -n 1); }

# Sends a signal on. mpirun must never see TERM: Open MPI kills the ranks two seconds after it, finished or not. USR1
# and USR2 it passes on to all ranks, as srun does.
pass_on() {
  say "got $1, tells the run"
  [ -z "${run_process:-}" ] || kill "-$2" "$run_process" 2>/dev/null
}

# What was submitted: words, and the case as it is now.
submission() { echo "$* $(cksum <"$1")"; }

# start_or_continue FOLDER CASE [words for paget run] : the run itself. Returns the exit code of paget.
# A run that jobs with the same words and the same case have begun in that folder goes on, from its newest checkpoint if
# it has one. paget refuses to begin in a folder that holds anything else, so nothing is ever replaced.
start_or_continue() {
  local folder=$1 case=$2 words launch code submitted
  shift 2
  submitted=$(submission "$case" "$@") # now: later a signal may end what it is made of
  if [ ! -e "$folder/.submission" ]; then
    words=(run "$case" "--output=$folder" "$@")
    say "begins $folder"
  elif [ "$(cat "$folder/.submission")" = "$submitted" ]; then
    words=(run "--restart=$folder")
    say "continues $folder, newest checkpoint: $(reached "$folder")"
  else
    say "$folder holds a run of another case or with other words: choose another folder (FOLDER=...), or continue it" \
      "with: paget run --restart=$folder"
    return 1
  fi
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} # ranks do the work in parallel; more threads only get in their way
  read -r -a launch <<<"$(launcher)"
  trap 'pass_on USR1 USR1' USR1
  trap 'pass_on TERM USR1' TERM
  trap 'pass_on USR2 USR2' USR2
  ${launch[@]+"${launch[@]}"} "${PAGET:-paget}" "${words[@]}" &
  run_process=$!
  if [ "${words[1]}" = "$case" ] && [ ! -e "$folder/case.ini" ]; then # a new run: mark its folder once it is made
    while [ ! -e "$folder/case.ini" ] && kill -0 "$run_process" 2>/dev/null; do sleep 0.2; done
    [ -d "$folder" ] && echo "$submitted" >"$folder/.submission"
  fi
  while :; do # a signal ends `wait`, but not the run
    wait "$run_process"
    code=$?
    kill -0 "$run_process" 2>/dev/null || break
  done
  say "paget ended with $code"
  return "$code"
}

# has_progressed FOLDER ALLOWED : false if the run has reached nothing new for more than ALLOWED ends of starts of this job.
has_progressed() {
  local mark=$1/.reached_by_job_$SLURM_JOB_ID now before='' idle=0
  now=$(reached "$1")
  now=${now:-nothing}
  if [ -e "$mark" ]; then read -r before idle <"$mark"; fi
  if [ "$now" = "$before" ]; then idle=$((idle + 1)); else idle=0; fi
  echo "$now $idle" >"$mark"
  [ "$idle" -le "$2" ]
}

# go_on_later FOLDER CODE : asks SLURM to start this job again if that can help: after 85, and after the run was killed
# (codes over 128: a rank died, or SLURM could not start all of them). Ends the script in any case: with 86 if the run gets
# no further, with 87 if the restarts are used up, with CODE otherwise.
go_on_later() {
  local allowed
  case $2 in
    85) allowed=0 ;;
    129 | 1[3-9]? | 2??) allowed=3 ;;
    *) exit "$2" ;; # done, or something that another start would not mend
  esac
  if [ "$(squeue -h -j "$SLURM_JOB_ID" -o %T)" != RUNNING ]; then
    say "SLURM has ended this job: cancelled, or put back by itself"
    exit "$2"
  fi
  if ! has_progressed "$1" "$allowed"; then
    say "no progress since the last start: not started again. Give the job more time, or see why it is killed."
    exit 86
  fi
  if [ "${SLURM_RESTART_COUNT:-0}" -ge "${MAX_RESTARTS:-100}" ]; then
    say "${MAX_RESTARTS:-100} restarts are used up. Submit the job again to go on."
    exit 87
  fi
  say "asks SLURM to start this job again"
  if scontrol requeue "$SLURM_JOB_ID"; then
    trap - TERM # with which SLURM ends this script now
    sleep 120 &
    wait $!
    exit "$2"
  fi
  say "SLURM does not start this job again (the site may forbid it). Submit it again, or use jobs/chain.sh."
  exit "$2"
}
