package io.github.serfhandler.script;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.SerfEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.Self;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stateless: the environment of a script, as {@code invokeEventScript} in Serf's {@code invoke.go}
 * (0.9.4) makes it: what this process inherited, and the variables of the event.
 *
 * <p>Where it differs: what another event left in the inherited environment is taken out (this
 * process may itself run under a script of Serf's); of two tags with one variable the last by name
 * counts, where Serf takes any; and a NUL, which no environment can hold and for which Go runs
 * nothing at all, becomes U+FFFD.
 */
final class ScriptEnvironment {
  /** The longest payload that is given in the environment too; Linux takes 128 KiB a variable. */
  static final int MAX_PAYLOAD = 64 * 1024;

  private static final String EXTRA = "SERF_HANDLER_";
  private static final String PAYLOAD = EXTRA + "PAYLOAD";
  private static final String PAYLOAD_BASE64 = EXTRA + "PAYLOAD_BASE64";
  private static final String MEMBERS = EXTRA + "MEMBERS";
  private static final String CONF_DIR = EXTRA + "CONF_DIR";

  private ScriptEnvironment() {}

  /** What a script gets beyond what is inherited, by name; {@code members} is their JSON. */
  static Map<String, String> variables(
      SerfEvent event, Self self, Path confDir, @Nullable String members) {
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, String> tag : new TreeMap<>(self.tags()).entrySet()) {
      all.put("SERF_TAG_" + Self.environmentName(tag.getKey()), tag.getValue());
    }
    all.put("SERF_SELF_NAME", self.name());
    all.put("SERF_SELF_ROLE", self.tag("role"));
    all.put(CONF_DIR, confDir.toAbsolutePath().toString());
    if (event instanceof MemberEvent change) {
      all.put("SERF_EVENT", change.type().word());
      if (members != null) {
        all.put(MEMBERS, members);
      }
    } else if (event instanceof UserEvent user) {
      all.put("SERF_EVENT", "user");
      all.put("SERF_USER_EVENT", user.name());
      all.put("SERF_USER_LTIME", Long.toUnsignedString(user.ltime()));
      putPayload(all, user.payload());
    } else if (event instanceof QueryEvent query) {
      all.put("SERF_EVENT", "query");
      all.put("SERF_QUERY_NAME", query.name());
      all.put("SERF_QUERY_LTIME", Long.toUnsignedString(query.ltime()));
      putPayload(all, query.payload());
    }
    for (Map.Entry<String, String> variable : all.entrySet()) {
      variable.setValue(variable.getValue().replace('\0', '\uFFFD'));
    }
    return all;
  }

  /**
   * Makes an inherited environment that of the script. What stands there already with the right
   * value stays as it is: Java keeps the bytes of what it inherited, and so they arrive exactly,
   * whatever the locale.
   */
  static void apply(Map<String, String> inherited, Map<String, String> variables) {
    Iterator<String> names = inherited.keySet().iterator();
    while (names.hasNext()) {
      String name = names.next();
      if (belongsToAnEvent(name) && !variables.containsKey(name)) {
        names.remove();
      }
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!variable.getValue().equals(inherited.get(variable.getKey()))) {
        inherited.put(variable.getKey(), variable.getValue());
      }
    }
  }

  /**
   * The first variable that Java can not hand over as it is, in a locale that is not UTF-8; null
   * where all can be.
   */
  static @Nullable String mangled(Map<String, String> variables) {
    if (CHILD.equals(StandardCharsets.UTF_8)) {
      return null;
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = variable.getValue();
      boolean exact = Arrays.equals(value.getBytes(CHILD), value.getBytes(StandardCharsets.UTF_8));
      if (!exact && !value.equals(System.getenv(variable.getKey()))) {
        return variable.getKey();
      }
    }
    return null;
  }

  // What ProcessEnvironment encodes with: the default charset on 17, the locale's from 18 on.
  private static final Charset CHILD = childCharset();

  private static Charset childCharset() {
    if (Runtime.version().feature() < 18) {
      return Charset.defaultCharset();
    }
    String name = System.getProperty("sun.jnu.encoding");
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }

  private static boolean belongsToAnEvent(String name) {
    return name.equals("SERF_EVENT")
        || name.startsWith("SERF_SELF_")
        || name.startsWith("SERF_TAG_")
        || name.startsWith("SERF_USER_")
        || name.startsWith("SERF_QUERY_")
        || name.equals(PAYLOAD)
        || name.equals(PAYLOAD_BASE64)
        || name.equals(MEMBERS);
  }

  private static void putPayload(Map<String, String> all, Payload payload) {
    if (payload.size() > MAX_PAYLOAD) {
      return;
    }
    byte[] bytes = payload.bytes();
    all.put(PAYLOAD_BASE64, Base64.getEncoder().encodeToString(bytes));
    for (byte b : bytes) {
      if (b == 0) {
        return;
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      all.put(PAYLOAD, text);
    } catch (CharacterCodingException e) {
      // No text: the bytes are on stdin, and in base64.
      all.remove(PAYLOAD);
    }
  }
}
