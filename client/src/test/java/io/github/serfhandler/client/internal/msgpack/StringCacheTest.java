package io.github.serfhandler.client.internal.msgpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class StringCacheTest {

  @Property(tries = 200)
  void givesTheTextThatTheBytesAre(@ForAll @Size(max = 50) List<byte[]> all) {
    StringCache cache = new StringCache();
    for (byte[] bytes : all) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(cache.get(bytes, 0, bytes.length)).isEqualTo(text);
      assertThat(cache.get(bytes, 0, bytes.length)).isEqualTo(text);
    }
  }

  @Property(tries = 20)
  void staysRightWhenTextsDriveEachOtherOut(@ForAll @Size(value = 1) List<Integer> seed) {
    StringCache cache = new StringCache();
    for (int i = 0; i < 5000; i++) {
      String text = "key" + (i * 31 + seed.get(0)) % 3000;
      byte[] bytes = (">" + text).getBytes(StandardCharsets.US_ASCII);
      assertThat(cache.get(bytes, 1, bytes.length - 1)).isEqualTo(text);
    }
  }
}
