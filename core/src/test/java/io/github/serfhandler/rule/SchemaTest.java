package io.github.serfhandler.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a schema says of a content, and what stands in the way of one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SchemaTest {
  /** A pattern that no text of many a can be matched with in the life of a computer. */
  private static final String ENDLESS = "^(a|aa)+\\\\1x$";

  @TempDir Path folder;

  /** Each line: a schema for the member x, one that fits, one that does not, the keyword. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'string'}|'a'|1|type",
        "{'type':['string','null']}|null|true|type",
        "{'type':'integer'}|1.0|1.5|type",
        "{'type':'integer'}|1e3|1e-3|type",
        "{'type':'number'}|1.5|'1.5'|type",
        "{'type':'boolean'}|false|0|type",
        "{'type':'null'}|null|false|type",
        "{'type':'array'}|[]|{}|type",
        "{'type':'object'}|{}|[]|type",
        "{'enum':[1,'a',null,[1],{'a':1}]}|{'a':1.0}|{'a':2}|enum",
        "{'enum':[1,2]}|1.0|3|enum",
        "{'const':{'a':[1,2]}}|{'a':[1.0,2]}|{'a':[2,1]}|const",
        "{'const':10}|1e1|11|const",
        "{'const':false}|false|0|const",
        "{'multipleOf':0.01}|4.02|4.025|multipleOf",
        "{'multipleOf':3}|9007199254740993|9007199254740994|multipleOf",
        "{'maximum':3}|3|3.01|maximum",
        "{'exclusiveMaximum':3}|2.99|3|exclusiveMaximum",
        "{'minimum':3}|3|2.99|minimum",
        "{'exclusiveMinimum':3}|3.01|3|exclusiveMinimum",
        "{'maximum':9007199254740993}|9007199254740993|9007199254740994|maximum",
        "{'maximum':18446744073709551616}|18446744073709551616|18446744073709551617|maximum",
        "{'minimum':0.1000000000000000000001}|0.1000000000000000000001|0.1|minimum",
        "{'maxLength':2}|'ab'|'abc'|maxLength",
        "{'maxLength':1}|'\\ud83d\\ude00'|'ab'|maxLength",
        "{'minLength':2}|'ab'|'a'|minLength",
        "{'pattern':'^a+$'}|'aa'|'ab'|pattern",
        "{'pattern':'b'}|'abc'|'ac'|pattern",
        "{'pattern':'b'}|1|'ac'|pattern",
        "{'maxItems':1}|[1]|[1,2]|maxItems",
        "{'minItems':1}|[1]|[]|minItems",
        "{'uniqueItems':true}|[1,2]|[1,1.0]|uniqueItems",
        "{'uniqueItems':true}|[{'a':1},{'a':2}]|[{'a':1},{'a':1.0}]|uniqueItems",
        "{'uniqueItems':true}|[1,true]|[[1],[1]]|uniqueItems",
        "{'contains':{'const':1}}|[0,1]|[0]|contains",
        "{'contains':{'const':1},'maxContains':1}|[1]|[1,1]|maxContains",
        "{'contains':{'const':1},'minContains':2}|[1,1]|[1]|minContains",
        "{'items':{'type':'string'}}|['a']|[1]|type",
        "{'prefixItems':[{'type':'string'}],'items':false}|['a']|['a',1]|items",
        "{'prefixItems':[{'type':'string'}],'unevaluatedItems':false}|['a']|['a',1]|unevaluatedItems",
        "{'maxProperties':1}|{'a':1}|{'a':1,'b':2}|maxProperties",
        "{'minProperties':1}|{'a':1}|{}|minProperties",
        "{'required':['a']}|{'a':1}|{'b':1}|required",
        "{'dependentRequired':{'a':['b']}}|{'a':1,'b':1}|{'a':1}|dependentRequired",
        "{'dependentSchemas':{'a':{'required':['b']}}}|{'a':1,'b':1}|{'a':1}|required",
        "{'properties':{'a':{'type':'string'}}}|{'a':'b'}|{'a':1}|type",
        "{'patternProperties':{'^a':{'type':'string'}}}|{'ab':'b','c':1}|{'ab':1}|type",
        "{'properties':{'a':true},'additionalProperties':false}|{'a':1}|{'b':1}|additionalProperties",
        "{'patternProperties':{'^a':true},'additionalProperties':false}|{'a1':1}|{'b':1}"
            + "|additionalProperties",
        "{'allOf':[{'properties':{'a':true}}],'unevaluatedProperties':false}|{'a':1}|{'b':1}"
            + "|unevaluatedProperties",
        "{'patternProperties':{'^a':true},'unevaluatedProperties':false}|{'a1':1}|{'b':1}"
            + "|unevaluatedProperties",
        "{'propertyNames':{'maxLength':1}}|{'a':1}|{'ab':1}|maxLength",
        "{'propertyNames':{'enum':['a','b']}}|{'a':1}|{'c':1}|enum",
        "{'propertyNames':{'const':'a'}}|{'a':1}|{'c':1}|const",
        "{'propertyNames':{'pattern':'^a'}}|{'ab':1}|{'c':1}|pattern",
        "{'allOf':[{'minimum':1},{'maximum':2}]}|1.5|3|maximum",
        "{'anyOf':[{'type':'string'},{'minimum':2}]}|2|1|minimum",
        "{'oneOf':[{'minimum':1},{'minimum':2}]}|1|2|oneOf",
        "{'not':{'type':'string'}}|1|'a'|not",
        "{'if':{'minimum':5},'then':{'multipleOf':2},'else':{'maximum':3}}|6|7|multipleOf",
        "{'if':{'minimum':5},'then':{'multipleOf':2},'else':{'maximum':3}}|3|4|maximum",
        "{'$ref':'#/$defs/port','$defs':{'port':{'maximum':9}}}|9|10|maximum",
        "{'$ref':'#p','$defs':{'port':{'$anchor':'p','maximum':9}}}|9|10|maximum",
        "{'$ref':'urn:x:port','$defs':{'port':{'$id':'urn:x:port','maximum':9}}}|9|10|maximum",
        "{'format':'ipv4','maxLength':3}|'abc'|'abcd'|maxLength",
        "{'unknown':1,'type':'string'}|'a'|1|type",
      })
  void validatesAsTheDraftHasIt(String schema, String fits, String not, String keyword)
      throws Exception {
    // Root references need the root: the schema of x is the whole one.
    Schema tested = schema("{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":" + wrap(schema) + "}}");
    assertThat(tested.misfit(object("{\"x\":" + json(fits) + "}"))).isEmpty();
    assertThat(tested.misfit(object("{\"x\":" + json(not) + "}")))
        .get()
        .asString()
        .contains(": " + keyword)
        .startsWith("/x");
  }

  private static String wrap(String schema) {
    return "{\"$id\":\"urn:t\",\"properties\":{\"x\":{\"$ref\":\"urn:x\"}},\"$defs\":{\"x\":"
        + json(schema).replaceFirst("\\{", "{\"\\$id\":\"urn:x\",")
        + "}}";
  }

  @Test
  void namesThePlaceTheKeywordAndWhatIsMissing() throws Exception {
    Schema schema =
        schema(
            """
            {"properties": {"port": {"type": "integer"},
                            "db": {"properties": {"hosts": {"items": {"type": "string"}}}}},
             "required": ["host", "port"]}
            """);
    assertThat(schema.misfit(object("{\"port\":\"x\"}")))
        .get()
        .asString()
        .satisfiesAnyOf(
            line -> assertThat(line).isEqualTo("/port: type; /: required host"),
            line -> assertThat(line).isEqualTo("/: required host; /port: type"));
    assertThat(schema.misfit(object("{\"db\":{\"hosts\":[\"a\",1]},\"host\":1,\"port\":1}")))
        .contains("/db/hosts/1: type");
    assertThat(schema.misfit(object("{}"))).contains("/: required host, port");
  }

  @Test
  void showsThreePlacesAndTheNumberOfTheOthers() throws Exception {
    Schema schema = schema("{\"additionalProperties\":{\"items\":{\"type\":\"string\"}}}");
    assertThat(schema.misfit(object("{\"a\":[1,2,3,4,5]}")))
        .contains("/*/0: type; /*/1: type; /*/2: type and 2 more");
  }

  @Test
  void isNeverLongerThanAnAnswerTakes() throws Exception {
    String name = "n".repeat(150);
    Schema schema = schema("{\"properties\":{\"" + name + "\":{\"required\":[\"" + name + "\"]}}}");
    assertThat(schema.misfit(object("{\"" + name + "\":{}}")).orElseThrow())
        .hasSizeLessThanOrEqualTo(200)
        .startsWith("/nnn");
  }

  @Test
  void takesTrueAndFalseAsSchemas() throws Exception {
    assertThat(schema("true").misfit(object("{\"a\":1}"))).isEmpty();
    assertThat(schema("false").misfit(object("{\"a\":1}"))).contains("/: not allowed");
  }

  @Test
  void endsAPatternThatGoesBackAndForthForEver() throws Exception {
    // The reference keeps Java from remembering what it has tried.
    String text = "a".repeat(100) + "!";
    Schema values = schema("{\"properties\":{\"x\":{\"pattern\":\"" + ENDLESS + "\"}}}");
    assertThat(values.misfit(object("{\"x\":\"" + text + "\"}")))
        .contains("it takes too long to validate");
    Schema propertyNames = schema("{\"propertyNames\":{\"pattern\":\"" + ENDLESS + "\"}}");
    assertThat(propertyNames.misfit(object("{\"" + text + "\":1}")))
        .contains("it takes too long to validate");
    Schema names = schema("{\"patternProperties\":{\"" + ENDLESS + "\":true}}");
    assertThat(names.misfit(object("{\"" + text + "\":1}")))
        .contains("it takes too long to validate");
  }

  @Test
  void endsAPatternThatGoesTooDeep() throws Exception {
    Schema schema = schema("{\"properties\":{\"x\":{\"pattern\":\"^(a|b)*$\"}}}");
    assertThat(schema.misfit(object("{\"x\":\"" + "a".repeat(900_000) + "\"}")))
        .contains("it takes too deep a stack to validate");
    assertThat(schema.misfit(object("{\"x\":\"ab\"}"))).isEmpty();
  }

  @Test
  void endsASchemaThatNamesItself() throws Exception {
    assertThat(schema("{\"$ref\":\"#\"}").misfit(object("{}"))).isPresent();
    assertThat(
            schema(
                    "{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}},\"$ref\":\"#/$defs/a\"}")
                .misfit(object("{}")))
        .isPresent();
  }

  @Test
  void endsASchemaThatGrowsWithoutBound() throws Exception {
    StringBuilder defs = new StringBuilder("\"d0\":{\"minimum\":1}");
    for (int i = 1; i < 40; i++) {
      String below = "{\"$ref\":\"#/$defs/d" + (i - 1) + "\"}";
      defs.append(",\"d").append(i).append("\":{\"allOf\":[" + below + "," + below + "]}");
    }
    Schema schema = schema("{\"$defs\":{" + defs + "},\"$ref\":\"#/$defs/d39\"}");
    assertThat(schema.misfit(object("{}"))).contains("it takes too long to validate");
  }

  @Test
  void canBeInterrupted() throws Exception {
    Schema schema = schema("{\"properties\":{\"x\":{\"pattern\":\"" + ENDLESS + "\"}}}");
    schema.prepare();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> schema.misfit(object("{\"x\":\"" + "a".repeat(100) + "!\"}")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void isNotSpoiltByAnInterruptAtItsFirstUse() throws Exception {
    Schema schema = schema("{\"required\":[\"a\"]}");
    Thread.currentThread().interrupt();
    assertThat(schema.misfit(JsonObject.EMPTY)).contains("/: required a");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** The stack is that of a handler's thread. */
  @Test
  void takesTheDeepestSchemaOnASmallStack() throws Exception {
    int depth = 31; // Each makes two of the 64 levels of the file.
    String text =
        "{\"properties\":{\"a\":".repeat(depth) + "{\"type\":\"string\"}" + "}}".repeat(depth);
    Schema schema = schema(text);
    JsonObject content = object("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    CompletableFuture<Optional<String>> misfit = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                misfit.complete(schema.misfit(content));
              } catch (InterruptedException | RuntimeException e) {
                misfit.completeExceptionally(e);
              }
            },
            "small",
            512 * 1024);
    thread.start();
    assertThat(misfit.get(60, TimeUnit.SECONDS)).contains("/a".repeat(depth) + ": type");
  }

  @Test
  void isNotKeptBusyByNumbers() throws Exception {
    Schema schema = schema("{\"properties\":{\"x\":{\"multipleOf\":3,\"type\":\"integer\"}}}");
    assertThat(schema.misfit(object("{\"x\":1e999999999}"))).contains("/x: exponent out of range");
    assertThat(schema.misfit(object("{\"x\":1e-999999999}"))).contains("/x: exponent out of range");
    assertThat(schema.misfit(object("{\"x\":1e99999999999}")))
        .contains("/x: exponent out of range");
    assertThat(schema.misfit(object("{\"x\":0e999999999}"))).isEmpty();
    assertThat(schema.misfit(object("{\"x\":" + "9".repeat(1000) + "}"))).isEmpty();
  }

  @Test
  void countsTheStepsOfEachValidationAnew() throws Exception {
    Schema schema =
        schema(
            "{\"additionalProperties\":{\"items\":{\"const\":[5],\"enum\":[[5]],\"pattern\":\"a\"}}}");
    JsonObject large = object("{\"x\":[[5]" + ",[5]".repeat(50_000) + "]}");
    for (int i = 0; i < 60; i++) {
      assertThat(schema.misfit(large)).isEmpty();
    }
  }

  @Test
  void takesALargeContent() throws Exception {
    Schema schema =
        schema("{\"properties\":{\"x\":{\"items\":{\"type\":\"integer\",\"maximum\":5}}}}");
    StringBuilder list = new StringBuilder("[0");
    for (int i = 0; i < 100_000; i++) {
      list.append(",5");
    }
    assertThat(schema.misfit(object("{\"x\":" + list + "]}"))).isEmpty();
    assertThat(schema.misfit(object("{\"x\":" + list + ",6]}"))).contains("/x/100001: maximum");
  }

  @Test
  void saysWhereTheFileIsNotJson() {
    assertThatThrownBy(() -> schema("{\n  \"type\": oops\n}"))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("schema " + file() + ": not JSON: line 2, column ")
        .hasMessageNotContainingAny("oops", "\n");
    assertThatThrownBy(() -> schema("[]"))
        .hasMessageContaining("an array, where a schema is an object");
  }

  @Test
  void saysWhereTheFileIsNoSchema() throws Exception {
    Schema schema = schema("{\"properties\":{\"port\":{\"type\":\"strin\"}}}");
    assertThatThrownBy(schema::prepare)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("schema " + file() + ": not a schema of draft 2020-12: ")
        .hasMessageContaining("/properties/port/type")
        .hasMessageEndingWith("; mend it at that place");
    assertThatThrownBy(() -> schema.misfit(JsonObject.EMPTY)).isInstanceOf(SchemaException.class);
    assertThatThrownBy(() -> schema("{\"pattern\":\"(\"}").prepare())
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("no regular expression of Java's");
  }

  @Test
  void neverFetchesAnything() throws Exception {
    for (String target :
        new String[] {"http://127.0.0.1:1/x.json", "other.json", "file:///etc/hostname#/a"}) {
      assertThatThrownBy(() -> schema("{\"items\":{\"$ref\":\"" + target + "\"}}"))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("$ref names " + target)
          .hasMessageContaining("never fetched; copy it into $defs");
    }
    assertThatThrownBy(() -> schema("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}"))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("write it for draft 2020-12");
    // What stands where no reference stands is none.
    assertThat(schema("{\"enum\":[{\"$ref\":\"other.json\"}]}").file()).isEqualTo(file());
    assertThat(schema("{\"$ref\":\"#/$defs/none\"}").misfit(JsonObject.EMPTY)).isPresent();
  }

  @Test
  void refusesWhatIsNoFileOrTooLong() throws Exception {
    assertThatThrownBy(() -> Schema.read(folder.resolve("none")))
        .isInstanceOf(SchemaException.class)
        .hasMessageEndingWith("there is no such file; check the path");
    assertThatThrownBy(() -> Schema.read(folder))
        .hasMessageContaining("not a regular file; name a file");
    assertThatThrownBy(() -> schema("{\"title\":\"" + "x".repeat(256 * 1024) + "\"}"))
        .hasMessageContaining("longer than 262144 bytes");
    assertThatThrownBy(() -> schema("{\"not\":".repeat(65) + "{}" + "}".repeat(65)))
        .isInstanceOf(SchemaException.class);
  }

  private Path file() {
    return folder.resolve("schema.json");
  }

  private Schema schema(String text) throws IOException {
    Files.writeString(file(), text);
    return Schema.read(file());
  }

  private static JsonObject object(String text) {
    return JsonValue.parse(text).asObject();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
