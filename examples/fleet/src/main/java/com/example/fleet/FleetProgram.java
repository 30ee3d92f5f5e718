package com.example.fleet;

import io.github.serfhandler.app.SerfHandlerProgram;

/** All of serf-handler with the fleet's handlers built in: the other way to ship them. */
public final class FleetProgram {
  private FleetProgram() {}

  /** {@code java -cp ... com.example.fleet.FleetProgram agent}, or {@code event} from Serf. */
  public static void main(String[] args) {
    SerfHandlerProgram.run(args, new FleetHandlers());
  }
}
