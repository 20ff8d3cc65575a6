#!/bin/sh
# crowd-memory.sh [N] [STYLE]: where a crowd's memory is, by kind: before, held, and when all are closed.
# The server's heap (live objects), its JVM (native memory tracking), and the kernel's slabs; into the directory
# crowd-memory. Needs root for /proc/slabinfo, and a JDK's jcmd.
set -eu
connections=${1:-100000} style=${2:-callback}
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/.mvn/find-jdk.sh" && find_jdk
out=crowd-memory
mkdir -p "$out"
FIVEFOLD_JAVA_OPTS="-XX:NativeMemoryTracking=summary ${FIVEFOLD_JAVA_OPTS-}" \
  "$root/fivefold" crowd "$connections" --style "$style" --hold 12s >"$out/report" 2>"$out/progress" &
crowd=$!
trap 'kill $crowd 2>/dev/null || true' EXIT
kinds() {
  server=$(pgrep -f -n 'serve echo --no-console .*--connections-max '"$connections") || return 0
  "$JDK/bin/jcmd" "$server" GC.class_histogram | head -25 >"$out/heap.$1"
  "$JDK/bin/jcmd" "$server" VM.native_memory summary >"$out/jvm.$1"
  awk 'NR > 2 { printf "%8.1f MB %9d %s\n", $3 * $4 / 1048576, $2, $1 }' /proc/slabinfo | sort -rn | head -15 >"$out/slab.$1"
}
for moment in 'before:not begun' 'held:: holding' 'after:all closed'; do
  until grep -q "${moment#*:}" "$out/progress" || ! kill -0 $crowd 2>/dev/null; do sleep 0.2; done
  kinds "${moment%%:*}"
done
wait $crowd || true
trap - EXIT
cat "$out/report"
for kind in heap slab; do
  for moment in before held after; do
    echo "--- $kind, $moment"
    head -12 "$out/$kind.$moment"
  done
done
for moment in before held after; do
  echo "--- jvm, $moment: $(grep '^Total' "$out/jvm.$moment")"
done
