package io.github.serfhandler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {
  private static final List<String> MOUNTINFO =
      List.of(
          "22 1 254:0 / / rw,relatime - ext4 /dev/root rw",
          "40 22 254:0 /docker/hosts /etc/hosts rw,relatime shared:1 master:2 - ext4 /dev/vda rw",
          "41 22 0:30 / /mnt/with\\040space\\011and\\134slash rw - tmpfs none rw",
          "broken",
          "");

  @Test
  void findsExactlyWhatIsMounted() {
    assertThat(MountPoints.contain(MOUNTINFO, Path.of("/etc/hosts"))).isTrue();
    assertThat(MountPoints.contain(MOUNTINFO, Path.of("/etc/host"))).isFalse();
    assertThat(MountPoints.contain(MOUNTINFO, Path.of("/docker/hosts"))).isFalse();
    assertThat(MountPoints.contain(MOUNTINFO, Path.of("/mnt/with space\tand\\slash"))).isTrue();
  }

  @Test
  void knowsThatAPlainFileIsNone(@TempDir Path folder) throws IOException {
    assertThat(MountPoints.contain(Files.writeString(folder.resolve("f"), ""))).isFalse();
  }
}
