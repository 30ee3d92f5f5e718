package io.github.serfhandler.handler;

import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.SerfException;
import io.github.serfhandler.client.SerfInterruptedException;
import io.github.serfhandler.discovery.PassResult;
import org.jspecify.annotations.Nullable;

/**
 * For nodes that consume services: keeps the discovery files ({@code services.json}, {@code
 * services.yml}, {@code fakedhosts.txt}) in line with the members. Confined to one call at a time,
 * as every handler.
 *
 * <p>A subclass may react to what the files show by overriding {@link #servicesChanged}. One that
 * overrides {@link #memberJoin} or another of the member methods calls {@code super}'s first, or
 * the files are not written for that event.
 */
public class ConsumerHandler extends SerfHandler {
  private @Nullable PassResult last;
  private @Nullable PassResult brought;
  private @Nullable View owed;

  /** A handler that writes the files. */
  public ConsumerHandler() {}

  /**
   * What this node sees of the services has changed, and the files were written. The call after a
   * start comes only where a file was written then: forked by Serf that is each event that changed
   * anything, since every event is a start. Does nothing by default.
   *
   * @param view what the files show now
   * @throws Exception where it failed; called again at the next member event that this object
   *     handles, also when nothing changes any more
   */
  protected void servicesChanged(View view) throws Exception {}

  /**
   * A pass is done that this handler has not seen yet, and its files are written.
   *
   * @throws Exception where what hangs on it failed; called again at the next member event that
   *     this object handles
   */
  void passed(PassResult result) throws Exception {}

  /** Whether {@link #servicesChanged} is owed since another process; asked at the first pass. */
  boolean isOwed() {
    return false;
  }

  @Override
  public void memberJoin(MemberEvent event) throws Exception {
    refresh();
  }

  @Override
  public void memberLeave(MemberEvent event) throws Exception {
    refresh();
  }

  @Override
  public void memberFailed(MemberEvent event) throws Exception {
    refresh();
  }

  @Override
  public void memberUpdate(MemberEvent event) throws Exception {
    refresh();
  }

  @Override
  public void memberReap(MemberEvent event) throws Exception {
    refresh();
  }

  // The very same pass is meant: two passes that wrote the same files are two changes.
  @SuppressWarnings("ReferenceEquality")
  private void refresh() throws Exception {
    PassResult result = pass();
    PassResult before = last;
    // Several events may follow one pass: it is one change.
    if (result != before) {
      last = result;
      boolean differs = before != null && !before.view().equals(result.view());
      boolean owedBefore = before == null && isOwed();
      if (differs || !result.updated().isEmpty() || owed != null || owedBefore) {
        owed = result.view();
      }
    }
    bring(result);
    View due = owed;
    if (due != null) {
      servicesChanged(due);
      owed = null;
    }
    if (!result.complete()) {
      throw new HandlerException(String.join("; ", result.failures()));
    }
  }

  // The very same pass is meant, as above.
  @SuppressWarnings("ReferenceEquality")
  private void bring(PassResult result) throws Exception {
    if (result != brought) {
      passed(result);
      brought = result;
    }
  }

  private PassResult pass() {
    try {
      return node().refreshFiles();
    } catch (SerfInterruptedException e) {
      throw e;
    } catch (SerfException e) {
      throw new HandlerException(String.valueOf(e.getMessage()), e);
    }
  }
}
