package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.serfhandler.catalog.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** No name and no tag, however odd, leaves the place where a filter quoted it. */
class QuotingPropertyTest {
  private static Path folder = Path.of("");
  private static TemplateRenderer json = new TemplateRenderer(folder);
  private static TemplateRenderer shell = new TemplateRenderer(folder);

  @BeforeContainer
  static void writeTemplates() throws IOException {
    folder = Files.createTempDirectory("templates");
    Path jsonFile = Files.writeString(folder.resolve("json"), "{{ nodes() | json }}");
    json = new TemplateRenderer(jsonFile);
    Path shellFile =
        Files.writeString(
            folder.resolve("shell"), "{{ self | shell }}\t{{ tags(self).note | shell }}");
    shell = new TemplateRenderer(shellFile);
  }

  @AfterContainer
  static void deleteTemplates() throws IOException {
    for (String name : new String[] {"json", "shell", ""}) {
      Files.delete(folder.resolve(name));
    }
  }

  @Provide
  Arbitrary<String> odd() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(30),
        Arbitraries.strings().withChars("'\"\\`$(){}\n\r\0\u2028\ud800 a%#;&|").ofMaxLength(30));
  }

  @Property
  void jsonReadsBackTheSameText(@ForAll("odd") String name, @ForAll("odd") String tag)
      throws IOException {
    String text = Snapshots.text(json, Snapshots.one(name, tag));
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "name".equals(parser.currentName())) {
          assertThat(parser.getText()).isEqualTo(name);
          values++;
        } else if (token == JsonToken.VALUE_STRING && "note".equals(parser.currentName())) {
          assertThat(parser.getText()).isEqualTo(tag);
          values++;
        }
      }
      assertThat(values).isEqualTo(2);
    }
  }

  @Property
  void shellReadsBackTheSameWord(@ForAll("odd") String name, @ForAll("odd") String tag) {
    Snapshot snapshot = Snapshots.one(name, tag);
    String text = Snapshots.text(shell, snapshot);
    int end = wordEnd(text, 0);
    assertThat(word(text.substring(0, end))).isEqualTo(asUtf8(name));
    assertThat(text.charAt(end)).isEqualTo('\t');
    assertThat(wordEnd(text, end + 1)).isEqualTo(text.length());
    assertThat(word(text.substring(end + 1))).isEqualTo(asUtf8(tag));
  }

  /** Where a word of a shell ends: quoted, escaped, and nothing else in it. */
  private static int wordEnd(String text, int begin) {
    int i = begin;
    while (i < text.length()) {
      if (text.charAt(i) == '\'') {
        i = text.indexOf('\'', i + 1) + 1;
        assertThat(i).isPositive();
      } else if (text.startsWith("\\'", i)) {
        i += 2;
      } else {
        break;
      }
    }
    return i;
  }

  private static String word(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replace("'\\''", "'");
  }

  private static String asUtf8(String text) {
    return text.replace('\0', '\ufffd')
        .codePoints()
        .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
