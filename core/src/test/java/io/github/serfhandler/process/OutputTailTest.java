package io.github.serfhandler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutputTailTest {
  @Property
  void keepsTheLastBytesAndCountsAll(
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @Size(max = 8) List<@Size(max = 50) byte[]> chunks) {
    OutputTail tail = new OutputTail(capacity);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] chunk : chunks) {
      tail.add(chunk, chunk.length);
      all.writeBytes(chunk);
    }
    byte[] bytes = all.toByteArray();
    assertThat(tail.total()).isEqualTo(bytes.length);
    assertThat(tail.bytes())
        .isEqualTo(Arrays.copyOfRange(bytes, Math.max(0, bytes.length - capacity), bytes.length));
  }
}
