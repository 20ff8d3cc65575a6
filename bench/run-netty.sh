#!/bin/sh
# Compares Fivefold with Netty and, where there is a gcc, with a loop in C: bench/run-netty.sh --help
#
# Builds what is missing first. Everything is built and written under bench/target and cli/target.
set -eu
bench=$(cd "$(dirname "$0")" && pwd -P)
root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

"$root/fivefold" --version >/dev/null
echo "bench: building" >&2
(cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)

c_echo=$bench/target/epoll_echo
if command -v gcc >/dev/null; then
  gcc -O3 -o "$c_echo" "$bench/src/main/c/epoll_echo.c"
else
  rm -f "$c_echo"
  echo "bench: no gcc, so no row for C" >&2
fi

# What this starts is not to be built again meanwhile.
export FIVEFOLD_RUNNING=yes
# The load generator stands in this JVM; what it is compared with is started by it.
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -Dbench.root="$root" -cp "$bench/target/dist/lib/*" fivefold.bench.NettyComparison "$@"
