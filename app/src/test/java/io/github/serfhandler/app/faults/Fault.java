package io.github.serfhandler.app.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that does one fault to real processes and then finds nothing lost, nothing torn and
 * everything converged. It may take a {@link Trial}, which says how often the fault is done and
 * takes down what came of it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@ExtendWith(Trials.class)
@interface Fault {
  /** The name in the table of docs/reliability.md: what is done to what. */
  String value();
}
