#!/bin/bash
# cluster_up.sh - bring up a private, throw-away SLURM cluster on ONE machine, for tests and CI.
#   No systemd, no cgroups, no slurmdbd, no root services touched. N emulated nodes, each a real slurmd.
#   As root each node gets its own host name and /dev/shm (UTS + mount namespace), and the whole cluster lives
#   in a private network namespace that has nothing but lo. Config, munge key, spool, logs, pids: one directory.
#
#   cluster_up.sh [--dir DIR] [--nodes N] [--cpus C] [--mem MB] [--no-uts] [--no-netns] [--fresh] [--quiet]
#   cluster_up.sh --dir DIR --node n2     # starts the daemon of one node again, after it was killed
#   . DIR/env.sh                # then sinfo / sbatch / srun / scancel ... work in this shell
#   cluster_down.sh [--dir DIR]
#
# Idempotent: with a healthy cluster it prints where and returns 0; a broken one is stopped and rebuilt.
# Exit codes: 0 up, 2 usage, 3 refused (a real SLURM lives here), 4 package missing, 5 failed to start.
# Settings by environment: PAGET_SLURM_DIR, PAGET_SLURM_KILLWAIT (s, 4), _GRACE (preemption, s, 10),
#   _REQUEUE_DELAY (s, >=5), _SLURMD_TIMEOUT (s, 60: how soon a dead node is noticed)
set -u -o pipefail
umask 022
export PATH=/usr/local/sbin:/usr/sbin:/sbin:$PATH

DIR=${PAGET_SLURM_DIR:-/tmp/paget-slurm}
NODES=4 CPUS=4 MEM=4000 UTS=auto NET=auto FRESH=0 QUIET=0 NODE=
usage() { sed -n '2,15s/^# \{0,1\}//p' "$0"; }
while [ $# -gt 0 ]; do
  case $1 in
    --dir) DIR=$2; shift 2;;     --nodes) NODES=$2; shift 2;;
    --cpus) CPUS=$2; shift 2;;   --mem) MEM=$2; shift 2;;
    --no-uts) UTS=no; shift;;    --no-netns) NET=no; shift;;
    --node) NODE=$2; shift 2;;
    --fresh) FRESH=1; shift;;    --quiet) QUIET=1; shift;;
    -h|--help) usage; exit 0;;
    *) echo "cluster_up: unknown argument '$1'" >&2; usage >&2; exit 2;;
  esac
