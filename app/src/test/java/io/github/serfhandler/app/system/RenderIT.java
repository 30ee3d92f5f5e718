package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code render --once}, {@code render --dry-run} and {@code members} with files.render. */
@Timeout(180)
class RenderIT {
  private static final String TWO_CHECKED =
      "- format: env\n  path: FOLDER/out.env\n"
          + RenderFolder.CHECKED
          + "- format: template\n  template: FOLDER/in.peb\n  path: FOLDER/out.txt\n"
          + RenderFolder.CHECKED;

  private static final String ONE_TEMPLATE =
      """
      - format: template
        template: FOLDER/in.peb
        path: FOLDER/out.txt
      """;

  @RegisterExtension static final SerfCluster SERF = SerfCluster.create();
  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path temp;

  private static List<SerfNode> nodes = List.of();
  private final SerfNode node = nodes.get(0);

  @BeforeAll
  static void startAgent() {
    nodes = List.of(SERF.start(SerfOptions.named("node1").withTag("products", "p")));
  }

  @BeforeEach
  void offerOneService() {
    node.setTag("svc", "p/web:80");
  }

  private Program once(RenderFolder folder) {
    return programs.run(folder.options("render", node.rpcAddr(), "--once"));
  }

  private Program dryRun(RenderFolder folder) {
    return programs.run(folder.options("render", node.rpcAddr(), "--dry-run"));
  }

  private Program members(RenderFolder folder) {
    return programs.run(folder.options("members", node.rpcAddr()));
  }

  private RenderFolder twoChecked() {
    RenderFolder folder = RenderFolder.of(temp, TWO_CHECKED);
    folder.write(
        "in.peb", "{% for s in services() -%}\n{{ s }} {{ s.instances[0] }}\n{% endfor %}");
    return folder;
  }

  private static void assertWorked(Program program, String out) {
    assertThat(program.status()).as(program.toString()).isZero();
    assertThat(program.out()).isEqualTo(out);
    assertThat(program.err()).isEmpty();
  }

  @Test
  void checksEachFileAndReloadsOnceForBothAndForNothing() {
    RenderFolder folder = twoChecked();
    assertWorked(once(folder), "updated\n");
    assertThat(folder.text("out.env")).contains("SVC_P__WEB=" + node.host() + ":80\n");
    assertThat(folder.text("out.txt")).isEqualTo("p/web " + node.host() + ":80\n");
    assertThat(folder.checks()).isEqualTo(2);
    assertThat(folder.reloads()).isEqualTo(1);
    assertWorked(once(folder), "unchanged\n");
    assertWorked(members(folder), "unchanged\n");
    assertThat(folder.checks()).isEqualTo(2);
    assertThat(folder.reloads()).isEqualTo(1);
    node.setTag("svc", "p/web:81");
    assertWorked(members(folder), "updated\n");
    assertThat(folder.text("out.txt")).isEqualTo("p/web " + node.host() + ":81\n");
    assertThat(folder.checks()).isEqualTo(4);
    assertThat(folder.reloads()).isEqualTo(2);
  }

