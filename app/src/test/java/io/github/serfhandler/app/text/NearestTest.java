package io.github.serfhandler.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> WORDS =
      List.of("rpc.addr", "rpc.auth", "rpc.auth_file", "observe", "members", "guard.window");

  @ParameterizedTest
  @CsvSource({
    "rpc.adr,rpc.addr",
    "rpc.aht,rpc.auth",
    "rpc.auth-file,rpc.auth_file",
    "obsreve,observe",
    "membres,members",
    "member,members",
    "guard.windwo,guard.window"
  })
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, WORDS)).contains(meant);
    assertThat(Nearest.hint(typed, WORDS)).isEqualTo("; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"xyz", "''", "interval", "password"})
  void staysSilentWhenNothingIsNear(String typed) {
    assertThat(Nearest.to(typed, WORDS)).isEmpty();
    assertThat(Nearest.hint(typed, WORDS)).isEmpty();
  }
}
