package io.github.serfhandler.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class JsonTest {
  @Test
  void printsNestedValues() {
    Json json =
        new Json()
            .beginObject()
            .member("a", "x")
            .member("n", -5)
            .member("l", List.of("b", "c"))
            .beginArray("empty")
            .endArray()
            .beginArray("full")
            .beginObject()
            .endObject()
            .endArray()
            .endObject();
    assertThat(printed(json))
        .isEqualTo(
            """
            {
                "a": "x",
                "n": -5,
                "l": ["b", "c"],
                "empty": [],
                "full": [
                    {}
                ]
            }
            """);
  }

  @Test
  void escapesWhatATerminalWouldActOn() {
    assertThat(
            printed(
                new Json()
                    .beginObject()
                    .member("a", "\u001b[\n\u202e\u2028\"\\ö😀\ud83d")
                    .endObject()))
        .contains("\"\\u001b[\\u000a\\u202e\\u2028\\\"\\\\ö😀\\ud83d\"");
  }

  /** JSON is YAML, so that the parser of the settings is the judge. */
  @Property(tries = 300)
  void readsBackAsItWasWritten(@ForAll String value) {
    String clean = value.replaceAll("\\p{Cs}", "");
    Object read =
        new Load(LoadSettings.builder().build())
            .loadFromString(printed(new Json().beginObject().member("k", clean).endObject()));
    assertThat(read).isEqualTo(Map.of("k", clean));
  }

  private static String printed(Json json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(bytes);
    json.print(output);
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
