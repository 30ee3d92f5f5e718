package io.github.serfhandler.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which handlers a node runs: those registered for any of its roles, in the order of its tag {@code
 * role}, and those for {@link #DEFAULT} last. Confined to one thread while handlers are registered,
 * immutable and safe for all threads afterwards.
 *
 * <p>One program for all hosts: it registers the handlers of every role, and the node's tag decides
 * which of them run.
 */
public final class SerfHandlerProxy {
  /** The role whose handlers run on every node, after all others. */
  public static final String DEFAULT = "default";

  private record Registration(String role, Handler handler) {}

  private final List<Registration> registrations = new ArrayList<>();

  /** A proxy without handlers. */
  public SerfHandlerProxy() {}

  /**
   * Adds a handler for a role; several for one role run in the order of their registration.
   *
   * @throws IllegalArgumentException where the role is empty or holds a colon, which stands between
   *     the roles of a tag
   */
  public SerfHandlerProxy register(String role, Handler handler) {
    if (role.isEmpty() || role.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a role is not empty and holds no colon, but it is '" + role + "'");
    }
    registrations.add(new Registration(role, handler));
    return this;
  }

  /** The handlers that run on a node with these roles, each once; empty where there are none. */
  public List<Handler> handlersFor(List<String> roles) {
    List<Handler> handlers = new ArrayList<>();
    Set<Handler> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String role : roles) {
      if (!role.equals(DEFAULT)) {
        add(role, handlers, known);
      }
    }
    add(DEFAULT, handlers, known);
    return handlers;
  }

  /** All handlers, each once, in the order of their registration. */
  public List<Handler> handlers() {
    List<Handler> handlers = new ArrayList<>();
    Set<Handler> known = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Registration registration : registrations) {
      if (known.add(registration.handler)) {
        handlers.add(registration.handler);
      }
    }
    return handlers;
  }

  /** The roles that anything is registered for, by name. */
  public Set<String> roles() {
    Set<String> roles = new TreeSet<>();
    for (Registration registration : registrations) {
      roles.add(registration.role);
    }
    return roles;
  }

  private void add(String role, List<Handler> handlers, Set<Handler> known) {
    for (Registration registration : registrations) {
      if (registration.role.equals(role) && known.add(registration.handler)) {
        handlers.add(registration.handler);
      }
    }
  }
}
