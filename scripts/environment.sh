# shellcheck shell=sh
# Sourced by ./serf-handler and ./test: finds what they need, installs what is missing where that is
# allowed, and otherwise names it together with the command that installs it. POSIX sh.

# In the locale C, which is cron's, Java mangles names of files that are not ASCII: it would not find
# its classes in such a path, and write to ??? beside the directory that it was started in.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# Sets java_home to the newest JDK >= 17, java_version to its number and java_build to a name of its
# very build that can stand in a path; empty where there is none.
# $1 is "jdk" (a compiler is needed) or "jre". Forks nothing: it is on the path of every start.
find_java() {
  java_home='' java_version=0 java_build=''
  if [ -n "${SERF_HANDLER_JAVA_HOME:-}" ] && { [ ! -x "$SERF_HANDLER_JAVA_HOME/bin/java" ] || [ ! -r "$SERF_HANDLER_JAVA_HOME/release" ]; }; then
    say "SERF_HANDLER_JAVA_HOME is $SERF_HANDLER_JAVA_HOME, where no JDK is; mend it or unset it"
    exit 1
  fi
  for candidate in "${SERF_HANDLER_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /usr/local/openjdk*; do
    if [ -z "$candidate" ] || [ ! -x "$candidate/bin/java" ] || [ ! -r "$candidate/release" ]; then continue; fi
    if [ "$1" = jdk ] && [ ! -x "$candidate/bin/javac" ]; then continue; fi
    number='' build=''
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        IMPLEMENTOR=* | JAVA_RUNTIME_VERSION=*) build=$build-${line#*=} ;;
        JAVA_VERSION=*)
          number=${line#*\"}
          number=${number%%[!0-9]*}
          break
          ;;
      esac
    done <"$candidate/release"
    [ -n "$number" ] || continue
    if [ -n "${SERF_HANDLER_JAVA_HOME:-}" ] && [ "$candidate" = "$SERF_HANDLER_JAVA_HOME" ]; then
      # The user's word: neither the newest nor another is asked for.
      java_home=$candidate java_version=$number
      name_build
      return 0
    fi
    if [ "$number" -ge 17 ] && [ "$number" -gt "$java_version" ]; then
      java_home=$candidate java_version=$number newest=$build
    fi
  done
  [ -n "$java_home" ] || return 1
  build=$newest
  name_build
}

# $build, as `-"Debian"-"17.0.15+6"`, without the quotes and whatever else does not belong into a path.
name_build() {
  java_build=$java_version
  while [ -n "$build" ]; do
    rest=${build#?}
    letter=${build%"$rest"}
    case $letter in
      [0-9A-Za-z.+-]) java_build=$java_build$letter ;;
    esac
    build=$rest
  done
}

# Installs the Debian packages that lack, from the list "COMMAND:PACKAGE ..." ("jdk" stands for a JDK).
# Ends the script where it may not install, with the command to run.
require() {
  missing='' jdk_package=''
  for pair in "$@"; do
    what=${pair%%:*} package=${pair#*:}
    if [ "$what" = jdk ]; then
      find_java jdk || { jdk_package=$package && missing="$missing $package"; }
    elif ! command -v "$what" >/dev/null 2>&1; then
      missing="$missing $package"
    fi
  done
  [ -n "$missing" ] || return 0
  missing=${missing# }
  if [ "$(id -u)" = 0 ]; then
    as_root=''
  else
    as_root='sudo'
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    say "missing: $missing (the names of Debian's packages); install a JDK 17 or newer, Maven 3.8 or newer and serf 0.9 or newer, then run this again"
    exit 1
  fi
  if [ -n "$as_root" ] && ! sudo -n true 2>/dev/null; then
    say "missing: $missing; install with:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
    exit 1
  fi
  say "installing $missing (Debian packages)"
  install_log=$(mktemp)
  # The list is a list of words.
  # shellcheck disable=SC2086
  if ! { $as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends $missing; } >"$install_log" 2>&1 </dev/null; then
    tail -n 5 "$install_log" >&2
    rm -f "$install_log"
    say "cannot install $missing; see the lines above, then run:
    ${as_root:+$as_root }apt-get update && ${as_root:+$as_root }apt-get install -y --no-install-recommends $missing"
    exit 1
  fi
  rm -f "$install_log"
  case " $missing " in
    *" ${jdk_package:-none} "*)
      # The default of an older distribution.
      if ! find_java jdk; then
        say "the JDK of $jdk_package is older than 17; install a JDK 17 or newer, from whom you like, and name its directory in SERF_HANDLER_JAVA_HOME"
        exit 1
      fi
      ;;
  esac
}

say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}
