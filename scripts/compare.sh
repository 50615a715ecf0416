#!/usr/bin/env bash
# Compares the processor time that bilitw and nutcracker spend on a request. Usage: compare.sh PACKAGED_DIRECTORY [ROUNDS]
#
# Both run at the same time on processor 1, each before the same two redis servers; the servers and the load are on
# processor 0, and only one proxy is loaded at a time, in turns. Processor time is that of all threads of the proxy
# (schedstat), so it holds still when the load is the bottleneck, as it is here. Everything listens on 127.0.0.1 at a
# free port, lives in a temporary directory, and ends with it.
set -euo pipefail
. "$(dirname -- "$0")/free-port.sh"

home=$1
rounds=${2-5}
host=127.0.0.1
requests=200000
workloads=("get 1 32" "set 1 32" "get 16 32" "set 16 32" "get 64 32" "set 1 4096") # command, pipeline, bytes of value
pids=()
dir=$(mktemp -d "${TMPDIR:-/tmp}/bilitw-compare.XXXXXX")

clean_up() {
    local status=$?
    trap '' HUP INT TERM
    [[ ${#pids[@]} == 0 ]] || kill "${pids[@]}" 2>/dev/null || true
    wait
    rm -rf "$dir"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

die() {
    echo "compare: $*" >&2
    exit 1
}

# Runs a program on a processor, in the background; its pid is in $!.
start() {
    local processor=$1
    shift
    taskset -c "$processor" "$@" >>"$dir/output" 2>&1 &
    pids+=($!)
}

await_ping() {
    for _ in {1..200}; do
        [[ $(redis-cli -h "$host" -p "$1" ping 2>/dev/null) == PONG ]] && return
        sleep 0.05
    done
    cat "$dir/output" >&2
    die "no answer on port $1"
}

# Writes the configuration of a proxy that listens on a port.
configure() {
    printf '%s\n' compared: "  listen: $host:$1" "  redis: true" "  timeout: 1000" "  hash: fnv1a_64" \
        "  distribution: ketama" "  servers:" "   - $host:$server_a:1" "   - $host:$server_b:1" >"$dir/$1.yml"
}

# Prints the nanoseconds that all threads of a process have run.
processor_time() {
    cat "/proc/$1/task"/*/schedstat | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

load() {
    taskset -c 0 redis-benchmark -h "$host" -p "$1" -t "$2" -P "$3" -d "$4" -n "$5" -r 100000 -c 50 -q >/dev/null 2>&1
}

# Loads the proxy behind a port and prints the processor time it spent on a request, in nanoseconds.
measure() {
    local pid=$1 port=$2 before after
    before=$(processor_time "$pid")
    load "$port" "$3" "$4" "$5" "$requests"
    after=$(processor_time "$pid")
    echo $(((after - before) / requests))
}

# Prints the least, the middle and the greatest of some numbers.
spread() {
    printf '%s\n' "$@" | sort -n | awk '{ n[NR] = $1 } END { print n[1], n[int((NR + 1) / 2)], n[NR] }'
}

[[ $(nproc) -ge 2 ]] || die "needs two processors, one for the proxies and one for everything else."
server_a=$(free_port)
start 0 redis-server --bind "$host" --port "$server_a" --save '' --dir "$dir"
server_b=$(free_port)
start 0 redis-server --bind "$host" --port "$server_b" --save '' --dir "$dir"
await_ping "$server_a"
await_ping "$server_b"

ours=$(free_port)
configure "$ours"
start 1 "$home/bin/bilitw" -c "$dir/$ours.yml" -o "$dir/ours.log"
ours_pid=$!
await_ping "$ours"
theirs=$(free_port)
configure "$theirs"
start 1 nutcracker -c "$dir/$theirs.yml" -o "$dir/theirs.log" -v 0 -s "$(free_port)"
theirs_pid=$!
await_ping "$theirs"

echo "compare: warming up"
for command in get set; do
    for pipeline in 1 16; do
        load "$ours" "$command" "$pipeline" 32 300000
        load "$theirs" "$command" "$pipeline" 32 300000
    done
done

echo "Processor time per request in nanoseconds, 50 clients, $rounds rounds: least, median, greatest"
printf '%-8s %9s %9s   %-24s %-24s %s\n' command pipeline bytes bilitw nutcracker ratio
for workload in "${workloads[@]}"; do
    read -r command pipeline bytes <<<"$workload"
    of_ours=() of_theirs=()
    for ((round = 0; round < rounds; round++)); do
        of_ours+=("$(measure "$ours_pid" "$ours" "$command" "$pipeline" "$bytes")")
        of_theirs+=("$(measure "$theirs_pid" "$theirs" "$command" "$pipeline" "$bytes")")
    done
    read -r low_a middle_a high_a <<<"$(spread "${of_ours[@]}")"
    read -r low_b middle_b high_b <<<"$(spread "${of_theirs[@]}")"
    printf '%-8s %9s %9s   %-24s %-24s %s\n' "$command" "$pipeline" "$bytes" "$low_a $middle_a $high_a" \
        "$low_b $middle_b $high_b" "$(awk "BEGIN { printf \"%.2f\", $middle_a / $middle_b }")"
done
