package io.github.serfhandler.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reliability.md has a row for each fault, and names no other. */
class ReliabilityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reliability.md");
  private static final Path CLASSES = Path.of("target", "test-classes");

  /** {@code | fault | what is done | what holds after | Class.method |}. */
  private static final Pattern ROW =
      Pattern.compile("^\\| (?<fault>[^|]+) \\|[^|]+\\|[^|]+\\| `?(?<where>\\w+IT\\.\\w+)`? \\|$");

  @Test
  void hasARowForEachFaultAndNamesTheTestThatDoesIt() throws Exception {
    Map<String, String> faults = faults();
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group("where"), row.group("fault"));
      }
    }
    assertThat(faults).hasSizeGreaterThan(10);
    assertThat(rows).isEqualTo(faults);
  }

  /** The name of each fault by the test that does it. */
  private static Map<String, String> faults() throws IOException, ClassNotFoundException {
    Path folder = CLASSES.resolve(Fault.class.getPackageName().replace('.', '/'));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(file -> file.toString().endsWith("IT.class")).forEach(files::add);
    }
    Map<String, String> faults = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".class", "");
      Class<?> suite = Class.forName(Fault.class.getPackageName() + "." + name);
      for (Method method : suite.getDeclaredMethods()) {
        Fault fault = method.getAnnotation(Fault.class);
        if (fault != null) {
          faults.put(name + "." + method.getName(), fault.value());
        }
      }
    }
    return faults;
  }
}
