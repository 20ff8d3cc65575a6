#!/bin/sh
# Compares Fivefold with Netty, both by the JDK's TLS: bench/run-tls.sh --help
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


# What this starts is not to be built again meanwhile.
export FIVEFOLD_RUNNING=yes
# The load generator stands in this JVM; what it is compared with is started by it.
exec "$JDK/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
  -Dbench.root="$root" -cp "$bench/target/dist/lib/*" fivefold.bench.TlsComparison "$@"
