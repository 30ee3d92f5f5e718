package io.github.serfhandler.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EtcdNodeIT {
  @TempDir Path folder;

  @Test
  void keepsItsDataAndItsPortsOverAKill() {
    try (EtcdNode etcd = EtcdNode.start(folder)) {
      etcd.put("/a", "1");
      long revision = etcd.revision();
      etcd.kill();
      assertThat(etcd.isRunning()).isFalse();
      etcd.restart();

      assertThat(etcd.ctl("get", "--print-value-only", "/a")).isEqualTo("1\n");
      assertThat(etcd.revision()).isEqualTo(revision);
      etcd.stop();
      etcd.rebuild();
      assertThat(etcd.ctl("get", "/a")).isEmpty();
    }
  }

  @Test
  void servesVersionTwoWhereItIsAskedFor() {
    try (EtcdNode etcd = EtcdNode.in(folder)) {
      etcd.start(EtcdOptions.DEFAULT.withV2());

      assertThat(etcd.ctlV2("set", "/a", "2")).isEqualTo("2\n");
    }
  }
}
