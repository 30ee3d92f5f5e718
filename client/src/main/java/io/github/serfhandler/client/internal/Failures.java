package io.github.serfhandler.client.internal;

import io.github.serfhandler.client.SerfClosedException;
import io.github.serfhandler.client.SerfConnectionException;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.client.SerfProtocolException;
import io.github.serfhandler.client.SerfTimeoutException;
import io.github.serfhandler.client.internal.msgpack.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Stateless: the exceptions, and their messages, for what goes wrong between us and the agent. */
public final class Failures {
  private static final String RPC_PORT =
      "give the address of the agent's RPC, as a rule port 7373, not its gossip port 7946";

  private Failures() {}

  /** No connection came about. */
  static SerfException noConnection(String target, Duration timeout, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return new SerfTimeoutException(
          "no connection to the Serf agent at "
              + target
              + " within "
              + Texts.duration(timeout)
              + ": check the address and what filters packets on the way",
          true,
          e);
    }
    String why = e instanceof UnknownHostException ? "unknown host" : Texts.folded(reason(e));
    return new SerfConnectionException(
        "cannot reach the Serf agent at "
            + target
            + " ("
            + why
            + "): start it there, or give the address of its RPC",
        true,
        e);
  }

  /** The connection stands, but its first exchange failed. */
  static SerfException noHandshake(String target, Duration timeout, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return new SerfTimeoutException(
          target
              + " accepts connections but does not answer Serf's handshake within "
              + Texts.duration(timeout)
              + ": the agent hangs, or another program listens there",
          true,
          e);
    }
    return new SerfConnectionException(
        target + " ended the connection during Serf's handshake" + detail(e) + ": " + RPC_PORT,
        true,
        e);
  }

  /** The first answer is not Serf's. */
  static SerfException notSerf(String target, byte[] answer, IOException e) {
    return new SerfProtocolException(
        target
            + " does not speak Serf's RPC (its answer begins with "
            + Texts.ascii(answer)
            + "): "
            + RPC_PORT,
        true,
        e);
  }

  /** A command was under way. */
  static SerfException during(
      Command command, String target, Duration timeout, boolean retrySafe, IOException e) {
    if (e instanceof DeadlineInput.InterruptedReadException) {
      return interrupted(command, target, retrySafe);
    }
    if (e instanceof MalformedException) {
      return new SerfProtocolException(
          "the reply to '"
              + command.word()
              + "' from "
              + target
              + " is not Serf's or over a limit: "
              + Texts.folded(reason(e)),
          retrySafe,
          e);
    }
    if (e instanceof SocketTimeoutException) {
      return new SerfTimeoutException(
          "no complete reply to '"
              + command.word()
              + "' from the Serf agent at "
              + target
              + " within "
              + Texts.duration(timeout)
              + ": the agent hangs or is overloaded, or the timeout is too short; "
              + advice(retrySafe),
          retrySafe,
          e);
    }
    String why =
        command == Command.MEMBERS_FILTERED && e instanceof EOFException
            // filterMembers in ipc.go: an expression that does not compile ends the connection.
            ? ": probably an invalid regular expression (Go's RE2 syntax) in the filter"
            : detail(e) + ": it ended, or was not content with the request";
    return new SerfConnectionException(
        "the Serf agent at "
            + target
            + " closed the connection during '"
            + command.word()
            + "'"
            + why
            + "; "
            + advice(retrySafe),
        retrySafe,
        e);
  }

  /** Another command held the connection all the time. */
  static SerfException busy(Command command, String target, Duration timeout) {
    return new SerfTimeoutException(
        "'"
            + command.word()
            + "' waited "
            + Texts.duration(timeout)
            + " for other commands to the Serf agent at "
            + target
            + " and was not sent",
        true,
        null);
  }

  /** Nothing was written, since earlier requests were not even answered. */
  static SerfException notReading(Command command, String target) {
    return new SerfTimeoutException(
        "the Serf agent at "
            + target
            + " hangs: it has not answered earlier requests, and '"
            + command.word()
            + "' was not sent",
        true,
        null);
  }

  /** The calling thread was interrupted; sets its flag again. */
  static SerfException interrupted(Command command, String target, boolean retrySafe) {
    Thread.currentThread().interrupt();
    return new SerfInterruptedException(
        "interrupted during '" + command.word() + "' at the Serf agent " + target, retrySafe, null);
  }

  /** What the user called is closed. */
  public static SerfClosedException closed(String what) {
    return new SerfClosedException(what + " is closed", true, null);
  }

  private static String advice(boolean retrySafe) {
    return retrySafe
        ? "a retry is safe"
        : "whether the agent has carried it out is unknown, check before a retry";
  }

  private static String detail(IOException e) {
    return e instanceof EOFException ? "" : " (" + Texts.folded(reason(e)) + ")";
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
