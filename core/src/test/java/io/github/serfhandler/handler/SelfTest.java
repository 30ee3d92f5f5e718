package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfTest {
  @Test
  void readsTheRolesInTheirOrderEachOnce() {
    assertThat(Self.of("n", Map.of("role", ":web::mysql:web")).roles())
        .containsExactly("web", "mysql");
  }

  @Test
  void hasNoRoleWithoutTheTag() {
    assertThat(Self.of("n", Map.of()).roles()).isEmpty();
    assertThat(Self.of("n", Map.of("role", "")).roles()).isEmpty();
    assertThat(Self.of("n", Map.of("role", ":")).roles()).isEmpty();
  }

  @Test
  void readsTheRolesUnderTheNameThatSerfGivesThemInTheEnvironment() {
    assertThat(Self.of("n", Map.of("ROLE", "web")).roles()).containsExactly("web");
  }

  @Test
  void prefersTheExactNameOfATag() {
    Self self = Self.of("n", Map.of("a.b", "exact", "A_B", "other"));
    assertThat(self.tag("a.b")).isEqualTo("exact");
    assertThat(self.tag("a_b")).isEqualTo("other");
    assertThat(self.tag("missing")).isEmpty();
  }

  @Test
  void readsTheProducts() {
    assertThat(Self.of("n", Map.of("PRODUCTS", "p1:p2")).products()).isEqualTo(List.of("p1", "p2"));
  }

  @ParameterizedTest
  @CsvSource({"role,ROLE", "p1.web.service_port,P1_WEB_SERVICE_PORT", "a-b c,A_B_C", "é,_"})
  void namesATagAsSerfDoes(String key, String name) {
    assertThat(Self.environmentName(key)).isEqualTo(name);
  }
}
