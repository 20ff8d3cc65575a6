# Sourced by the scripts of this folder, with bench set to it: builds what they measure, and runs the bench's programs
# with the flags of ./fivefold that bear on speed. Everything is built under bench/target and cli/target.

root=${bench%/*}
. "$root/.mvn/find-jdk.sh"
find_jdk

# ALL-UNNAMED, since these run on the class path.
JVM_FLAGS="--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders"

# need TOOL...: ends in one line when one is not installed.
need() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "bench: $tool is missing; install it" >&2; exit 1; }
  done
}

build_bench() {
  echo "bench: building" >&2
  (cd "$root" && JAVA_HOME=$JDK ./mvnw -q -B -Dquick -pl bench -am package)
}

# What a comparison starts is not to be built again meanwhile.
build_fivefold() {
  "$root/fivefold" --version >/dev/null
  export FIVEFOLD_RUNNING=yes
}

# build_c NAME [OPTION]: bench/src/main/c/NAME.c to bench/target/NAME, where build_bench has been.
build_c() {
  gcc "${2:--O3}" -o "$bench/target/$1" "$bench/src/main/c/$1.c"
}

# run_java [JVM'S OPTIONS] CLASS [ARGUMENTS]: in this script's place.
run_java() {
  # The flags are words.
  # shellcheck disable=SC2086
  exec "$JDK/bin/java" $JVM_FLAGS -Dbench.root="$root" -cp "$bench/target/dist/lib/*" "$@"
}
