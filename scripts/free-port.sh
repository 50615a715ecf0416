# Sourced by the scripts that start servers; expects $host and die.
# shellcheck shell=bash disable=SC2154

# Prints a port that nobody listens on now, below those the kernel gives to outgoing connections.
free_port() {
    local port
    for _ in {1..100}; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    die "found no free port on $host"
}
