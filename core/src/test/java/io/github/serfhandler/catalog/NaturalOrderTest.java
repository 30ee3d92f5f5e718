package io.github.serfhandler.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  private static final NaturalOrder ORDER = NaturalOrder.INSTANCE;

  @Test
  void countsDigitsAsNumbers() {
    assertInOrder(
        "",
        "1",
        "2",
        "10",
        "a",
        "a1",
        "a1b",
        "a2",
        "a10",
        "a10b2",
        "a10b10",
        "b",
        "test2",
        "test10",
        "test10a",
        "web-1-2",
        "web-1-10",
        "web-2-1");
  }

  @Test
  void neverOverflows() {
    assertInOrder(
        "n" + Long.MAX_VALUE,
        "n9223372036854775808",
        "n" + "9".repeat(30),
        "n1" + "0".repeat(30),
        "n" + "9".repeat(10_000),
        "n1" + "0".repeat(10_000));
  }

  @Test
  void breaksTiesOfLeadingZerosAlwaysTheSameWay() {
    assertThat(ORDER.compare("a01b", "a1b")).isNegative();
    assertThat(ORDER.compare("a1b", "a01b")).isPositive();
    // The tie counts last: what comes after the number decides first.
    assertThat(ORDER.compare("a01c", "a1b")).isPositive();
    assertThat(ORDER.compare("0", "00")).isNegative();
  }

  @Test
  void takesDigitsOfOtherScriptsForLetters() {
    assertThat(ORDER.compare("a٣", "a٢٠")).isPositive();
  }

  @Property
  void ordersNumbersAsNumbers(
      @ForAll @BigRange(min = "0") BigInteger a, @ForAll @BigRange(min = "0") BigInteger b) {
    assertThat(Integer.signum(ORDER.compare("n" + a + "x", "n" + b + "x")))
        .isEqualTo(a.compareTo(b));
  }

  @Property(tries = 3_000)
  void isATotalOrderThatAgreesWithEquals(
      @ForAll("names") String a, @ForAll("names") String b, @ForAll("names") String c) {
    int ab = Integer.signum(ORDER.compare(a, b));
    assertThat(Integer.signum(ORDER.compare(b, a))).isEqualTo(-ab);
    assertThat(ab == 0).isEqualTo(a.equals(b));
    if (ab <= 0 && ORDER.compare(b, c) <= 0) {
      assertThat(ORDER.compare(a, c)).isNotPositive();
    }
  }

  @Property
  void sortsAnyListWithoutComplaint(@ForAll("manyNames") List<String> names) {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(ORDER); // Java's sort throws when it notices an order that contradicts itself.
    assertThat(sorted).isSortedAccordingTo(ORDER).hasSameSizeAs(names);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars('0', '0', '1', '9', 'a', '-', '\uD83D').ofMaxLength(7);
  }

  @Provide
  Arbitrary<List<String>> manyNames() {
    return names().list().ofMinSize(40).ofMaxSize(200);
  }

  private static void assertInOrder(String... names) {
    for (int i = 0; i < names.length; i++) {
      for (int j = 0; j < names.length; j++) {
        assertThat(Integer.signum(ORDER.compare(names[i], names[j])))
            .as("%s and %s", names[i], names[j])
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }
}
