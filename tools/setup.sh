# Sourced by tools/quickstart and tools/test: packages, configure, build. Never asks anything.

paget_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Not nproc: it answers OMP_NUM_THREADS where that is set, as it is below.
cores=$(getconf _NPROCESSORS_ONLN)

say() { printf '\n== %s\n' "$*"; }

wanted_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$paget_root/tools/debian-packages.txt"; }

missing_packages()
{
    local package
    for package in $(wanted_packages); do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

# For tests of the job scripts: SLURM, from Debian. Only as root (in CI and containers): it brings services along, which a
# person's machine need not have. False if it is not there in the end.
install_slurm()
{
    PATH=$PATH:/usr/sbin command -v slurmd >/dev/null && return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends slurm-wlm munge >/dev/null 2>&1
}

# For tests of the report's page: Chromium, from Debian. Only as root, as it is large. False if it is not there in the end.
install_chromium()
{
    command -v chromium >/dev/null && return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
}

# Installs what is missing: as root, or by sudo where it needs no password. Otherwise says what to do and fails.
install_packages()
{
    local missing become=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian: packages are taken as given (tools/debian-packages.txt lists them)"
        return 0
    fi
    missing=$(missing_packages)
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "These Debian packages are missing, and this user may not install any. Ask for:" >&2
            echo "  apt-get install" $missing >&2
            return 1
        fi
        become=(sudo -n)
    fi
    say "Installing packages:" $missing
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
        "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build PRESET [TARGET ...]: configures and builds in build/PRESET.
build()
{
    local preset=$1
    shift
    say "Configuring (preset $preset)"
    (cd "$paget_root" && cmake --preset "$preset" -Wno-dev) >"$paget_root/configure.log" 2>&1 ||
        { cat "$paget_root/configure.log" >&2; rm -f "$paget_root/configure.log"; return 1; }
    rm -f "$paget_root/configure.log"
    say "Building on $cores cores"
    cmake --build "$paget_root/build/$preset" --parallel "$cores" ${@:+--target "$@"}
}

# Open MPI refuses root and more ranks than cores unless told; one thread per rank.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_mpi_yield_when_idle=1 OMP_NUM_THREADS=1
