# Sourced by run, test and fourstrands: finds the project, and builds the program when its sources have changed.
# shellcheck shell=bash

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
artifacts=$root/artifacts
program=$artifacts/bin/FourStrands.Cli/release/fourstrands.dll
stamp=$artifacts/fourstrands.stamp

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }

fail() {
    local code=$1
    shift
    printf '%s\n' "$@" >&2
    exit "$code"
}

# Everything the program is built from; node_modules and what the build itself writes are not sources.
sources() {
    find "$root/src" "$root"/Directory.*.props "$root/global.json" \
        \( -name node_modules -o -path '*/wwwroot/dist' -o -name bin -o -name obj \) -prune -o -type f "$@"
}

# A renamed or deleted file leaves nothing newer behind, so the stamp also holds the list of files.
is_built() {
    [[ -f $program && -f $stamp ]] &&
        [[ -z $(sources -newer "$stamp" -print -quit) ]] &&
        [[ $(sources -print | LC_ALL=C sort | cksum) == "$(<"$stamp")" ]]
}

# The .NET 10 SDK, without starting it: that alone would cost a third of a second.
need_dotnet() {
    command -v dotnet >/dev/null ||
        fail 5 "FourStrands needs the .NET 10 SDK, and there is no 'dotnet' on the PATH." \
            "Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start this again."
    dotnet --list-sdks | grep -q '^10\.' ||
        fail 5 "FourStrands needs the .NET 10 SDK; 'dotnet --list-sdks' shows:" "$(dotnet --list-sdks)" \
            "Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and start this again."
}

need_node() {
    [[ -f $root/src/FourStrands.Workbench/package.json ]] || return 0
    command -v node >/dev/null && command -v npm >/dev/null ||
        fail 5 "The workbench's pages are built with Node 20 or newer, and there is no 'node' with 'npm' on the PATH." \
            "Install it from https://nodejs.org and start this again."
    local major
    major=$(node --version)
    major=${major#v}
    major=${major%%.*}
    ((major >= 20)) || fail 5 "The workbench's pages are built with Node 20 or newer; this is $(node --version)."
}

# Style sheets and small scripts of the workbench's pages; never runs a package's own install scripts.
restore_pages() {
    local pages=$root/src/FourStrands.Workbench
    [[ -f $pages/package.json ]] || return 0
    [[ $pages/node_modules/.package-lock.json -nt $pages/package-lock.json ]] && return 0
    say "Restoring the pages' packages (npm ci) …"
    (cd "$pages" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >&2) ||
        fail 5 "npm ci failed in $pages; its messages are above."
    touch "$pages/node_modules/.package-lock.json"
}

# Builds the program if it is not up to date. Two terminals that ask at once build once.
build_program() {
    is_built && return 0
    need_dotnet
    need_node
    mkdir -p "$artifacts"
    if command -v flock >/dev/null; then
        exec 9>"$artifacts/fourstrands.lock"
        flock -n 9 || { say "Another terminal is building FourStrands; waiting for it …"; flock 9; }
        is_built && { exec 9>&-; return 0; }
    fi
    local started=$SECONDS before=$artifacts/fourstrands.before log=$artifacts/build.log
    restore_pages
    touch "$before"
    say "Building FourStrands (about a minute the first time) …"
    if ! dotnet build "$root/src/FourStrands.Cli/FourStrands.Cli.csproj" -c Release -nologo -v quiet \
        -clp:NoSummary </dev/null >"$log" 2>&1 9>&-; then
        grep -E 'error|warn' "$log" | sort -u | head -40 >&2 || cat "$log" >&2
        fail 5 "The build failed; the whole of its output is in $log."
    fi
    sources -print | LC_ALL=C sort | cksum >"$stamp"
    touch -r "$before" "$stamp"
    rm -f "$before"
    say "Built in $((SECONDS - started)) s."
    if command -v flock >/dev/null; then exec 9>&-; fi
}
