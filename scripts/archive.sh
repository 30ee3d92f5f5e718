# shellcheck shell=sh disable=SC2034,SC2154,SC3013
# Sourced by ./serf-handler and scripts/make-archive: finds the archive of loaded classes with which a
# start takes half the time (docs/adr/0009-start-up.md). Forks nothing: it is on the path of every start.
# Wants $target, $java_build and $java_version. -ef, -nt and -ot are POSIX since 2024 and older in
# every sh that there is.
#
# An archive belongs to one build of Java and to the very jars that it was made from: JDK 25.0.3 runs
# classes from an archive although their jar was replaced. So beside it stand, since it was made, a
# hard link to each jar, which tells one that was replaced, an empty file with the time of each jar,
# which tells one that was written into, and a link to the directory, which tells a copied checkout.

archives=$target/archives
archive_dir=$archives/$java_build

# Whether the archive, or the note that none could be made, is for the jars that are there.
archive_fits() {
  [ "$archive_dir/target" -ef "$target" ] || return 1
  for jar in "$target/serf-handler.jar" "$target"/lib/*.jar; do
    made_from=$archive_dir/${jar##*/}
    if [ ! "$jar" -ef "$made_from" ] || [ "$jar" -nt "$made_from.time" ] || [ "$jar" -ot "$made_from.time" ]; then
      return 1
    fi
  done
}

# Sets archive_name to the file there for a command. There are two, since what one holds is loaded at each
# start: the classes of etcd would cost event 2 ms, and without any etcd would take twice as long.
archive_for() {
  archive_name=classes
  [ "$1" != etcd ] || archive_name=classes-etcd
}

# Sets archive_flag to the JVM's option for archive_name.
archive_option() {
  if [ "$java_version" -ge 24 ]; then
    archive_flag=-XX:AOTCache=$archive_dir/$archive_name
  else
    archive_flag=-XX:SharedArchiveFile=$archive_dir/$archive_name
  fi
}

# Each sets jvm_flags, a list of words. -Xlog:disable: what Java says of a bad archive would be taken
# for a handler's answer. What a later Java does not know is to do no harm.
resident_flags() {
  jvm_flags='-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData'
  jvm_flags="$jvm_flags -Xlog:disable -Xms8m -Xmn5m -Xss256k -XX:ReservedCodeCacheSize=16m"
}

one_shot_flags() {
  jvm_flags='-XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable'
  # What is done a few hundred times is interpreted in less time than it takes to compile it.
  jvm_flags="$jvm_flags -XX:CompileThresholdScaling=5"
  if [ "$java_version" -lt 18 ]; then
    # Java 17 can use the objects in an archive with G1 alone.
    jvm_flags="$jvm_flags -XX:+UseG1GC -XX:ParallelGCThreads=1 -XX:ConcGCThreads=1"
  else
    jvm_flags="$jvm_flags -XX:+UseSerialGC"
  fi
  # An archive that stays at the address that it was made for need not be rewritten in memory.
  jvm_flags="$jvm_flags -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
  # Java 25 would compile early what the training compiled, which is over before it pays.
  jvm_flags="$jvm_flags -XX:-AOTReplayTraining"
  # What Java 25 has as its default, so that it does not read its file of security settings for it.
  jvm_flags="$jvm_flags -Djdk.includeInExceptions=hostInfoExclSocket"
  # No bytecode is generated for the few reflective calls inside the JDK.
  jvm_flags="$jvm_flags -Djdk.reflect.useNativeAccessorOnly=true"
}
