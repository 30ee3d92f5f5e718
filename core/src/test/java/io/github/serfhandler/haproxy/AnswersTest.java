package io.github.serfhandler.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.output.LiveException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static final String COLUMNS =
      "1\n# be_name srv_name srv_addr srv_port srv_admin_state srv_uweight srv_check_state\n";

  @Test
  void readsServersByTheNamesOfTheColumns() throws LiveException {
    assertThat(Answers.servers(COLUMNS + "shop_web a:80 ::1 80 5 100 14\n\n"))
        .containsExactly(new Running("shop_web", "a:80", "::1", 80, 5, 100, 14));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.0 400 Bad request\n",
        "2\n# be_name\n",
        "1\n# be_name srv_name\nshop_web a\n",
        COLUMNS + "shop_web a ::1 80 5 300 14\n",
        COLUMNS + "shop_web a ::1 -1 5 100 14\n",
        COLUMNS + "shop_web a ::1\n"
      })
  void refusesWhatIsNoStateOfServers(String answer) {
    assertThatThrownBy(() -> Answers.servers(answer))
        .isInstanceOf(LiveException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void splitsWhatWasAnsweredToSeveralCommands() {
    // As HAProxy 2.6.12 answered to addr; weight; state of an unknown server; state.
    assertThat(Dialogue.replies("IP changed from 'a' to 'b'\n\n\nNo such server.\n\n\n"))
        .containsExactly("IP changed from 'a' to 'b'", "", "No such server.", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "web",
        "web=80",
        "shop/web=:80",
        "shop/web=*:0",
        "shop/web=*:65536",
        "shop/web=*:080",
        "shop/web=::1:80",
        "shop/web=[::1:80",
        "shop/web=[g::]:80",
        "shop/web=1.2.3:80",
        "shop/web=host:80",
        "shop/web=*:80 ssl",
        "a b/web=*:80",
        "shop/web=1.2.3.256:80"
      })
  void refusesBindsThatAreNone(String text) {
    assertThatThrownBy(() -> Bind.parse(text, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }
}
