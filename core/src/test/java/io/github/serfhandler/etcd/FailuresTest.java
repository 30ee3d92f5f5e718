package io.github.serfhandler.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static final URI ENDPOINT = URI.create("http://u:secret@10.0.0.1:2379/x");
  private static final String HEAD = "listing /a at etcd http://10.0.0.1:2379: ";

  @ParameterizedTest
  @CsvSource({
    "16, etcdserver: invalid auth token, TOKEN, invalid auth token; set",
    "3, etcdserver: user name is empty, TOKEN, user name is empty; set",
    "3, etcdserver: revision of auth store is old, TOKEN, revision",
    "7, etcdserver: permission denied, REFUSED, permission denied; give",
    "0, rpc error: code = PermissionDenied desc = etcdserver: permission denied, REFUSED, permission denied; give",
    "11, etcdserver: mvcc: required revision has been compacted, AWAY, mvcc: required",
    "14, etcdserver: no leader, AWAY, no leader",
    "14, 'etcdserver: request timed out', AWAY, request timed out",
    "8, grpc: received message larger than max (9 vs. 4), TOO_BIG, grpc",
    "8, etcdserver: too many requests, AWAY, too many requests",
    "2, '', REFUSED, an error without a text"
  })
  void knowsWhatEtcdSays(long code, String text, Kind kind, String line) {
    EtcdFailure failure = Failures.refused("listing /a", ENDPOINT, code, text);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.line()).startsWith(HEAD + line);
  }

  @Test
  void knowsWhatJavaSays() {
    assertThat(Failures.thrown("listing /a", ENDPOINT, new ConnectException()).line())
        .isEqualTo(HEAD + "no connection; does etcd run there (etcd.endpoints)?");
    assertThat(Failures.thrown("listing /a", ENDPOINT, new TimeoutException()).line())
        .startsWith(HEAD + "no answer in time");
    Exception unknown = new ConnectException();
    unknown.initCause(new UnresolvedAddressException());
    assertThat(Failures.thrown("listing /a", ENDPOINT, unknown).line())
        .isEqualTo(HEAD + "the host has no address; see etcd.endpoints");
  }

  @Test
  void anEndInTheMidstIsNoOtherServer() {
    String ended = HEAD + "the connection ended";
    IOException eof =
        new IOException(
            "chunked transfer encoding, state: READING_LENGTH",
            new EOFException("EOF reached while reading"));
    IOException reset =
        new IOException(
            "fixed content-length: 9, bytes received: 1", new SocketException("Connection reset"));

    for (IOException cause : List.of(eof, reset, new EOFException(), new SocketException("x"))) {
      assertThat(Failures.thrown("listing /a", ENDPOINT, cause).line()).isEqualTo(ended);
    }
    IOException other = new IOException("illegal character in chunk size");
    assertThat(Failures.thrown("listing /a", ENDPOINT, other).line())
        .endsWith("is that the client port of an etcd?");
  }

  @Test
  void anErrorOfAnotherFormIsNoError() {
    JsonObject error = JsonObject.builder().put("code", "x").build();

    assertThat(Failures.told("listing /a", ENDPOINT, error).kind()).isEqualTo(Kind.ODD);
  }
}
