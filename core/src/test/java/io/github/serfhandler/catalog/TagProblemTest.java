package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagProblemTest {
  @Test
  void namesNodeTagValueAndReason() {
    TagProblem problem = new TagProblem("web1", "p.web.service_port", "http", Ports.RULE);
    assertThat(problem.message())
        .isEqualTo(
            "node \"web1\": tag \"p.web.service_port\" = \"http\": not a port: a decimal number from"
                + " 1 to 65535");
    assertThat(new TagProblem("web1", "p.service_type", "", "missing").message())
        .isEqualTo("node \"web1\": tag \"p.service_type\": missing");
  }

  @Test
  void staysOnOneLineAndHarmless() {
    String hostile = "a\n\u001b[31m\"\\\u202E\u0085\u2028\uD800é✓";
    assertThat(new TagProblem(hostile, "t", "", "r").message())
        .isEqualTo(
            "node \"a\\u000a\\u001b[31m\\\"\\\\\\u202e\\u0085\\u2028\\ud800é✓\": tag \"t\": r");
  }

  @Test
  void cutsLongValues() {
    String message = new TagProblem("n", "t", "v".repeat(1_000_000), "r").message();
    assertThat(message).hasSizeLessThan(150).contains("vvv…\"");
  }
}
