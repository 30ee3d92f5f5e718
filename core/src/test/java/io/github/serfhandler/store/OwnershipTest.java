package io.github.serfhandler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  @TempDir Path folder;

  @Test
  void theModeIsLeftAloneWhereTheNewFileIsToHaveAnother() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "open to all");
    Files.setAttribute(old, "unix:mode", 0644);
    Path temp = Files.writeString(folder.resolve("temp"), "secret");
    Files.setAttribute(temp, "unix:mode", 0600);
    List<String> told = new ArrayList<>();
    Ownership ownership = new Ownership(new Notices(told::add));
    Existing existing = Existing.of(old).orElseThrow();
    ownership.copy(existing, false, temp, old);
    assertThat(Existing.of(temp).orElseThrow().permissions()).isEqualTo(0600);
    ownership.copy(existing, true, temp, old);
    assertThat(Existing.of(temp).orElseThrow().permissions()).isEqualTo(0644);
    assertThat(told).isEmpty();
  }
}