done
say()  { [ "$QUIET" = 1 ] || echo "cluster_up: $*"; }
die()  { local rc=$1; shift; echo "cluster_up: $*" >&2; exit "$rc"; }
case $NODES$CPUS$MEM in *[!0-9]*) die 2 "--nodes, --cpus and --mem want whole numbers";; esac
[ "$NODES" -ge 1 ] && [ "$NODES" -le 64 ] || die 2 "--nodes must be 1..64"
case $DIR in /*) ;; *) DIR=$PWD/$DIR;; esac
[ ${#DIR} -le 50 ] || die 2 "--dir is too long for UNIX sockets below it: $DIR"
MARK=$DIR/.paget-slurm
DOWN=$(dirname "$(readlink -f "$0")")/cluster_down.sh
envof() { cat "/proc/$1/environ" 2>/dev/null | tr '\0' '\n'; }

# ---- 1. refuse to touch a real SLURM ---------------------------------------------------------
if [ -n "${SLURM_JOB_ID:-}" ]; then die 3 "refused: running inside SLURM job $SLURM_JOB_ID"; fi
if [ -n "${SLURM_CONF:-}" ] && [ "$SLURM_CONF" != "$DIR/etc/slurm.conf" ]; then
  die 3 "refused: SLURM_CONF=$SLURM_CONF points at another cluster (unset it first)"; fi
for f in /etc/slurm/slurm.conf /etc/slurm-llnl/slurm.conf /usr/local/etc/slurm.conf; do
  [ -e "$f" ] && die 3 "refused: $f exists, this machine belongs to a real SLURM"; done
for p in /proc/[0-9]*; do p=${p#/proc/}
  case $(cat "/proc/$p/comm" 2>/dev/null) in slurmctld|slurmd|slurmdbd|slurmrestd)
    envof "$p" | grep -q '^PAGET_SLURM_DIR=' || die 3 "refused: pid $p is a SLURM daemon that is no test cluster";; esac
done

# ---- 2. programs -------------------------------------------------------------------------------
for b in slurmctld slurmd sinfo sbatch scontrol munged munge setsid; do
  command -v $b >/dev/null || die 4 "$b not found: apt-get install -y --no-install-recommends slurm-wlm munge"; done

start() { # name command...   (foreground program in a session of its own, log file, pid file)
  local name=$1; shift
  PAGET_SLURM_DIR=$DIR setsid "$@" >>"$DIR/log/$name.out" 2>&1 </dev/null &
  echo $! > "$DIR/run/$name.pid"; disown $! 2>/dev/null || true; }
start_node() { # number
  local i=$1
  rm -rf "$DIR/tmp/n$i" "$DIR/spool/n$i"/*pmix* # as after a reboot: what PMIx left when the node died stops the next start
  mkdir -p "$DIR/spool/n$i" "$DIR/tmp/n$i"; chmod 1777 "$DIR/tmp/n$i"
  if [ "$UTS" = yes ]; then
    start slurmd-n$i ${INNET[@]+"${INNET[@]}"} unshare --uts --mount --propagation private -- sh -c \
      'hostname "$1" && mount --bind "$2" /etc/hosts && mount -t tmpfs -o mode=1777 shm /dev/shm && exec slurmd -D -N "$1" -f "$3"' \
      sh n$i "$DIR/etc/hosts" "$SLURM_CONF"
  else
    start slurmd-n$i ${INNET[@]+"${INNET[@]}"} slurmd -D -N n$i -f "$SLURM_CONF"
  fi
}

# ---- 2b. one node that has died comes back -----------------------------------------------------
if [ -n "$NODE" ]; then
  [ -f "$MARK" ] || die 3 "refused: $DIR is not a test cluster"
  . "$DIR/env.sh"; . "$DIR/etc/settings"; INNET=()
  [ "$NET" = no ] || INNET=(nsenter --net=/proc/$(cat "$DIR/run/netns.pid")/ns/net --)
  start_node "${NODE#n}"; say "node $NODE started"; exit 0
fi

# ---- 3. already up? ----------------------------------------------------------------------------
alive() { local p; p=$(cat "$DIR/run/$1.pid" 2>/dev/null) && kill -0 "$p" 2>/dev/null && envof "$p" | grep -qx "PAGET_SLURM_DIR=$DIR"; }
healthy() {
  [ -f "$MARK" ] && [ -f "$DIR/env.sh" ] && alive slurmctld && alive munged || return 1
  local i; for ((i=1;i<=NODES;i++)); do alive slurmd-n$i || return 1; done
  ( . "$DIR/env.sh"; timeout 5 scontrol ping 2>/dev/null | grep -q ' is UP' &&
    [ "$(timeout 5 sinfo -h -N -p all -o %T 2>/dev/null | grep -cE '^(idle|mixed|allocated|completing)$')" = "$NODES" ] ) ; }
if [ "$FRESH" = 0 ] && healthy; then say "already up: . $DIR/env.sh"; exit 0; fi
if [ -e "$DIR" ] && [ -n "$(ls -A "$DIR" 2>/dev/null)" ]; then
  [ -f "$MARK" ] || die 3 "refused: $DIR is not empty and not a test cluster"
  bash "$DOWN" --dir "$DIR" --quiet || die 5 "could not stop the old test cluster"
fi

# ---- 4. directories, ports, key, config --------------------------------------------------------
mkdir -p "$DIR"/{etc,run,log,state,spool,tmp,munge,bin} || die 5 "cannot create $DIR"
echo "created $(date -Is) by $0" > "$MARK"
chmod 755 "$DIR" "$DIR/run"; chmod 700 "$DIR/munge"
( umask 077; head -c 1024 /dev/urandom > "$DIR/munge/munge.key" )
fail() { echo "cluster_up: $*" >&2; tail -n 15 "$DIR"/log/*.out "$DIR"/log/*.log >&2 2>/dev/null
  bash "$DOWN" --dir "$DIR" --keep --quiet; exit 5; }
wait_for() { # seconds [-p daemon] command... : until it succeeds; at once false if that daemon has ended
  local end=$((SECONDS+$1)) d=""; shift; [ "$1" = -p ] && { d=$2; shift 2; }
  while [ $SECONDS -le $end ]; do "$@" >/dev/null 2>&1 && return 0
    [ -n "$d" ] && ! kill -0 "$(cat "$DIR/run/$d.pid")" 2>/dev/null && return 1; sleep 0.1; done; return 1; }

ROOT=no; [ "$(id -u)" = 0 ] && ROOT=yes
[ $ROOT = yes ] || { UTS=no; NET=no; }
[ "$UTS" = auto ] && { unshare --uts --mount true 2>/dev/null && UTS=yes || UTS=no; }
[ "$NET" = auto ] && { command -v ip >/dev/null && unshare --net ip link set lo up 2>/dev/null && NET=yes || NET=no; }
INNET=()
if [ "$NET" = yes ]; then
  # 127.0.0.2: glibc's getaddrinfo(AI_ADDRCONFIG), which SLURM uses, finds no IPv4 where 127.0.0.1 is the only address
  start netns unshare --net sh -c 'ip link set lo up && ip addr add 127.0.0.2/8 dev lo && exec sleep infinity'
  NSPID=$(cat "$DIR/run/netns.pid")
  wait_for 5 sh -c "nsenter --net=/proc/$NSPID/ns/net ip -o addr show up | grep -q '127.0.0.2/8' && [ \$(readlink /proc/$NSPID/ns/net) != \$(readlink /proc/self/ns/net) ]" || fail "no network namespace"
  INNET=(nsenter --net=/proc/$NSPID/ns/net --)
fi
free_port_block() { local n=$1 base p ok used; used=$("${INNET[@]}" ss -Hltn 2>/dev/null | awk '{sub(/.*:/,"",$4);print $4}')
  for base in $(shuf -i 100-290 -n 60); do
    base=$((base*100)); ok=1
    for ((p=base;p<base+n;p++)); do grep -qx $p <<<"$used" && { ok=0; break; }; done
    [ $ok = 1 ] && { echo $base; return 0; }
  done; return 1; }
BASE=$(free_port_block 99) || fail "no free block of ports"
HOST=$(hostname -s); NODEHOST="NodeHostname=$HOST"; [ "$UTS" = yes ] && NODEHOST=""
{
cat <<CONF
# made by cluster_up.sh: test cluster, all of it on 127.0.0.1
ClusterName=paget
SlurmctldHost=$HOST(127.0.0.1)
SlurmctldPort=$BASE
SrunPortRange=$((BASE+66))-$((BASE+98))
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
# cred_expire is also the delay before a requeued job may start (default 120 s, 5 is the least SLURM takes)
AuthInfo=socket=$DIR/run/munge.socket,cred_expire=${PAGET_SLURM_REQUEUE_DELAY:-5}
StateSaveLocation=$DIR/state
SlurmdSpoolDir=$DIR/spool/%n
TmpFS=$DIR/tmp/%n
SlurmctldPidFile=$DIR/run/slurmctld.slurm.pid
SlurmdPidFile=$DIR/run/slurmd-%n.slurm.pid
SlurmctldLogFile=$DIR/log/slurmctld.log
SlurmdLogFile=$DIR/log/slurmd-%n.log
SlurmctldDebug=verbose
SlurmdDebug=verbose
MailProg=/bin/true
PlugStackConfig=$DIR/etc/plugstack.conf
# --- no cgroups, no accounting daemon; finished jobs are in log/jobcomp.txt and in scontrol for MinJobAge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$DIR/log/jobcomp.txt
MinJobAge=3600
MpiDefault=none
# --- scheduling: config_overrides = nodes may claim more CPUs and memory than the machine has
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=$((MEM/CPUS))
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0,bf_interval=2,bf_resolution=1,preempt_send_user_signal
DependencyParameters=kill_invalid_depend
PriorityType=priority/basic
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
JobRequeue=1
EnforcePartLimits=ALL
# --- short timers, so that tests do not wait (KillWait: SLURM's default is 30)
KillWait=${PAGET_SLURM_KILLWAIT:-4}
InactiveLimit=0
Waittime=0
SlurmctldTimeout=30
SlurmdTimeout=${PAGET_SLURM_SLURMD_TIMEOUT:-60}
MessageTimeout=20
ReturnToService=2
PropagateResourceLimitsExcept=MEMLOCK
CONF
for ((i=1;i<=NODES;i++)); do
  echo "NodeName=n$i $NODEHOST NodeAddr=127.0.0.1 Port=$((BASE+i)) CPUs=$CPUS RealMemory=$MEM State=UNKNOWN"
done
cat <<CONF
PartitionName=all  Nodes=n[1-$NODES] Default=YES MaxTime=UNLIMITED DefaultTime=10 State=UP PriorityTier=5  PreemptMode=OFF
PartitionName=low  Nodes=n[1-$NODES] MaxTime=UNLIMITED DefaultTime=10 State=UP PriorityTier=1  PreemptMode=REQUEUE GraceTime=${PAGET_SLURM_GRACE:-10}
PartitionName=high Nodes=n[1-$NODES] MaxTime=UNLIMITED DefaultTime=10 State=UP PriorityTier=10 PreemptMode=OFF
CONF
} > "$DIR/etc/slurm.conf"
: > "$DIR/etc/plugstack.conf"
# the default ("mixed": tree for barriers) lets ranks out of MPI_Init's fence too early: sporadic SIGSEGV in MPI_Init
echo "PMIxCollFence=ring" > "$DIR/etc/mpi.conf"
# without this slurmd refuses to start where /sys/fs/cgroup is missing (chroot, some containers), although nothing uses it
case $(slurmd -V | grep -oE '[0-9]+\.[0-9]+' | head -1) in 2[0-2].*|23.*) c=cgroup/v1;; *) c=disabled;; esac
echo "CgroupPlugin=$c" > "$DIR/etc/cgroup.conf"
{ for ((i=1;i<=NODES;i++)); do echo "127.0.0.1 n$i"; done; cat /etc/hosts; } > "$DIR/etc/hosts"   # what the nodes see

cat > "$DIR/env.sh" <<ENV
# source this:  . $DIR/env.sh
export SLURM_CONF=$DIR/etc/slurm.conf PAGET_SLURM_DIR=$DIR PAGET_SLURM_NODES=$NODES PAGET_SLURM_CPUS=$CPUS
case :\$PATH: in *:$DIR/bin:*) ;; *) export PATH=$DIR/bin:\$PATH;; esac
# Open MPI: as root, more ranks than cores, shared memory inside a node and TCP on lo between nodes
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1
export OMPI_MCA_btl_tcp_if_include=lo OMPI_MCA_oob_tcp_if_include=lo
export OMPI_MCA_pml=ob1 OMPI_MCA_btl=self,$([ "$UTS" = yes ] && echo vader,)tcp
export OMP_NUM_THREADS=\${OMP_NUM_THREADS:-1}
ENV
for c in sinfo squeue sbatch srun salloc scancel scontrol sacct sattach sbcast sdiag sprio sstat strigger; do
  real=$(PATH=/usr/local/bin:/usr/bin:/bin command -v $c) || continue
  if [ "$NET" = yes ]; then
    cat > "$DIR/bin/$c" <<W
#!/bin/sh
[ "\$(readlink /proc/self/ns/net)" = "\$(readlink /proc/$NSPID/ns/net 2>/dev/null)" ] && exec $real "\$@"
exec nsenter --net=/proc/$NSPID/ns/net -- $real "\$@"
W
    chmod 755 "$DIR/bin/$c"
  else ln -sf "$real" "$DIR/bin/$c"; fi
done
. "$DIR/env.sh"

# ---- 5. start ----------------------------------------------------------------------------------
start munged munged --foreground --force --socket="$DIR/run/munge.socket" --key-file="$DIR/munge/munge.key" \
      --log-file="$DIR/log/munged.log" --pid-file="$DIR/run/munged.munge.pid" --seed-file="$DIR/munge/seed" --num-threads=2
wait_for 10 -p munged munge -n -S "$DIR/run/munge.socket" || fail "munged did not start"
start slurmctld "${INNET[@]}" slurmctld -D -i -f "$SLURM_CONF"
wait_for 20 -p slurmctld sh -c 'timeout 3 scontrol ping | grep -q " is UP"' || fail "slurmctld did not start"
echo "UTS=$UTS NET=$NET" > "$DIR/etc/settings"
for ((i=1;i<=NODES;i++)); do start_node "$i"; done
all_idle() { [ "$(timeout 5 sinfo -h -N -p all -o %T | grep -cx idle)" = "$NODES" ]; }
wait_for 40 all_idle || fail "not all nodes came up: $(sinfo -N -l 2>&1)"
say "up: $NODES nodes x $CPUS CPUs, node host names: $UTS, private network: $NET, ports $BASE-$((BASE+98)); . $DIR/env.sh"
exit 0
