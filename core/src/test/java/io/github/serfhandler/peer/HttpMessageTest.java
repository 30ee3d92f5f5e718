package io.github.serfhandler.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageTest {
  private static HttpMessage of(String text) {
    HttpMessage message = new HttpMessage(10);
    message.take(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    return message;
  }

  @Test
  void readsFirstLineAndBodyHoweverTheyArrive() {
    String text = "POST /v1 HTTP/1.1\r\nHost: a\r\ncontent-LENGTH:  3 \r\n\r\nabcd";
    HttpMessage slow = new HttpMessage(10);
    for (byte b : text.getBytes(ISO_8859_1)) {
      slow.take(ByteBuffer.wrap(new byte[] {b}));
    }
    for (HttpMessage message : new HttpMessage[] {of(text), slow}) {
      assertThat(message.isComplete()).isTrue();
      assertThat(message.firstLine()).isEqualTo("POST /v1 HTTP/1.1");
      assertThat(message.body()).containsExactly('a', 'b', 'c');
    }
  }

  @Test
  void isNotCompleteBeforeItsEnd() {
    HttpMessage message = of("A\r\nContent-Length: 3\r\n\r\nab");
    assertThat(message.isComplete()).isFalse();
    assertThat(message.isBroken()).isFalse();
    assertThat(of("A\r\nContent-Length: 0\r\n\r\n").isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "A\r\nContent-Length: 11\r\n\r\n",
        "A\r\nContent-Length: 99999999999\r\n\r\n",
        "A\r\nContent-Length: -1\r\n\r\n",
        "A\r\nContent-Length: +1\r\n\r\n",
        "A\r\nContent-Length: 0x1\r\n\r\n",
        "A\r\nContent-Length:\r\n\r\n",
        "A\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        "A\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "\u0016\u0003\u0001",
        "\u00ff",
      })
  void takesNothingElse(String text) {
    assertThat(of(text).isBroken()).isTrue();
    assertThat(of(text).isComplete()).isFalse();
  }

  @Test
  void endsAHeadThatDoesNotEnd() {
    assertThat(of("a".repeat(HttpMessage.MAX_HEAD)).isBroken()).isFalse();
    assertThat(of("a".repeat(HttpMessage.MAX_HEAD + 1)).isBroken()).isTrue();
  }
}
