package io.github.serfhandler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.serfhandler.catalog.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of templates: their limits, and when they are read again. */
class TemplateFilesTest {
  @TempDir Path folder;
  private Path file;
  private TemplateRenderer renderer;

  @BeforeEach
  void names() {
    file = folder.resolve("web.conf.peb");
    renderer = new TemplateRenderer(file);
  }

  private String text() {
    return Snapshots.text(renderer, Snapshots.fleet());
  }

  private boolean stands() {
    return renderer.stands(Snapshots.fleet(), Snapshots.fleet());
  }

  private void told(String message) {
    assertThatThrownBy(this::text).hasMessage("cannot render " + file + ": " + message);
  }

  @Test
  void isNamedLikeItsTemplateWhereNothingElseIsSaid() {
    assertThat(renderer.fileName()).isEqualTo("web.conf");
    assertThat(new TemplateRenderer(file, "other").fileName()).isEqualTo("other");
  }

  @Test
  void readsNothingBeforeItIsNeeded() throws IOException {
    assertThat(renderer.wantsDistances()).isFalse();
    Files.writeString(file, "x");
    renderer.prepare();
    assertThat(stands()).isFalse();
    assertThat(text()).isEqualTo("x");
    assertThat(stands()).isTrue();
  }

  @Test
  void standsAsLongAsNothingChanges() throws IOException {
    Files.writeString(file, "{{ self }}");
    text();
    Snapshot fleet = Snapshots.fleet();
    Snapshot other = new Snapshot("test3", fleet.catalog(), fleet.view(), Map.of());
    assertThat(stands()).isTrue();
    assertThat(renderer.stands(fleet, other)).isFalse();
  }

  @Test
  void readsItselfAndWhatItIncludesAgainWhenTheyChange() throws IOException {
    Path part = folder.resolve("part");
    Files.writeString(part, "1");
    Files.writeString(file, "a{% include \"part\" %}");
    assertThat(text()).isEqualTo("a1");
    Files.writeString(part, "2");
    Files.setLastModifiedTime(part, FileTime.fromMillis(1));
    assertThat(stands()).isFalse();
    assertThat(renderer.isStale()).isTrue();
    assertThat(text()).isEqualTo("a2");
    assertThat(stands()).isTrue();
    assertThat(renderer.isStale()).isFalse();
    Files.writeString(file, "b{% include \"part\" %}");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(stands()).isFalse();
    assertThat(text()).isEqualTo("b2");
  }

  @Test
  void failsWhileAFileIsMissingAndGoesOnWhenItIsThere() throws IOException {
    told("there is no such file; write the template there, or correct the path");
    Files.writeString(file, "a{% include \"part\" %}");
    told("line 1: there is no \"part\" in " + folder);
    Files.writeString(folder.resolve("part"), "1");
    assertThat(text()).isEqualTo("a1");
    Files.delete(folder.resolve("part"));
    assertThat(stands()).isFalse();
    told("line 1: there is no \"part\" in " + folder);
    Files.writeString(folder.resolve("part"), "1");
    assertThat(text()).isEqualTo("a1");
    Files.delete(file);
    assertThat(stands()).isFalse();
    told("there is no such file; write the template there, or correct the path");
  }

  @Test
  void knowsFromWhatItReadWhetherDistancesAreWanted() throws IOException {
    Files.writeString(folder.resolve("part"), "{{ nearest([]) }}");
    Files.writeString(file, "a{% if false %}{% include \"part\" %}{% endif %}");
    renderer.prepare();
    assertThat(renderer.wantsDistances()).isTrue();
    Files.writeString(file, "{{ self }}");
    renderer.prepare();
    assertThat(renderer.wantsDistances()).isFalse();
  }

  @Test
  void refusesWhatIsTooLargeNoFileOrNoText() throws IOException {
    Files.write(file, new byte[TemplateFiles.MAX_BYTES + 1]);
    told("it is larger than 1 MiB");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xff});
    told("line 2: the bytes are no UTF-8; save the file as UTF-8");
    Files.delete(file);
    Files.createDirectory(file);
    told("it is no regular file");
  }

  @Test
  void refusesToIncludeTooManyFiles() throws IOException {
    StringBuilder includes = new StringBuilder();
    for (int i = 1; i <= TemplateFiles.MAX_FILES; i++) {
      Files.writeString(folder.resolve("part" + i), "x");
      includes.append("{% include \"part").append(i).append("\" %}\n");
    }
    Files.writeString(file, includes);
    told("line 100: it includes more than 100 files");
  }

  @Test
  void readsTheLargestFileAndAnyText() throws IOException {
    Files.writeString(file, "ö😀".repeat(TemplateFiles.MAX_BYTES / 6));
    assertThat(text()).isEqualTo("ö😀".repeat(TemplateFiles.MAX_BYTES / 6));
  }

  @Test
  void extendsAndImportsEachTimeItIsRendered() throws IOException {
    Files.writeString(folder.resolve("base"), "<{% block a %}{% endblock %}>");
    Files.writeString(folder.resolve("lib"), "{% macro m(x) %}[{{ x }}]{% endmacro %}");
    Files.writeString(
        file,
        "{% extends \"base\" %}{% import \"lib\" as lib %}{% block a %}{{ lib.m(self) }}{% endblock"
            + " %}");
    assertThat(text()).isEqualTo("<[test2]>");
    assertThat(text()).isEqualTo("<[test2]>");
    Files.writeString(file, "{% from \"lib\" import m as n %}{{ n(1) }}{% set self = \"x\" %}");
    assertThat(text()).isEqualTo("[1]");
    assertThat(text()).isEqualTo("[1]");
  }
}
