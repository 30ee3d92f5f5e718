package io.github.serfhandler.converge;

/** What convergence did since its start. Confined to one thread; read through {@link Status}. */
final class Counters {
  long digestsSent;
  long repairsSent;
  long pullsStarted;
  long digestsHeard;
  long updatesHeard;
  long mismatches;
  long malformed;
  long unknownFormat;

  /** Answers that were not scheduled since too many wait; the next digest asks for them again. */
  long answersDropped;
}
