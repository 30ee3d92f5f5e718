package io.github.serfhandler.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.ConsumerHandler;
import io.github.serfhandler.handler.SerfHandlerProxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {
  private final List<String> warnings = new ArrayList<>();

  @Test
  void keepsNothingEqualThatNoHandlerHearsOf() {
    SerfHandlerProxy proxy = new SerfHandlerProxy();
    proxy.register(SerfHandlerProxy.DEFAULT, new ConsumerHandler());
    assertThat(Listening.hears(proxy, warnings::add)).isFalse();
    assertThat(warnings).singleElement().asString().contains("register a ConfigHandler");

    proxy.register(SerfHandlerProxy.DEFAULT, new ConfigHandler() {});
    assertThat(Listening.hears(proxy, warnings::add)).isTrue();
    assertThat(warnings).hasSize(1);
  }
}
