package io.github.serfhandler.output;

import io.github.serfhandler.process.Program;
import io.github.serfhandler.render.Renderer;
import io.github.serfhandler.store.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a file that is to be kept, and what its readers need. Made by a {@link Builder}.
 *
 * <p>The renderer and what tells a running program may hold state of this one file: a spec is for
 * one {@link Outputs} or one pass at a time.
 */
public final class FileSpec {
  /** Makes the text of a file that is checked in the place of a part of it. */
  @FunctionalInterface
  public interface Frame {
    /** The text of a file that includes this one. */
    String around(Path part);
  }

  /** In a check's arguments, whole: the path of the new file, before it replaces the old one. */
  public static final String NEW_FILE = "{}";

  private final Path path;
  private final Renderer renderer;
  private final boolean block;
  private final Access access;
  private final Optional<Frame> checkFrame;
  private final Optional<Program> check;
  private final Optional<Program> reload;
  private final Optional<Live> live;
  private final Wait wait;
  private final boolean logOutput;

  private FileSpec(Builder builder) {
    this.path = builder.path;
    this.renderer = builder.renderer;
    this.block = builder.block;
    this.access = builder.access;
    this.checkFrame = Optional.ofNullable(builder.checkFrame);
    this.check = Optional.ofNullable(builder.check);
    this.reload = Optional.ofNullable(builder.reload);
    this.live = Optional.ofNullable(builder.live);
    boolean runs = check.isPresent() || reload.isPresent() || live.isPresent();
    Wait given = builder.wait;
    this.wait = given != null ? given : runs ? Wait.DEFAULT : Wait.NONE;
    this.logOutput = builder.logOutput;
  }

  /** A file that shows what this renderer makes of it, and no more. */
  public static Builder of(Path path, Renderer renderer) {
    return new Builder(path, renderer);
  }

  /** Plain files of these formats, each under its own name in a directory. */
  public static List<FileSpec> plain(Path folder, Renderer... renderers) {
    List<FileSpec> files = new ArrayList<>(renderers.length);
    for (Renderer renderer : renderers) {
      files.add(of(folder.resolve(renderer.fileName()), renderer).build());
    }
    return List.copyOf(files);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What makes its bytes. */
  public Renderer renderer() {
    return renderer;
  }

  /** Whether what is rendered is one block of the file, whose other bytes are someone else's. */
  public boolean isBlock() {
    return block;
  }

  /** Its mode and owner. */
  public Access access() {
    return access;
  }

  /** Makes a whole of the new file for the check; empty where it can be checked by itself. */
  public Optional<Frame> checkFrame() {
    return checkFrame;
  }

  /** What checks the new file: one of its arguments is {@link #NEW_FILE}. */
  public Optional<Program> check() {
    return check;
  }

  /** What makes its readers read it again. */
  public Optional<Program> reload() {
    return reload;
  }

  /** What tells its running reader of changes, so that it need not reload for each. */
  public Optional<Live> live() {
    return live;
  }

  /** How long a change waits. */
  public Wait waits() {
    return wait;
  }

  /** Whether what a check or a reload that failed printed is logged. */
  public boolean logOutput() {
    return logOutput;
  }

  /** Whether it is written as it is, at once: nothing waits, and nothing is run. */
  public boolean isPlain() {
    return check.isEmpty() && reload.isEmpty() && live.isEmpty() && wait.isNone();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** Makes a {@link FileSpec}; confined to one thread. */
  public static final class Builder {
    private final Path path;
    private final Renderer renderer;
    private boolean block;
    private Access access = Access.AS_IT_IS;
    private @Nullable Frame checkFrame;
    private @Nullable Program check;
    private @Nullable Program reload;
    private @Nullable Live live;
    private @Nullable Wait wait;
    private boolean logOutput = true;

    private Builder(Path path, Renderer renderer) {
      this.path = path;
      this.renderer = renderer;
    }

    /** What is rendered is one block of the file; all else in it stays, byte for byte. */
    public Builder block() {
      this.block = true;
      return this;
    }

    /** With this mode and owner; by default those that it has. */
    public Builder access(Access value) {
      this.access = value;
      return this;
    }

    /** See {@link FileSpec#checkFrame}. */
    public Builder checkFrame(Frame value) {
      this.checkFrame = value;
      return this;
    }

    /**
     * Checked by this program before it replaces the old one.
     *
     * @throws IllegalArgumentException where none of its arguments is {@link FileSpec#NEW_FILE};
     *     its message is one line with a remedy
     */
    public Builder check(Program value) {
      if (value.argv().lastIndexOf(NEW_FILE) < 1) {
        throw new IllegalArgumentException(
            "the check is not told which file to check; write {} as an argument in its place, for"
                + " example [haproxy, -c, -f, \"{}\"]");
      }
      this.check = value;
      return this;
    }

    /** This program is run after it was replaced. */
    public Builder reload(Program value) {
      this.reload = value;
      return this;
    }

    /** The running reader is told by this one, and reloaded only where that is not enough. */
    public Builder live(Live value) {
      this.live = value;
      return this;
    }

    /**
     * Changes wait so long; by default {@link Wait#DEFAULT} where anything is run, else {@link
     * Wait#NONE}.
     */
    public Builder waits(Wait value) {
      this.wait = value;
      return this;
    }

    /** What failed programs print is not logged, as it may be secret. */
    public Builder keepOutput() {
      this.logOutput = false;
      return this;
    }

    /** The spec. */
    public FileSpec build() {
      return new FileSpec(this);
    }
  }
}
