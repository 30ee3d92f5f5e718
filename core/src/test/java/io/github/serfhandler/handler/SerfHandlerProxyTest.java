package io.github.serfhandler.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerfHandlerProxyTest {
  private final Handler web = new SerfHandler() {};
  private final Handler web2 = new SerfHandler() {};
  private final Handler mysql = new SerfHandler() {};
  private final Handler fallback = new SerfHandler() {};

  private final SerfHandlerProxy proxy =
      new SerfHandlerProxy()
          .register("default", fallback)
          .register("web", web)
          .register("mysql", mysql)
          .register("web", web2);

  @Test
  void runsTheHandlersOfEachRoleInTheOrderOfTheTagAndTheDefaultLast() {
    assertThat(proxy.handlersFor(List.of("mysql", "web")))
        .containsExactly(mysql, web, web2, fallback);
  }

  @Test
  void runsTheDefaultAloneOnANodeWithoutAKnownRole() {
    assertThat(proxy.handlersFor(List.of())).containsExactly(fallback);
    assertThat(proxy.handlersFor(List.of("proxy"))).containsExactly(fallback);
  }

  @Test
  void keepsTheDefaultLastAlsoWhereItIsARole() {
    assertThat(proxy.handlersFor(List.of("default", "web"))).containsExactly(web, web2, fallback);
  }

  @Test
  void runsAHandlerOfSeveralRolesOnce() {
    proxy.register("mysql", web).register("default", web);
    assertThat(proxy.handlersFor(List.of("web", "mysql")))
        .containsExactly(web, web2, mysql, fallback);
    assertThat(proxy.handlers()).containsExactly(fallback, web, mysql, web2);
  }

  @Test
  void runsNothingWhereNothingIsRegistered() {
    assertThat(new SerfHandlerProxy().handlersFor(List.of("web"))).isEmpty();
    assertThat(new SerfHandlerProxy().roles()).isEmpty();
  }

  @Test
  void knowsItsRolesByName() {
    assertThat(proxy.roles()).containsExactly("default", "mysql", "web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web:mysql", ":"})
  void refusesARoleThatNoTagCanHold(String role) {
    assertThatThrownBy(() -> proxy.register(role, web))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + role + "'");
  }
}
