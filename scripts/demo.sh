#!/usr/bin/env bash
# Shows bilitw at work before three real redis and three memcached servers. Usage: demo.sh PACKAGED_DIRECTORY [--once]
# Everything it starts listens on 127.0.0.1 at a free port, lives in a temporary directory, and ends with it.
set -euo pipefail
. "$(dirname -- "$0")/free-port.sh"

home=$1
once=${2-}
host=127.0.0.1
protocols=(redis memcached)
nodes=(a b c)
keys=(user:1 user:2 user:3 session:7f3a session:91bc cart:1001 cart:1002 page:/index page:/about rate:10.0.0.7
    queue:mail total:visits)
declare -A port_of pid_of
dir=$(mktemp -d "${TMPDIR:-/tmp}/bilitw-demo.XXXXXX")

say() {
    echo "demo: $*"
}

die() {
    echo "demo: $*" >&2
    exit 1
}

clean_up() {
    local status=$? pid
    trap '' HUP INT TERM
    for pid in "${pid_of[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${pid_of[@]}"; do
        stop_by_force "$pid"
    done
    rm -rf "$dir"
    exit "$status"
}

# Waits up to 3 seconds for a process that was told to end, then kills it.
stop_by_force() {
    for _ in {1..60}; do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -9 "$1" 2>/dev/null || true
}

# Each protocol has four functions: set and get a key at a port, tell which process answers there, start a server.

redis() {
    redis-cli -h "$host" -p "$1" "${@:2}" 2>&1 || true
}

redis_set() {
    redis "$1" set "$2" "$3" >/dev/null
}

redis_get() {
    redis "$1" get "$2"
}

redis_pid() {
    redis "$1" info server | sed -n 's/^process_id:\([0-9]*\).*/\1/p'
}

redis_server() {
    exec redis-server --bind "$host" --port "$1" --save '' --appendonly no --dir "$dir"
}

# Sends lines to a port and prints what comes back, without the carriage returns.
memcached_lines() {
    local port=$1
    shift
    {
        exec 3<>"/dev/tcp/$host/$port" || return 0
        printf '%s\r\n' "$@" quit >&3
        timeout 5 cat <&3 | tr -d '\r'
    } 2>/dev/null
}

memcached_set() {
    memcached_lines "$1" "set $2 0 0 ${#3}" "$3" >/dev/null
}

memcached_get() {
    memcached_lines "$1" "get $2" | sed -n 2p
}

memcached_pid() {
    memcached_lines "$1" stats | sed -n 's/^STAT pid //p'
}

memcached_server() {
    exec memcached -l "$host" -p "$1" -U 0 -m 16 -u "$(id -un)"
}

# Starts the server of a protocol with that name; when somebody took its port in between, on another one.
start_server() {
    local protocol=$1 name=$2 port pid
    for _ in {1..5}; do
        port=$(free_port)
        "${protocol}_server" "$port" >"$dir/$name.log" 2>&1 &
        pid=$!
        pid_of[$name]=$pid
        port_of[$name]=$port
        if answers "$pid" "${protocol}_pid" "$port"; then
            return
        fi
        kill "$pid" 2>/dev/null || true
    done
    cat "$dir/$name.log" >&2
    die "$name does not start"
}

# Waits until a command prints the number of a process. Fails when that process ends or nothing comes.
answers() {
    local pid=$1
    for _ in {1..200}; do
        kill -0 "$pid" 2>/dev/null || return 1
        if [[ $("${@:2}") == "$pid" ]]; then
            return 0
        fi
        sleep 0.05
    done
    return 1
}

write_configuration() {
    local protocol node
    for protocol in "${protocols[@]}"; do
        cat <<YAML
$protocol:
  listen: $host:${port_of[bilitw-$protocol]}
  redis: $([[ $protocol == redis ]] && echo true || echo false)
  hash: md5
  distribution: ketama
  timeout: 2000
  servers:
YAML
        for node in "${nodes[@]}"; do
            echo "    - $host:${port_of[$protocol-$node]}:1 $node"
        done
    done
}

start_bilitw() {
    local protocol
    "$home/bin/bilitw" -a "$host" -s "${port_of[stats]}" --http-port="${port_of[http]}" -c "$dir/nutcracker.yml" >"$dir/bilitw.log" 2>&1 &
    pid_of[bilitw]=$!
    for protocol in "${protocols[@]}"; do
        if ! answers "$!" bilitw_pid "$protocol"; then
            cat "$dir/bilitw.log" >&2
            die "bilitw does not answer on $host:${port_of[bilitw-$protocol]}"
        fi
    done
}

# Prints the master of the worker that answers as the proxy of a protocol. bin/bilitw becomes the master.
bilitw_pid() {
    local worker
    worker=$("$1_pid" "${port_of[bilitw-$1]}")
    [[ -z $worker ]] || ps -o ppid= -p "$worker" | tr -d ' '
}

# Prints the name of the server that holds the key, or "none".
holder_of() {
    local protocol=$1 node
    for node in "${nodes[@]}"; do
        if [[ -n $("${protocol}_get" "${port_of[$protocol-$node]}" "$2") ]]; then
            echo "$protocol-$node"
            return
        fi
    done
    echo none
}

# Writes every key through bilitw in both protocols, reads it back, and shows where it lies. Fails when a read was wrong.
write_and_read() {
    local key value answer protocol port right=0 row='%-14s  %-22s  %-8s  %-22s  %-11s\n' cells
    # shellcheck disable=SC2059
    printf "\n$row" KEY "REDIS: READ BACK" FROM "MEMCACHED: READ BACK" FROM
    for key in "${keys[@]}"; do
        value="value-of-$key"
        cells=("$key")
        for protocol in "${protocols[@]}"; do
            port=${port_of[bilitw-$protocol]}
            "${protocol}_set" "$port" "$key" "$value"
            answer=$("${protocol}_get" "$port" "$key")
            cells+=("$answer" "$(holder_of "$protocol" "$key")")
            if [[ $answer == "$value" ]]; then
                right=$((right + 1))
            fi
        done
        # shellcheck disable=SC2059
        printf "$row" "${cells[@]}"
    done
    echo
    say "$right of $((${#keys[@]} * ${#protocols[@]})) reads returned what was written"
    [[ $right == $((${#keys[@]} * ${#protocols[@]})) ]]
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

for protocol in "${protocols[@]}"; do
    for node in "${nodes[@]}"; do
        start_server "$protocol" "$protocol-$node"
        say "$protocol-$node listens on $host:${port_of[$protocol-$node]}"
    done
done
for protocol in "${protocols[@]}"; do
    port_of[bilitw-$protocol]=$(free_port)
done
port_of[stats]=$(free_port)
port_of[http]=$(free_port)
write_configuration >"$dir/nutcracker.yml"
say "wrote the configuration $dir/nutcracker.yml"
start_bilitw
say "bilitw listens on $host:${port_of[bilitw-redis]} for redis, on $host:${port_of[bilitw-memcached]} for memcached"
write_and_read || die "a read was wrong; bilitw said: $(tail -n 20 "$dir/bilitw.log")"

[[ $once != --once ]] || exit 0
say "try it:  redis-cli -p ${port_of[bilitw-redis]}"
say "         telnet $host ${port_of[bilitw-memcached]}    (stats, get user:1, mg user:1 v)"
say "         http://$host:${port_of[http]}/    (what it does, in a browser; Ctrl-C here stops everything)"
trap 'echo; say "stopped"; exit 0' INT
wait -n "${pid_of[@]}" || true
die "a server or bilitw ended by itself; bilitw said: $(tail -n 20 "$dir/bilitw.log")"
