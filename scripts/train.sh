#!/bin/sh
# Makes the AOT cache of a packaged directory: the JVM that its launcher finds watches the program give itself a load and
# writes down which classes it needs, but not which code was hot: see docs/adr/0012-aot-cache.md. Says nothing unless
# that fails. Usage: train.sh PACKAGED_DIRECTORY
set -eu
cd -- "$1/lib"
rm -f bilitw.aot
flags='-XX:AOTCacheOutput=bilitw.aot -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining'
if ! said=$(BILITW_JAVA_OPTS=$flags ../bin/bilitw train 2>&1) || [ ! -s bilitw.aot ]; then
    printf '%s\n' "$said" "train: no AOT cache was made in $1" >&2
    exit 1
fi
