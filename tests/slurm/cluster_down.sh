#!/bin/bash
# cluster_down.sh - stop the test cluster that cluster_up.sh started in DIR, and only that one.
#   cluster_down.sh [--dir DIR] [--keep] [--quiet]      --keep: leave the files (logs) in place
# Ends only processes that carry PAGET_SLURM_DIR=DIR in their environment. Idempotent.
set -u
export PATH=/usr/local/sbin:/usr/sbin:/sbin:$PATH
DIR=${PAGET_SLURM_DIR:-/tmp/paget-slurm} KEEP=0 QUIET=0
while [ $# -gt 0 ]; do case $1 in
  --dir) DIR=$2; shift 2;; --keep) KEEP=1; shift;; --quiet) QUIET=1; shift;;
  *) echo "cluster_down: unknown argument '$1'" >&2; exit 2;; esac; done
case $DIR in /*) ;; *) DIR=$PWD/$DIR;; esac
say() { [ "$QUIET" = 1 ] || echo "cluster_down: $*"; }
[ -e "$DIR" ] || { say "nothing at $DIR"; exit 0; }
[ -f "$DIR/.paget-slurm" ] || { echo "cluster_down: refused: $DIR is not a test cluster" >&2; exit 3; }
envof() { cat "/proc/$1/environ" 2>/dev/null | tr '\0' '\n'; }
mine=" "; p=$$; while [ "${p:-0}" -gt 1 ]; do mine="$mine$p "; p=$(awk '/^PPid:/{print $2}' "/proc/$p/status" 2>/dev/null); done
pids() { # names... : our daemons of these names, never this script or its parents
  local p n; for p in /proc/[0-9]*; do p=${p#/proc/}; case $mine in *" $p "*) continue;; esac
  n=$(cat "/proc/$p/comm" 2>/dev/null) || continue
  case " $* " in *" $n "*) envof "$p" | grep -qx "PAGET_SLURM_DIR=$DIR" && echo "$p";; esac; done; }
wait_gone() { local t=$1 i p left; shift; for ((i=0;i<t*10;i++)); do left=""
  for p in "$@"; do kill -0 "$p" 2>/dev/null && left=1; done; [ -z "$left" ] && return 0; sleep 0.1; done; return 1; }
stop() { local sig=$1 t=$2 list; shift 2; list=$(pids "$@"); [ -n "$list" ] || return 0
  kill -"$sig" $list 2>/dev/null; wait_gone "$t" $list || { kill -9 $list 2>/dev/null; wait_gone 3 $list; }; }
stop KILL 3 slurmctld                    # a throw-away controller: nothing to save, and it must not requeue
for p in /proc/[0-9]*; do p=${p#/proc/}; case $mine in *" $p "*) continue;; esac   # job processes
  e=$(envof "$p"); grep -qx "SLURM_CONF=$DIR/etc/slurm.conf" <<<"$e" && grep -q '^SLURM_JOB_ID=' <<<"$e" && kill -9 "$p" 2>/dev/null; done
stop KILL 3 slurmstepd
stop TERM 3 slurmd
stop TERM 2 munged
NS=$(cat "$DIR/run/netns.pid" 2>/dev/null)
[ -n "$NS" ] && envof "$NS" | grep -qx "PAGET_SLURM_DIR=$DIR" && kill -9 "$NS" 2>/dev/null
if [ "$KEEP" = 0 ]; then
  rm -rf "${DIR:?}"/{etc,run,log,state,spool,tmp,munge,bin} "$DIR/env.sh" "$DIR/.paget-slurm"; rmdir "$DIR" 2>/dev/null
fi
say "down"
exit 0
