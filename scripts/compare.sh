#!/usr/bin/env bash
# Compares the processor time that bilitw and nutcracker spend on a request.
# Usage: compare.sh PACKAGED_DIRECTORY JAR_OF_BENCHES [ROUNDS [WORD]]; with a WORD only rows that contain it are measured.
#
# Both run at the same time on processor 1, each before the same two servers; the servers and the load are on
# processor 0, and only one proxy is loaded at a time, in turns. Processor time is that of all threads of the proxy
# (schedstat), so it holds still when the load is the bottleneck, as it is here. Each wire protocol has servers and
# proxies of its own. Everything listens on 127.0.0.1 at a free port, lives in a temporary directory, and ends with it.
set -euo pipefail
shopt -s inherit_errexit
. "$(dirname -- "$0")/free-port.sh"

home=$1
benches=$2
rounds=${3-5}
word=${4-}
host=127.0.0.1
requests=200000
rows=( # protocol, command, pipeline, bytes of value
    "redis get 1 32" "redis set 1 32" "redis get 16 32" "redis set 16 32" "redis get 64 32" "redis set 1 4096"
    "memcached get 1 32" "memcached set 1 32" "memcached get 16 32" "memcached set 16 32"
)
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

# Starts a server of the protocol on a port.
start_server() {
    case $protocol in
        redis) start 0 redis-server --bind "$host" --port "$1" --save '' --dir "$dir" ;;
        memcached) start 0 memcached -l "$host" -p "$1" -U 0 -u "$(id -un)" -t 1 ;;
    esac
    await_answer "$1"
}

# Tells whether a server or proxy of the protocol answers on a port.
answers() {
    case $protocol in
        redis) [[ $(redis-cli -h "$host" -p "$1" ping 2>/dev/null) == PONG ]] ;;
        memcached) [[ $(ask_memcached "$1" 2>/dev/null) == END* ]] ;;
    esac
}

# Prints the first line that a port answers to a get.
ask_memcached() {
    local line
    exec 3<>"/dev/tcp/$host/$1"
    printf 'get nothing\r\n' >&3
    read -r -t 1 line <&3
    echo "$line"
}

await_answer() {
    for _ in {1..200}; do
        ! answers "$1" || return 0
        sleep 0.05
    done
    cat "$dir/output" >&2
    die "no answer on port $1"
}

# Writes the configuration of a proxy that listens on a port.
configure() {
    local redis=false
    [[ $protocol == memcached ]] || redis=true
    printf '%s\n' compared: "  listen: $host:$1" "  redis: $redis" "  timeout: 1000" "  hash: fnv1a_64" \
        "  distribution: ketama" "  servers:" "   - $host:$server_a:1" "   - $host:$server_b:1" >"$dir/$1.yml"
}

# Prints the nanoseconds that all threads of a process have run.
processor_time() {
    cat "/proc/$1/task"/*/schedstat | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

# Sends requests to a port. Arguments: PORT COMMAND PIPELINE BYTES REQUESTS
load() {
    case $protocol in
        redis)
            taskset -c 0 redis-benchmark -h "$host" -p "$1" -t "$2" -P "$3" -d "$4" -n "$5" -r 100000 -c 50 -q >/dev/null 2>&1
            ;;
        memcached) load_memcached --port "$1" --command "$2" --pipeline "$3" --bytes "$4" --requests "$5" ;;
    esac
}

# Stops the comparison when a response is wrong.
load_memcached() {
    taskset -c 0 "$java_home/bin/java" -Xmx128m -XX:+UseSerialGC -cp "$benches" io.bilitw.bench.MemcacheLoad "$@" >/dev/null
}

# Sees to it that a load of gets finds all its values, which that for memcached insists on. Arguments: COMMAND BYTES
prepare() {
    [[ $protocol != memcached || $1 != get ]] || load_memcached --port "$theirs" --bytes "$2" --fill
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

# Starts two servers of the protocol and the proxies before them.
start_all() {
    server_a=$(free_port)
    start_server "$server_a"
    server_b=$(free_port)
    start_server "$server_b"

    ours=$(free_port)
    configure "$ours"
    start 1 "$home/bin/bilitw" -n 1 -a 127.0.0.1 -s "$(free_port)" --http-port=0 -c "$dir/$ours.yml" -o "$dir/$ours.log"
    master_pid=$!
    await_answer "$ours"
    ours_pid=$(pgrep -P "$master_pid")
    theirs=$(free_port)
    configure "$theirs"
    start 1 nutcracker -c "$dir/$theirs.yml" -o "$dir/$theirs.log" -v 0 -s "$(free_port)"
    theirs_pid=$!
    await_answer "$theirs"
}

warm_up() {
    local command pipeline
    for command in get set; do
        prepare "$command" 32
        for pipeline in 1 16; do
            load "$ours" "$command" "$pipeline" 32 300000
            load "$theirs" "$command" "$pipeline" 32 300000
        done
    done
}

# Measures a row and prints it. Arguments: COMMAND PIPELINE BYTES
print_row() {
    local round of_ours=() of_theirs=() low_a middle_a high_a low_b middle_b high_b
    prepare "$1" "$3"
    for ((round = 0; round < rounds; round++)); do
        of_ours+=("$(measure "$ours_pid" "$ours" "$@")")
        of_theirs+=("$(measure "$theirs_pid" "$theirs" "$@")")
    done
    read -r low_a middle_a high_a <<<"$(spread "${of_ours[@]}")"
    read -r low_b middle_b high_b <<<"$(spread "${of_theirs[@]}")"
    # shellcheck disable=SC2059
    printf "$layout" "$protocol" "$@" "$low_a $middle_a $high_a" "$low_b $middle_b $high_b" \
        "$(awk "BEGIN { printf \"%.2f\", $middle_a / $middle_b }")"
}

[[ $(nproc) -ge 2 ]] || die "needs two processors, one for the proxies and one for everything else."
[[ $rounds =~ ^[1-9][0-9]{0,3}$ ]] || die "ROUNDS is a number from 1 to 9999, not $rounds."
[[ $(printf '%s\n' "${rows[@]}") == *"$word"* ]] || die "no row contains \"$word\"; the rows are: $(printf '%s; ' "${rows[@]}")"
# shellcheck source=../proxy/src/main/dist/lib/find-java.sh
. "$home/lib/find-java.sh"
# shellcheck disable=SC2154
find_java java || die "$java_missing"

layout='%-10s %-8s %9s %9s   %-24s %-24s %s\n'
echo "Processor time per request in nanoseconds, 50 clients, $rounds rounds: least, median, greatest"
# shellcheck disable=SC2059
printf "$layout" protocol command pipeline bytes bilitw nutcracker ratio
started=
for row in "${rows[@]}"; do
    [[ $row == *"$word"* ]] || continue
    read -r protocol command pipeline bytes <<<"$row"
    if [[ $started != "$protocol" ]]; then
        start_all
        warm_up
        started=$protocol
    fi
    print_row "$command" "$pipeline" "$bytes"
done
