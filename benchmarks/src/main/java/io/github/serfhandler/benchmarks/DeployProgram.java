package io.github.serfhandler.benchmarks;

import io.github.serfhandler.app.SerfHandlerProgram;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.SerfHandler;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A user's program whose handler of {@code deploy} prints when it was called, in nanoseconds. */
public final class DeployProgram {
  private DeployProgram() {}

  public static void main(String[] args) {
    SerfHandlerProgram.run(args, proxy -> proxy.register("default", new Deploying()));
  }

  private static final class Deploying extends SerfHandler {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    Deploying() {
      onEvent("deploy", this::deploy);
    }

    private void deploy(UserEvent event) throws IOException {
      // The clock that counts from the start of the machine, so that both processes read the same.
      long now = System.nanoTime();
      out.write((now + " " + event.payload().text() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
