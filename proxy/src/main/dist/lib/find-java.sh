# Finds a Java 25 or newer. Sourced by bin/bilitw and by ./dev; plain POSIX sh, no process started on the usual way.

# Tells whether the Java in directory $1 has the program bin/$2 and is new enough.
is_new_java() {
    [ -x "$1/bin/$2" ] || return 1
    version=
    if [ -r "$1/release" ]; then
        while IFS= read -r line; do
            case $line in
                JAVA_VERSION=*) version=${line#JAVA_VERSION=\"} ;;
            esac
        done <"$1/release"
    else
        version=$("$1/bin/java" -version 2>&1) || return 1
        version=${version#*version \"}
    fi
    java_version=${version%%[!0-9]*}
    [ "${java_version:-0}" -ge 25 ]
}

# Sets java_home to a Java that has the program $1 (java or javac): one of the directories given after it, the one
# that BILITW_JAVA_HOME names (and then no other), JAVA_HOME, the usual places, the one of PATH; and java_version to
# its first number. When there is none, returns 1 and sets java_missing to a sentence for the user.
find_java() {
    program=$1
    shift
    for java_home in "$@"; do
        is_new_java "$java_home" "$program" && return 0
    done
    if [ -n "${BILITW_JAVA_HOME-}" ]; then
        java_home=$BILITW_JAVA_HOME
        is_new_java "$java_home" "$program" && return 0
        java_missing="BILITW_JAVA_HOME=$BILITW_JAVA_HOME has no bin/$program of Java 25 or newer."
        return 1
    fi
    java_home=${JAVA_HOME-}
    [ -n "$java_home" ] && is_new_java "$java_home" "$program" && return 0
    for java_home in /usr/lib/jvm/*25* /opt/java* /opt/java/* /opt/jdk* "${HOME-}"/.sdkman/candidates/java/25*; do
        is_new_java "$java_home" "$program" && return 0
    done
    java_home=$(command -v "$program") && java_home=$(readlink -f "$java_home") || java_home=
    java_home=${java_home%/bin/"$program"}
    [ -n "$java_home" ] && is_new_java "$java_home" "$program" && return 0
    java_missing="no Java 25 or newer was found (bin/$program): install one, for example temurin-25-jdk, or set BILITW_JAVA_HOME to its directory."
    return 1
}
