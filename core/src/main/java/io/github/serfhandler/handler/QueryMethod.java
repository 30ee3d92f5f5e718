package io.github.serfhandler.handler;

import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import org.jspecify.annotations.Nullable;

/** What a handler answers when a query comes. */
@FunctionalInterface
public interface QueryMethod {
  /**
   * Answers. An empty answer can not be told from none: Serf sends neither.
   *
   * @return the answer; null for none
   * @throws Exception where that failed; logged and counted, and the asker is told so
   */
  @Nullable Payload answer(QueryEvent query) throws Exception;
}
