package io.github.serfhandler.peer;

import io.github.serfhandler.json.JsonArray;
import io.github.serfhandler.json.JsonObject;
import io.github.serfhandler.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Answers questions of peers from a {@link Shelf}. As thread-safe as the shelf. */
final class Answers {
  private final Shelf shelf;

  Answers(Shelf shelf) {
    this.shelf = shelf;
  }

  /** Answers the bytes of a question; what the shelf throws goes through. */
  Reply answer(byte[] question) {
    try {
      return answer(Question.parse(question));
    } catch (RefusedQuestion e) {
      return Reply.of(e.fault());
    }
  }

  private Reply answer(Question question) {
    if (!shelf.products().contains(question.product())) {
      return Reply.of(Fault.PRODUCT);
    }
    if (question instanceof Question.OfHeld of) {
      SortedMap<String, Held> held = shelf.held(of.product());
      // The character 0 is in no name, so that this is the first name after it.
      SortedMap<String, Held> rest = of.after().isEmpty() ? held : held.tailMap(of.after() + '\0');
      return new Reply(HeldJson.firstPage(rest), Reply.NO_BYTES);
    }
    if (question instanceof Question.OfContent of) {
      return part(of);
    }
    return contents((Question.OfContents) question);
  }

  private Reply part(Question.OfContent of) {
    Optional<byte[]> found = shelf.content(of.product(), of.wanted().key(), of.wanted().revision());
    if (found.isEmpty()) {
      return Reply.of(Fault.CONTENT);
    }
    byte[] content = found.get();
    if (of.offset() >= content.length || content.length > Held.MAX_SIZE) {
      return Reply.of(Fault.CONTENT);
    }
    int end = Math.min(content.length, of.offset() + Reply.MAX_RAW);
    return new Reply(
        JsonObject.builder().put("total", content.length).build(),
        Arrays.copyOfRange(content, of.offset(), end));
  }

  private Reply contents(Question.OfContents of) {
    List<JsonValue> sizes = new ArrayList<>(of.wanted().size());
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (Wanted one : of.wanted()) {
      Optional<byte[]> found = shelf.content(of.product(), one.key(), one.revision());
      if (found.isPresent() && found.get().length <= Reply.MAX_RAW - raw.size()) {
        raw.writeBytes(found.get());
        sizes.add(JsonValue.of(found.get().length));
      } else {
        // Gone; or longer than this node told, so that the asker did not reckon with it.
        sizes.add(JsonValue.of(-1));
      }
    }
    return new Reply(
        JsonObject.builder().put("sizes", JsonArray.of(sizes)).build(), raw.toByteArray());
  }
}
