package io.github.serfhandler.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Immutable: a list of texts of one kind, in their order, each once. */
public final class TextsType extends TextEntries<String> {
  private static final int MAX_LENGTH = 512;

  /** What a text of a list has to be. */
  private enum Kind {
    ENDPOINT("URL", true),
    PREFIX("PREFIX", true),
    OPTION("NAME=VALUE", false);

    private final String placeholder;
    private final boolean commas;

    Kind(String placeholder, boolean commas) {
      this.placeholder = placeholder;
      this.commas = commas;
    }
  }

  private final Kind kind;

  private TextsType(Kind kind) {
    this.kind = kind;
  }

  /** Addresses of servers, {@code http://HOST:PORT} or with {@code https}. */
  public static TextsType endpoints() {
    return new TextsType(Kind.ENDPOINT);
  }

  /** What keys begin with. */
  public static TextsType prefixes() {
    return new TextsType(Kind.PREFIX);
  }

  /** {@code NAME=VALUE}; a comma belongs to the value. */
  public static TextsType options() {
    return new TextsType(Kind.OPTION);
  }

  @Override
  public List<String> parse(String text) throws BadValueException {
    return List.copyOf(new LinkedHashSet<>(super.parse(text)));
  }

  @Override
  boolean separates(char c) {
    return super.separates(c) || (kind.commas && c == ',');
  }

  @Override
  String mapping(YamlEntry entry) throws BadEntryException {
    throw new BadEntryException(entry.line(), "an entry is one text, " + kind.placeholder);
  }

  @Override
  String one(String untrimmed) throws BadValueException {
    String text = untrimmed.trim();
    if (text.length() > MAX_LENGTH) {
      throw new BadValueException("holds more than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new BadValueException("holds a control character");
      }
    }
    return switch (kind) {
      case ENDPOINT -> endpoint(text);
      case PREFIX -> text;
      case OPTION -> option(text);
    };
  }

  private static String option(String text) throws BadValueException {
    if (text.indexOf('=') < 1) {
      throw new BadValueException("is not NAME=VALUE");
    }
    return text;
  }

  /** Also as etcd's own tools take it, without a scheme. */
  private static String endpoint(String text) throws BadValueException {
    String full = text.contains("://") ? text : "http://" + text;
    try {
      URI uri = new URI(full);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      boolean plain =
          uri.getHost() != null
              && uri.getPort() > 0
              && uri.getPort() <= 65535
              && uri.getRawUserInfo() == null
              && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (plain && (scheme.equals("http") || scheme.equals("https"))) {
        return scheme + "://" + uri.getHost() + ":" + uri.getPort();
      }
    } catch (URISyntaxException e) {
      // Told below, as every other mistake in it.
    }
    throw new BadValueException(
        "is no address of a server; write for example http://127.0.0.1:2379 or"
            + " https://etcd1.example:2379");
  }

  @Override
  public List<String> parts() {
    return List.of();
  }

  @Override
  public String format(List<String> value) {
    return String.join(kind.commas ? "," : "\n", value);
  }

  @Override
  public String placeholder() {
    return kind.commas ? kind.placeholder + "[," + kind.placeholder + "...]" : kind.placeholder;
  }

  @Override
  public String allowed() {
    return switch (kind) {
      case ENDPOINT ->
          "`http://HOST:PORT` or `https://HOST:PORT`, with `,` between them; in YAML also a"
              + " sequence";
      case PREFIX -> "texts with `,` between them, and a flag for each; in YAML also a sequence";
      case OPTION -> "`NAME=VALUE`, one a line, and a flag for each; in YAML also a sequence";
    };
  }

  @Override
  public String schema() {
    String one =
        switch (kind) {
          case ENDPOINT -> "(https?://)?([^\\\\s,/?#@:]+|\\\\[[0-9A-Fa-f:.]+\\\\]):[0-9]{1,5}/?";
          case PREFIX -> "[^,\\\\n]*";
          case OPTION -> "[^=\\\\s][^=\\\\n]*=[^\\\\n]*";
        };
    String blank = "[ \\\\t\\\\r]*";
    String separator = kind.commas ? "[,\\\\n]" : "\\\\n";
    String item = blank + "(" + one + ")?" + blank;
    return "\"type\": [\"string\", \"array\"], \"pattern\": \"^"
        + item
        + "("
        + separator
        + item
        + ")*$\", \"items\": {\"type\": \"string\", \"pattern\": \"^"
        + blank
        + one
        + blank
        + "$\"}";
  }
}
