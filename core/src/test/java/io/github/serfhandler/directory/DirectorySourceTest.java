package io.github.serfhandler.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.serfhandler.config.ConfigUpdate;
import io.github.serfhandler.source.SourceEntry;
import io.github.serfhandler.source.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectorySourceTest {
  @TempDir Path temp;

  private final RecordingFeed feed = new RecordingFeed();
  private final List<DirectorySource> sources = new ArrayList<>();
  private Path root = Path.of("");

  /** What became of the last call of follow. */
  private CompletableFuture<Void> lastEnd = new CompletableFuture<>();

  @BeforeEach
  void makesARoot() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
  }

  @AfterEach
  void closes() {
    sources.forEach(DirectorySource::close);
  }

  private void follow(DirectorySource source) {
    sources.add(source);
    CompletableFuture<Void> end = new CompletableFuture<>();
    lastEnd = end;
    Thread thread =
        new Thread(
            () -> {
              try {
                source.follow(feed);
                end.complete(null);
              } catch (SourceException | InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            },
            "follow");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    follow(new DirectorySource(root));
  }

  private Path write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Replaces a file as careful programs do. */
  private void replace(String path, String text) throws IOException {
    Path next = write(path + ".new", text);
    Files.move(next, root.resolve(path), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitLine(String line) {
    await(line).untilAsserted(() -> assertThat(feed.lines()).contains(line));
  }

  private void awaitStart(String start) {
    await(start)
        .untilAsserted(() -> assertThat(feed.lines()).anyMatch(line -> line.startsWith(start)));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void listsWhatIsThereThenTellsWhatChanges() throws IOException {
    write("shop/db.json", "{}");
    write("shop/web.yml", "a: 1");
    write("blog/db.yaml", "a: 2");
    follow();
    awaitLine("end 0");
    assertThat(feed.lines())
        .containsExactly(
            "list",
            "found blog/db YAML a: 2",
            "found shop/db JSON {}",
            "found shop/web YAML a: 1",
            "end 0");
    write("shop/db.json", "{\"a\":1}");
    awaitLine("changed shop/db JSON {\"a\":1}");
    replace("shop/db.json", "{\"a\":2}");
    awaitLine("changed shop/db JSON {\"a\":2}");
    write("mail/db.json", "{}");
    awaitLine("changed mail/db JSON {}");
    Files.delete(root.resolve("shop/web.yml"));
    awaitLine("changed shop/web deleted");
    assertThat(feed.lines()).hasSize(9);
  }

  @Test
  void findsEverythingWithoutAnyHint() throws IOException {
    write("shop/db.json", "{}");
    follow(new DirectorySource(root, new Tree(root), Hints::none));
    awaitLine("end 0");
    write("shop/db.json", "{\"a\":1}");
    write("blog/db.json", "{}");
    awaitLine("changed shop/db JSON {\"a\":1}");
    awaitLine("changed blog/db JSON {}");
    Files.delete(root.resolve("shop/db.json"));
    awaitLine("changed shop/db deleted");
  }

  @Test
  void tellsAnEmptyTree() {
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "end 0");
  }

  @Test
  void neverTakesAMissingRootForAnEmptyOne() throws Exception {
    Files.delete(root);
    DirectorySource source = new DirectorySource(root);
    assertThatThrownBy(() -> source.follow(feed))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "the directory "
                + root
                + " can not be read: it does not exist; put it there, or name"
                + " another");
    assertThatThrownBy(() -> source.read("shop", "db")).isInstanceOf(SourceException.class);
    Files.createFile(root);
    assertThatThrownBy(() -> source.follow(feed))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it is no directory");
    assertThatThrownBy(() -> source.read("shop", "db")).isInstanceOf(SourceException.class);
    assertThat(feed.lines()).isEmpty();
  }

  @Test
  void endsWhereTheRootVanishesAndListsWhenItIsBack() throws Exception {
    write("shop/db.json", "{}");
    DirectorySource source = new DirectorySource(root);
    follow(source);
    awaitLine("end 0");
    Files.move(root, temp.resolve("away"));
    assertThatThrownBy(() -> lastEnd.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SourceException.class);
    assertThatThrownBy(() -> source.follow(feed)).isInstanceOf(SourceException.class);
    Files.move(temp.resolve("away"), root);
    feed.lines().clear();
    follow(source);
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "found shop/db JSON {}", "end 0");
    assertThat(lastEnd).isNotDone();
  }

  @Test
  void listsAgainWhereAnotherDirectoryStandsInTheRootsPlace() throws IOException {
    Path first = Files.createDirectories(temp.resolve("first/shop"));
    Path second = Files.createDirectories(temp.resolve("second/shop"));
    Files.writeString(first.resolve("db.json"), "{}");
    Files.writeString(second.resolve("web.json"), "{}");
    Path link = Files.createSymbolicLink(temp.resolve("current"), first.getParent());
    follow(new DirectorySource(link));
    awaitLine("end 0");
    feed.lines().clear();
    Path next = Files.createSymbolicLink(temp.resolve("next"), second.getParent());
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "found shop/web JSON {}", "end 0");
  }

  @Test
  void leavesItToTheFeedWhetherMuchIsDeletedAtOnce() throws IOException {
    for (String key : List.of("a", "b", "c")) {
      write("shop/" + key + ".json", "{}");
    }
    follow();
    awaitLine("end 0");
    feed.lines().clear();
    Files.move(root.resolve("shop"), temp.resolve("away"));
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "end 0");
  }

  /** Something that happens in the tree. */
  private interface Change {
    void make() throws IOException;
  }

  /** A tree in which things happen right before a look, however slow the machine is. */
  private final class BusyTree extends Tree {
    private volatile Change beforeEachLook = () -> {};

    BusyTree() {
      super(root);
    }

    /** One step right before each look. */
    void make(Queue<Change> steps) {
      beforeEachLook =
          () -> {
            Change step = steps.poll();
            if (step != null) {
              step.make();
            }
          };
    }

    @Override
    TreeLook look() throws SourceException {
      try {
        beforeEachLook.make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return super.look();
    }
  }

  private void writeSecond(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      write("shop/k" + i + ".json", "{\"v\":2}");
    }
  }

  @Test
  void followsTheReplacementOfAWholeDirectory() throws IOException {
    for (int i = 0; i < 20; i++) {
      write("shop/k" + i + ".json", "{\"v\":1}");
    }
    BusyTree tree = new BusyTree();
    follow(new DirectorySource(root, tree, () -> Hints.of(root)));
    awaitLine("end 0");
    feed.lines().clear();
    // As git does it: away with the old files, then the new ones, one by one.
    Queue<Change> steps = new ConcurrentLinkedQueue<>();
    steps.add(() -> delete(root.resolve("shop")));
    steps.add(() -> writeSecond(0, 7));
    steps.add(() -> writeSecond(7, 19));
    tree.make(steps);
    awaitLine("changed shop/k19 deleted");
    for (int i = 0; i < 19; i++) {
      awaitLine("changed shop/k" + i + " JSON {\"v\":2}");
    }
    assertThat(feed.lines()).hasSize(20);
    // It is the new directory that is watched now.
    replace("shop/k3.json", "{\"v\":3}");
    awaitLine("changed shop/k3 JSON {\"v\":3}");
  }

  @Test
  void followsTheLinksOfAConfigMap() throws IOException {
    write("shop/..one/db.json", "{\"v\":1}");
    write("shop/..two/db.json", "{\"v\":2}");
    Path data = Files.createSymbolicLink(root.resolve("shop/..data"), Path.of("..one"));
    Files.createSymbolicLink(root.resolve("shop/db.json"), Path.of("..data", "db.json"));
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "found shop/db JSON {\"v\":1}", "end 0");
    Path next = Files.createSymbolicLink(root.resolve("shop/..data_tmp"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    awaitLine("changed shop/db JSON {\"v\":2}");
  }

  @Test
  void followsTheLinksOfAConfigMapThatHoldsTheProducts() throws IOException {
    write("..one/shop/db.json", "{\"v\":1}");
    write("..two/shop/db.json", "{\"v\":2}");
    Path data = Files.createSymbolicLink(root.resolve("..data"), Path.of("..one"));
    Files.createSymbolicLink(root.resolve("shop"), Path.of("..data", "shop"));
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "found shop/db JSON {\"v\":1}", "end 0");
    Path next = Files.createSymbolicLink(root.resolve("..data_tmp"), Path.of("..two"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    awaitLine("changed shop/db JSON {\"v\":2}");
  }

  @Test
  void followsNoLinkOutOfTheTree() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret.json"), "{\"secret\":1}");
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("db.json"), "{\"secret\":1}");
    write("shop/db.json", "{}");
    Files.createSymbolicLink(root.resolve("shop/out.json"), secret);
    Files.createSymbolicLink(root.resolve("shop/gone.json"), temp.resolve("nothing"));
    Files.createSymbolicLink(root.resolve("shop/loop.json"), Path.of("loop.json"));
    Files.createSymbolicLink(root.resolve("LICENSE"), secret);
    DirectorySource source = new DirectorySource(root);
    follow(source);
    awaitLine("end 0");
    assertThat(feed.lines()).hasSize(6).contains("found shop/db JSON {}");
    awaitStart("unusable shop/out is a link that leads out");
    awaitStart("unusable shop/gone can not be read: it does not exist");
    awaitStart("unusable shop/loop can not be read: ");
    assertThatThrownBy(() -> source.read("shop", "out"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("leads out");
  }

  @Test
  void isNamedAndKnownByItsWholePath() {
    Path here = Path.of("").toAbsolutePath();
    try (DirectorySource source = new DirectorySource(Path.of("a", "..", "conf"))) {
      assertThat(source.name()).isEqualTo("directory " + here.resolve("conf"));
      assertThat(source.identity()).isEqualTo(source.name());
    }
  }

  @Test
  void deletesNothingWhileAProductCanNotBeLookedInto() throws Exception {
    Path other = Files.createDirectory(temp.resolve("other"));
    write("shop/db.json", "{}");
    write("blog/a.json", "{}");
    Path link = Files.createSymbolicLink(root.resolve("mail"), other);
    BusyTree tree = new BusyTree();
    DirectorySource source = new DirectorySource(root, tree, () -> Hints.of(root));
    follow(source);
    awaitStart("skipped mail is a link that leads out of the directory");
    assertThat(feed.lines())
        .startsWith("list", "found blog/a JSON {}", "found shop/db JSON {}", "incomplete 0")
        .doesNotContain("end 0");
    assertThatThrownBy(() -> source.read("mail", "db"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("leads out");
    // Of the others everything is told.
    write("shop/db.json", "{\"a\":1}");
    awaitLine("changed shop/db JSON {\"a\":1}");
    Files.delete(link);
    awaitLine("end 0");
    feed.lines().clear();
    // What was there before it closed stays. No look comes between the two.
    Queue<Change> steps = new ConcurrentLinkedQueue<>();
    steps.add(
        () -> {
          Files.move(root.resolve("shop"), temp.resolve("away"));
          Files.createSymbolicLink(root.resolve("shop"), temp.resolve("nothing"));
        });
    tree.make(steps);
    awaitStart("skipped shop can not be read: it does not exist");
    write("blog/b.json", "{}");
    awaitLine("changed blog/b JSON {}");
    assertThat(feed.lines()).hasSize(2);
    Files.delete(root.resolve("shop"));
    awaitLine("changed shop/db deleted");
  }

  @Test
  void tellsWhatCanNotBeReadAndReadsItWhenItCan() throws IOException {
    AtomicBoolean permitted = new AtomicBoolean();
    Tree tree =
        new Tree(root) {
          @Override
          Optional<byte[]> read(TreeItem item) throws IOException, InterruptedException {
            if (item.key().equals("db") && !permitted.get()) {
              throw new AccessDeniedException(item.file().toString());
            }
            return super.read(item);
          }
        };
    write("shop/db.json", "{}");
    write("shop/web.json", "{}");
    DirectorySource source = new DirectorySource(root, tree, () -> Hints.of(root));
    follow(source);
    awaitLine("end 0");
    assertThat(feed.lines())
        .containsExactlyInAnyOrder(
            "list",
            "unusable shop/db can not be read: permission denied; let the user of this process read"
                + " it",
            "found shop/web JSON {}",
            "end 0");
    assertThatThrownBy(() -> source.read("shop", "db"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("permission denied");
    permitted.set(true);
    awaitLine("changed shop/db JSON {}");
    permitted.set(false);
    replace("shop/db.json", "{\"a\":1}");
    awaitStart("skipped shop/db can not be read");
    assertThat(feed.lines()).hasSize(6);
  }

  @Test
  void readsAFileOnlyWhenItIsWhole() throws IOException {
    follow();
    awaitLine("end 0");
    Path file = root.resolve("shop/db.json");
    Files.createDirectories(file.getParent());
    Supplier<String> text = () -> "{\"text\":\"" + "x".repeat(3000) + "\"}";
    try (OutputStream out = Files.newOutputStream(file)) {
      for (char c : text.get().toCharArray()) {
        out.write(c);
      }
    }
    awaitLine("changed shop/db JSON " + text.get());
  }

  @Test
  void tellsTheOthersWhileOneFileGrowsWithoutEnd() throws Exception {
    write("shop/log.json", "{");
    Path log = root.resolve("shop/log.json");
    BusyTree tree = new BusyTree();
    tree.beforeEachLook = () -> Files.writeString(log, " ", StandardOpenOption.APPEND);
    follow(new DirectorySource(root, tree, () -> Hints.of(root)));
    awaitLine("end 0");
    assertThat(feed.lines()).anyMatch(line -> line.startsWith("unusable shop/log is being"));
    write("shop/db.json", "{}");
    awaitLine("changed shop/db JSON {}");
    assertThat(feed.lines()).noneMatch(line -> line.startsWith("changed shop/log"));
    tree.beforeEachLook = () -> {};
    awaitStart("changed shop/log JSON {");
  }

  @Test
  void seesAFileThatWasRewrittenWithTheSameLengthAndTime() throws IOException {
    Path file = write("shop/db.json", "{\"a\":1}");
    FileTime time = Files.getLastModifiedTime(file);
    follow();
    awaitLine("end 0");
    Path next = write("shop/next", "{\"a\":2}");
    Files.setLastModifiedTime(next, time);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    awaitLine("changed shop/db JSON {\"a\":2}");
  }

  @Test
  void passesOverWhatIsNoConfiguration() throws IOException {
    for (String path :
        List.of(
            "README.md",
            "shop/README.md",
            ".git/config.json",
            ".hidden.json",
            "shop/.hidden.json",
            "shop/.db.json.swp",
            "shop/db.json~",
            "shop/#db.json#",
            "shop/db.json.bak",
            "shop/db",
            "shop/deeper/db.json",
            "no product/notes.txt",
            "shop/db.JSON")) {
      write(path, "secret");
    }
    write("shop/db.json", "{}");
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).containsExactly("list", "found shop/db JSON {}", "end 0");
  }

  @Test
  void tellsOfNamesThatAreNotLegalOnce() throws IOException {
    for (String path :
        List.of(
            "lost.json",
            "my shop/db.json",
            "shop/a b.yml",
            "shop/d..b.json",
            "shop/-x.json",
            "shop/new\nline.json")) {
      write(path, "secret");
    }
    write("shop/" + "a".repeat(64) + ".json", "secret");
    follow();
    awaitLine("end 0");
    for (String name :
        List.of(
            "lost.json not of",
            "my shop/db.json its names",
            "shop/a b.yml its names",
            "shop/d..b.json its names",
            "shop/-x.json its names",
            "shop/new\nline.json its names",
            "shop/" + "a".repeat(64) + ".json its names")) {
      awaitStart("skipped " + name);
    }
    write("shop/db.json", "{}");
    awaitLine("changed shop/db JSON {}");
    assertThat(feed.lines()).hasSize(10).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void refusesAKeyWithTwoFilesUntilOneIsGone() throws Exception {
    write("shop/db.json", "{}");
    write("shop/db.yml", "a: 1");
    DirectorySource source = new DirectorySource(root);
    follow(source);
    awaitLine("end 0");
    String why = "has several files, with different endings; leave one";
    assertThat(feed.lines()).containsExactly("list", "unusable shop/db " + why, "end 0");
    assertThatThrownBy(() -> source.read("shop", "db"))
        .isInstanceOf(SourceException.class)
        .hasMessage("shop/db in the directory " + root + " " + why);
    Files.delete(root.resolve("shop/db.json"));
    awaitLine("changed shop/db YAML a: 1");
    write("shop/db.yaml", "a: 2");
    awaitLine("skipped shop/db " + why);
    Files.delete(root.resolve("shop/db.yaml"));
    await().until(() -> feed.lines().size() == 6);
    assertThat(feed.lines().get(5)).isEqualTo("changed shop/db YAML a: 1");
  }

  @Test
  void tellsAChangeOfTheEndingAlone() throws IOException {
    write("shop/db.json", "{}");
    follow();
    awaitLine("end 0");
    Files.move(root.resolve("shop/db.json"), root.resolve("shop/db.yml"));
    awaitLine("changed shop/db YAML {}");
  }

  @Test
  void opensNothingThatIsNoFile() throws Exception {
    write("shop/db.json", "{}");
    Files.createDirectory(root.resolve("shop/folder.json"));
    Process mkfifo =
        new ProcessBuilder("mkfifo", root.resolve("shop/pipe.json").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    DirectorySource source = new DirectorySource(root);
    follow(source);
    awaitLine("end 0");
    assertThat(feed.lines())
        .containsExactlyInAnyOrder(
            "list",
            "found shop/db JSON {}",
            "unusable shop/folder is no file; put one there, or take it away",
            "unusable shop/pipe is no file; put one there, or take it away",
            "end 0");
    assertThatThrownBy(() -> source.read("shop", "pipe")).isInstanceOf(SourceException.class);
  }

  @Test
  void readsNoFileThatIsTooLong() throws IOException {
    write("shop/db.json", "x".repeat(ConfigUpdate.MAX_FILE_BYTES + 1));
    write("shop/web.json", "x".repeat(ConfigUpdate.MAX_FILE_BYTES));
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).anyMatch(line -> line.startsWith("found shop/web"));
    awaitStart("unusable shop/db has more bytes than configuration can have, 1048576");
  }

  @Test
  void refusesATreeThatIsNoneOfConfiguration() throws IOException {
    for (int i = 0; i < 6; i++) {
      write("shop/k" + i + ".json", "{}");
    }
    DirectorySource source = new DirectorySource(root, new Tree(root, 6), Hints::none);
    assertThatThrownBy(() -> source.follow(feed))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("holds more than 6 names");
    assertThat(feed.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void knowsInTheEndWhatIsThereWhateverHappened(long seed) throws IOException {
    Random random = new Random(seed);
    follow();
    awaitLine("end 0");
    for (int i = 0; i < 400; i++) {
      String product = "p" + random.nextInt(3);
      String path = product + "/k" + random.nextInt(6) + ".json";
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> write(path, "{\"n\":" + i + "}");
        case 3, 4 -> replace(path, "{\"n\":" + i + "}");
        case 5, 6 -> Files.deleteIfExists(root.resolve(path));
        default -> {
          if (Files.exists(root.resolve(product))) {
            Files.move(root.resolve(product), temp.resolve("away" + i));
          }
        }
      }
      if (random.nextInt(20) == 0) {
        // In the middle of it, so that the next changes come upon what was told.
        await().untilAsserted(() -> assertThat(feed.known()).isEqualTo(there()));
      }
    }
    await().untilAsserted(() -> assertThat(feed.known()).isEqualTo(there()));
  }

  /** The values by key. */
  private Map<String, String> there() throws IOException {
    Map<String, String> there = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (name.endsWith(".json")) {
          there.put(name.substring(0, name.length() - 5), Files.readString(file));
        }
      }
    }
    return there;
  }

  @Test
  void listsManyFiles() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      write("p" + i % 10 + "/k" + i + ".json", "{\"n\":" + i + "}");
    }
    follow();
    awaitLine("end 0");
    assertThat(feed.lines()).hasSize(1_002).doesNotHaveDuplicates();
  }

  @Test
  void readsWhatIsThereNow() throws Exception {
    DirectorySource source = new DirectorySource(root);
    assertThat(source.read("shop", "db")).isEmpty();
    Path file = write("shop/db.yml", "a: 1");
    SourceEntry entry = source.read("shop", "db").orElseThrow();
    assertThat(entry.value().orElseThrow().text()).isEqualTo("a: 1");
    assertThat(entry.revision()).isZero();
    assertThat(source.read("shop", "web")).isEmpty();
    Files.delete(file);
    assertThat(source.read("shop", "db")).isEmpty();
    assertThatThrownBy(() -> source.read("..", "db")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.read("shop", "../x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsWhenItIsClosed() throws Exception {
    write("shop/db.json", "{}");
    for (Supplier<Hints> hints : List.<Supplier<Hints>>of(() -> Hints.of(root), Hints::none)) {
      feed.lines().clear();
      DirectorySource source = new DirectorySource(root, new Tree(root), hints);
      follow(source);
      awaitLine("end 0");
      source.close();
      source.close();
      lastEnd.get(30, TimeUnit.SECONDS);
      source.follow(feed);
      assertThat(feed.lines()).hasSize(3);
    }
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws Exception {
    DirectorySource source = new DirectorySource(root);
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                source.follow(feed);
              } catch (SourceException | InterruptedException e) {
                end.completeExceptionally(e);
              }
            });
    thread.start();
    awaitLine("end 0");
    thread.interrupt();
    assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    source.close();
  }

  @Test
  void saysWhatItIs() {
    assertThat(new DirectorySource(root).name()).isEqualTo("directory " + root);
  }
}
