# Sourced by ./fivefold and ./mvnw: find_jdk sets JDK to the home of a JDK that is new enough.
#
# Order: JAVA_HOME, PATH, the system's folders, SDKMAN, Homebrew. Within a folder the names are
# taken in the shell's order. POSIX shell, and no process is started where a builtin serves: this
# is on the path of every ./fivefold.

JDK_NEEDED=25

# The feature version of the JDK in $1 goes to JDK_FEATURE; empty when there is no JDK there.
jdk_feature() {
  JDK_FEATURE=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS== read -r jdk_key jdk_value || [ -n "$jdk_key" ]; do
      [ "$jdk_key" = JAVA_VERSION ] || continue
      jdk_value=${jdk_value#\"}
      JDK_FEATURE=${jdk_value%%[!0-9]*}
    done <"$1/release"
  fi
  [ -n "$JDK_FEATURE" ] || JDK_FEATURE=$("$1/bin/java" -version 2>&1 | sed -n 's/^.* version "\([0-9]*\).*/\1/p')
  [ -n "$JDK_FEATURE" ]
}

jdk_fits() {
  [ -n "$1" ] && jdk_feature "$1" && [ "$JDK_FEATURE" -ge "$JDK_NEEDED" ] && JDK=$1
}

# The home of the java on the PATH, its symbolic links followed.
jdk_of_path() {
  jdk_java=$(command -v java) || return 1
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || return 1
  JDK_OF_PATH=${jdk_java%/bin/java}
}

# ./mvnw runs under "set -f", and the folders are found by globbing: hence a subshell's worth of
# care with that one option.
find_jdk() {
  case $- in *f*) jdk_noglob=yes ;; *) jdk_noglob= ;; esac
  set +f
  find_jdk_quietly
  jdk_found=$?
  [ -z "$jdk_noglob" ] || set -f
  [ $jdk_found -eq 0 ] || {
    echo "fivefold: needs a JDK $JDK_NEEDED or newer and found none; install one (for example Temurin from https://adoptium.net) or set JAVA_HOME" >&2
    return 1
  }
}

find_jdk_quietly() {
  jdk_fits "${JAVA_HOME-}" && return
  jdk_of_path && jdk_fits "$JDK_OF_PATH" && return
  for jdk_home in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    jdk_fits "$jdk_home" && return
  done
  return 1
}
