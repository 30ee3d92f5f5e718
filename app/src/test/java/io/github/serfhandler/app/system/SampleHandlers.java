package io.github.serfhandler.app.system;

import io.github.serfhandler.app.UserJar;
import java.nio.file.Path;

/**
 * Stateless: the jar of a user whose handlers do what handlers should not, and what they should.
 */
final class SampleHandlers {
  private static final String SOURCE =
      """
      import io.github.serfhandler.client.*;
      import io.github.serfhandler.handler.*;
      import java.nio.file.*;
      import java.util.concurrent.CountDownLatch;

      public class Sample implements HandlerProvider {
        static final CountDownLatch NEVER = new CountDownLatch(1);

        @Override public void register(SerfHandlerProxy proxy) {
          System.out.println("registering");
          proxy.register("web", new Web()).register("mysql", new Mysql());
        }

        public static class Web extends SerfHandler {
          public Web() {
            onEvent("deploy", e -> {
              log("deploying " + e.payload().text());
              Files.writeString(node().confDir().resolve("deployed"),
                  e.payload().text() + " at " + node().self().name() + " of "
                  + node().members().size());
            });
            onEvent("fail", e -> { throw new IllegalStateException("no\\nroom"); });
            onQuery("load", q -> Payload.ofText("0.42 for " + q.payload().text()));
            onQuery("bytes", q -> {
              byte[] all = new byte[256];
              for (int i = 0; i < 256; i++) { all[i] = (byte) i; }
              return Payload.of(all);
            });
            onQuery("wordy", q -> Payload.ofText("x".repeat(2000)));
            onQuery("broken", q -> { throw new IllegalStateException("bug"); });
            onQuery("slow", q -> { NEVER.await(); return null; });
            onQuery("stubborn", q -> {
              while (NEVER.getCount() > 0) { java.util.concurrent.locks.LockSupport.parkNanos(1000000); }
              return null;
            });
            onQuery("noisy", q -> {
              String line = "y".repeat(1023) + "\\n";
              for (int i = 0; i < 4096; i++) { System.out.print(line); System.err.print(line); }
              new IllegalStateException("printed").printStackTrace();
              return Payload.ofText("quiet");
            });
            onQuery("logs", q -> {
              System.getLogger("their.system").log(System.Logger.Level.WARNING, "by System.Logger");
              java.util.logging.Logger.getLogger("their.jul").severe("by java.util.logging");
              return Payload.ofText("logged");
            });
            onQuery("threads", q -> {
              for (int i = 0; i < 3; i++) {
                new Thread(() -> {
                  try { NEVER.await(); } catch (InterruptedException e) { throw new Error(e); }
                }).start();
              }
              Thread thrower = new Thread(() -> { throw new IllegalStateException("in a thread"); });
              thrower.start();
              thrower.join();
              return Payload.ofText("left behind");
            });
          }
        }

        public static class Mysql extends ConsumerHandler {
          public Mysql() {
            onQuery("load", q -> Payload.ofText("from mysql"));
            onQuery("broken", q -> Payload.ofText("mysql is well"));
          }
          @Override protected void servicesChanged(io.github.serfhandler.catalog.View view) {
            log("sees " + view.size());
          }
        }
      }
      """;

  private SampleHandlers() {}

  /** Builds it. */
  static Path build(Path folder) {
    return new UserJar(folder)
        .with("Sample", SOURCE)
        .naming("Sample")
        .build(folder.resolve("sample.jar"));
  }
}