  @Test
  void showsWhatWouldChangeAndDoesNothing() throws IOException {
    RenderFolder folder = twoChecked();
    folder.write("out.txt", "p/old 127.0.0.1:1\n");
    Program shows = dryRun(folder);
    assertThat(shows.status()).as(shows.toString()).isZero();
    assertThat(shows.out())
        .contains("--- /dev/null\n+++ " + folder.file("out.env") + "\n")
        .contains("+SVC_P__WEB=" + node.host() + ":80\n")
        .contains("--- " + folder.file("out.txt") + "\n+++ " + folder.file("out.txt") + "\n")
        .contains("-p/old 127.0.0.1:1\n+p/web " + node.host() + ":80\n");
    assertThat(shows.err()).isEqualTo("2 of 2 files would change\n");
    assertThat(folder.checks() + folder.reloads()).isZero();
    assertThat(folder.text("out.txt")).isEqualTo("p/old 127.0.0.1:1\n");
    assertThat(folder.file("out.env")).doesNotExist();
    assertThat(folder.conf().folder()).doesNotExist();
    assertWorked(once(folder), "updated\n");
    Program nothing = dryRun(folder);
    assertThat(nothing.status()).isZero();
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).isEqualTo("nothing would change in 2 files\n");
  }

  @Test
  void failsAtATemplateWithTheFileTheLineAndWhatThereIs() {
    RenderFolder folder = RenderFolder.of(temp, ONE_TEMPLATE);
    folder.write("in.peb", "fine\n{{ prodcut }}\n");
    folder.write("out.txt", "old\n");
    String[] says = {folder.file("in.peb").toString(), "line 2: unknown variable \"prodcut\""};
    once(folder).assertFailed(says);
    members(folder).assertFailed(says);
    Program shows = dryRun(folder);
    assertThat(shows.status()).isEqualTo(1);
    assertThat(shows.err()).contains(says);
    assertThat(folder.text("out.txt")).isEqualTo("old\n");
  }

  @Test
  void keepsTheOldFileWhereTheCheckRefusesTheNewOne() {
    RenderFolder folder = twoChecked();
    assertWorked(once(folder), "updated\n");
    String before = folder.text("out.txt");
    node.setTag("svc", "p/bad:80");
    // Its names are in upper case there, which the check takes.
    Program refused = once(folder);
    refused.assertFailed(
        "the check refused " + folder.file("out.txt") + ", the old file stays: /bin/sh",
        "status 3",
        "it is bad");
    assertThat(folder.text("out.txt")).isEqualTo(before);
    assertThat(folder.text("out.env")).contains("SVC_P__BAD=");
    assertThat(folder.reloads()).isEqualTo(2);
    node.setTag("svc", "p/good:80");
    assertWorked(once(folder), "updated\n");
    assertThat(folder.text("out.txt")).startsWith("p/good ");
  }

  @Test
  void makesAReloadThatFailedAtTheNextRunWhateverThatIs() {
    RenderFolder folder = twoChecked();
    folder.write("broken", "");
    once(folder)
        .assertFailed("the reload of out.env, out.txt failed: /bin/sh", "status 4", "out of order");
    assertThat(folder.text("out.txt")).startsWith("p/web ");
    members(folder).assertFailed("out of order");
    assertThat(folder.file("broken").toFile().delete()).isTrue();
    assertWorked(members(folder), "unchanged\n");
    assertThat(folder.reloads()).isEqualTo(1);
    assertWorked(once(folder), "unchanged\n");
    assertThat(folder.reloads()).isEqualTo(1);
  }

  @Test
  void keepsEveryOtherByteOfAHostsFile() throws IOException {
    RenderFolder folder =
        RenderFolder.of(
            temp,
            """
            - format: hosts
              path: FOLDER/hosts
            """);
    byte[] mine =
        "127.0.0.1\tlocalhost\r\n# caf\u00e9 \n\n::1 x".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.file("hosts"), mine);
    assertWorked(once(folder), "updated\n");
    String text = Files.readString(folder.file("hosts"), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .startsWith(new String(mine, StandardCharsets.ISO_8859_1) + "\n# BEGIN serf-handler\n")
        .contains("\n" + node.host() + "\tsvc-p-web-0\n")
        .endsWith("# END serf-handler\n");
    Files.writeString(folder.file("hosts"), text + "9.9.9.9 after\n", StandardCharsets.ISO_8859_1);
    node.setTag("svc", "p/db:80");
    assertWorked(once(folder), "updated\n");
    assertThat(Files.readString(folder.file("hosts"), StandardCharsets.ISO_8859_1))
        .isEqualTo(text.replace("svc-p-web-", "svc-p-db-") + "9.9.9.9 after\n");
    assertWorked(once(folder), "unchanged\n");
  }

  @Test
  void givesAFileItsModeAndPutsItRight() throws IOException {
    RenderFolder folder =
        RenderFolder.of(
            temp,
            """
            - format: env
              path: FOLDER/out.env
              mode: "0640"
            """);
    assertWorked(once(folder), "updated\n");
    Path file = folder.file("out.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(once(folder).status()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void refusesTwoFilesWithOnePathAndTwoWaysAtOnce() {
    RenderFolder folder =
        RenderFolder.of(
            temp,
            """
            - env=FOLDER/same
            - prometheus=FOLDER/sub/../same
            """);
    for (String command : new String[] {"render", "members", "agent"}) {
      Program program = programs.run(folder.options(command, node.rpcAddr()));
      assertThat(program.status()).as(program.toString()).isEqualTo(2);
      assertThat(program.err()).hasLineCount(1).contains("two files are to be written to", "same");
    }
    Program both = programs.run(folder.options("render", node.rpcAddr(), "--once", "--dry-run"));
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("--dry-run and --once exclude each other");
  }
}
