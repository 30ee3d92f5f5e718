# shellcheck shell=sh
# Sourced by ./test and ./faults. POSIX sh.

# What becomes of a fault that can not be done: "fail" where root may make namespaces, so that none
# goes missing unseen, and "allow" elsewhere.
faults_skip() {
  if [ "$(id -u)" = 0 ] && unshare --mount --net true 2>/dev/null; then
    echo fail
  else
    echo allow
  fi
}
