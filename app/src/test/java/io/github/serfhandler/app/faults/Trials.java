package io.github.serfhandler.app.faults;

import io.github.serfhandler.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives a {@link Fault} its {@link Trial} and writes down what came of it, a file a fault below
 * {@code target/faults}, of which {@code ./faults} makes its table. Stateless.
 */
final class Trials
    implements ParameterResolver,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        TestExecutionExceptionHandler {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(Trials.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Trial.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return trial(context);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    context.getStore(SPACE).put("begin", System.nanoTime());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    String word = "repeat the dice with -Dfaults.seed=" + trial(context).seed();
    thrown.addSuppressed(new AssertionError(word));
    throw thrown;
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    long begin = context.getStore(SPACE).getOrDefault("begin", Long.class, System.nanoTime());
    Optional<Throwable> failure = context.getExecutionException();
    Trial trial = trial(context);
    JsonObject row =
        JsonObject.builder()
            .put("fault", context.getRequiredTestMethod().getAnnotation(Fault.class).value())
            .put("full", trial.isFull())
            .put("held", failure.isEmpty())
            .put("skipped", failure.filter(TestAbortedException.class::isInstance).isPresent())
            .put("seen", failure.map(f -> String.valueOf(f.getMessage())).orElse(trial.seen()))
            .put("seconds", (System.nanoTime() - begin) / 1_000_000_000)
            .build();
    Path folder = Files.createDirectories(Path.of("target", "faults"));
    String name =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    Files.writeString(folder.resolve(name + ".json"), row.compact() + "\n");
  }

  private static Trial trial(ExtensionContext context) {
    return context
        .getStore(SPACE)
        .getOrComputeIfAbsent(Trial.class, key -> new Trial(), Trial.class);
  }
}
