package io.github.serfhandler.catalog;

import static io.github.serfhandler.catalog.Fixtures.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.client.MemberStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemLogTest {
  private final ProblemLog log = new ProblemLog();

  private List<String> fresh(String... portsOfNodes) {
    return log
        .fresh(
            Catalog.of(
                java.util.stream.IntStream.range(0, portsOfNodes.length)
                    .mapToObj(
                        i -> member("n" + i, MemberStatus.ALIVE, "svc=p/web:" + portsOfNodes[i]))
                    .toList()))
        .stream()
        .map(problem -> problem.node() + " " + problem.value())
        .toList();
  }

  @Test
  void tellsEachProblemOnce() {
    assertThat(fresh("x", "80", "y")).containsExactly("n0 p/web:x", "n2 p/web:y");
    assertThat(fresh("x", "80", "y")).isEmpty();
    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void tellsAChangedValueAgain() {
    fresh("x", "y");
    assertThat(fresh("x", "z")).containsExactly("n1 p/web:z");
  }

  @Test
  void tellsAgainWhatWentAwayAndCameBack() {
    fresh("x");
    assertThat(fresh("80")).isEmpty();
    assertThat(log.size()).isZero();
    assertThat(fresh("x")).containsExactly("n0 p/web:x");
  }

  @Test
  void tellsTheSameFaultOnOneNodeOnce() {
    assertThat(fresh("x,p/web:x")).containsExactly("n0 p/web:x");
  }
}
