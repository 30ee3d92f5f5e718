package io.github.serfhandler.etcd;

import io.github.serfhandler.etcd.EtcdFailure.Kind;
import io.github.serfhandler.json.JsonException;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Stateless: the one place that knows what etcd and Java say when something fails, and what to do
 * then. Each line tells what was asked, of which server, what came of it and the remedy.
 */
final class Failures {
  private static final long DEADLINE_EXCEEDED = 4;
  private static final long RESOURCE_EXHAUSTED = 8;
  private static final long INTERNAL = 13;
  private static final long UNAVAILABLE = 14;
  private static final long UNAUTHENTICATED = 16;

  private Failures() {}

  /** It failed before an answer came. */
  static EtcdFailure thrown(String what, URI endpoint, Throwable cause) {
    String problem;
    if (hasCause(cause, UnresolvedAddressException.class)) {
      problem = "the host has no address; see etcd.endpoints";
    } else if (cause instanceof HttpConnectTimeoutException
        || cause instanceof TimeoutException
        || cause instanceof java.net.http.HttpTimeoutException) {
      problem = "no answer in time; can it be reached from here, and has it a majority?";
    } else if (cause instanceof ConnectException) {
      problem = "no connection; does etcd run there (etcd.endpoints)?";
    } else if (cause instanceof SSLException || hasCause(cause, SSLException.class)) {
      problem = tls(cause);
    } else if (String.valueOf(cause.getMessage()).contains("received no bytes")) {
      // In TLS 1.3 a server that does not take a certificate ends the connection afterwards.
      problem =
          "it ended the connection without an answer; "
              + ("https".equals(endpoint.getScheme())
                  ? "does it take our certificate (etcd.cert_file)?"
                  : "is that the client port of an etcd, and http?");
    } else if (cause.getMessage() == null
        || hasCause(cause, EOFException.class)
        || hasCause(cause, SocketException.class)) {
      problem = "the connection ended";
    } else {
      problem = Printable.text(cause.getMessage()) + "; is that the client port of an etcd?";
    }
    return new EtcdFailure(Kind.AWAY, 0, head(what, endpoint) + problem, cause);
  }

  /** Another status than 200 came. */
  static EtcdFailure answered(String what, URI endpoint, int status, byte[] body) {
    Optional<JsonObject> error = object(body);
    if (error.isPresent()) {
      return told(what, endpoint, error.get());
    }
    if (status == 404) {
      return odd(what, endpoint, "HTTP status 404; it needs to be an etcd of version 3.4 or newer");
    }
    return odd(
        what,
        endpoint,
        "HTTP status "
            + status
            + "; is that the client port of an etcd, and http or https as it should be?");
  }

  /** Etcd gave an error, in the form that the gateway has for it. */
  static EtcdFailure told(String what, URI endpoint, JsonObject error) {
    long code = 0;
    String text = "";
    try {
      code =
          error
              .member("grpc_code")
              .or(() -> error.member("code"))
              .map(JsonValue::asLong)
              .orElse(0L);
      text =
          error.member("message").or(() -> error.member("error")).map(JsonValue::asText).orElse("");
    } catch (JsonException e) {
      return odd(what, endpoint, "an error whose form no etcd uses");
    }
    return refused(what, endpoint, code, text);
  }

  /** Etcd gave an error. */
  static EtcdFailure refused(String what, URI endpoint, long code, String text) {
    String said = text.toLowerCase(Locale.ROOT);
    Kind kind = Kind.REFUSED;
    long meant = code;
    String remedy = "";
    if (code == UNAUTHENTICATED
        || said.contains("invalid auth token")
        || said.contains("user name is empty")
        || said.contains("revision of auth store is old")) {
      kind = Kind.TOKEN;
      remedy = "; set etcd.user and its password";
    } else if (said.contains("authentication failed")) {
      remedy = "; see etcd.user and etcd.password_file";
    } else if (code == EtcdFailure.PERMISSION_DENIED || said.contains("permission denied")) {
      meant = EtcdFailure.PERMISSION_DENIED;
      remedy = "; give the user of etcd.user a role that may read all of it";
    } else if (code == EtcdFailure.OUT_OF_RANGE
        || said.contains("required revision has been compacted")) {
      // What was asked for at one revision is asked for anew, at a newer one.
      kind = Kind.AWAY;
      meant = EtcdFailure.OUT_OF_RANGE;
    } else if (code == RESOURCE_EXHAUSTED && said.contains("larger than max")) {
      kind = Kind.TOO_BIG;
    } else if (code == DEADLINE_EXCEEDED
        || code == UNAVAILABLE
        || code == INTERNAL
        || code == RESOURCE_EXHAUSTED) {
      kind = Kind.AWAY;
    }
    return new EtcdFailure(kind, meant, head(what, endpoint) + cleaned(text) + remedy, null);
  }

  /** What came can not be understood. */
  static EtcdFailure odd(String what, URI endpoint, String problem) {
    return new EtcdFailure(Kind.ODD, head(what, endpoint) + problem);
  }

  /** What came is longer than was allowed for. */
  static EtcdFailure tooBig(String what, URI endpoint, int maxBytes) {
    return new EtcdFailure(
        Kind.TOO_BIG, head(what, endpoint) + "more than " + maxBytes + " bytes came");
  }

  /** The source was closed meanwhile. */
  static EtcdFailure closed() {
    return new EtcdFailure(Kind.CLOSED, "this source of etcd is closed");
  }

  /** A server in messages: without what a URI may hold beyond host and port. */
  static String name(URI endpoint) {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority().replaceAll(".*@", "");
  }

  private static String head(String what, URI endpoint) {
    return what + " at etcd " + name(endpoint) + ": ";
  }

  private static String cleaned(String text) {
    String own =
        text.replaceFirst("^rpc error: code = \\w{1,40} desc = ", "")
            .replaceFirst("^etcdserver: ", "");
    return own.isBlank() ? "an error without a text" : Printable.text(own);
  }

  private static String tls(Throwable cause) {
    String said = text(cause);
    if (said.contains("subject alternative") || said.contains("No name matching")) {
      return "its certificate is for another host ("
          + Printable.text(said)
          + "); name the endpoint as the certificate does";
    }
    if (hasCause(cause, CertificateExpiredException.class)
        || hasCause(cause, CertificateNotYetValidException.class)) {
      return "its certificate is not valid now; renew it, or see whether the clocks are right";
    }
    if (hasCause(cause, CertPathValidatorException.class)
        || hasCause(cause, CertPathBuilderException.class)) {
      return "its certificate is not trusted; see etcd.ca_file";
    }
    if (said.contains("fatal alert") && said.contains("certificate")) {
      return "it does not take our certificate ("
          + Printable.text(said)
          + "); see etcd.cert_file and etcd.key_file";
    }
    return "no TLS connection (" + Printable.text(said) + "); is it http there?";
  }

  /** What the innermost exception of TLS says, which is the most exact. */
  private static String text(Throwable cause) {
    String said = "";
    int depth = 0;
    for (Throwable at = cause; at != null && depth < 10; at = at.getCause(), depth++) {
      if (at.getMessage() != null) {
        said = at.getMessage();
      }
    }
    return said;
  }

  private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 10; at = at.getCause(), depth++) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<JsonObject> object(byte[] body) {
    try {
      return JsonValue.parse(body, Fields.limits(64 * 1024)) instanceof JsonObject object
              && (object.member("error").isPresent() || object.member("message").isPresent())
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
