package com.example.fleet;

import io.github.serfhandler.catalog.View;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.client.UserEvent;
import io.github.serfhandler.handler.ConsumerHandler;
import io.github.serfhandler.handler.HandlerException;
import java.io.IOException;

/**
 * What web servers do: they follow the services that they consume, deploy when told to, and tell
 * which version is live.
 */
public final class WebHandler extends ConsumerHandler {
  private final Releases releases;

  public WebHandler(Releases releases) {
    this.releases = releases;
    onEvent("deploy", this::deploy);
    onQuery("version", this::version);
  }

  /** {@code serf event deploy 1.4.2}. */
  private void deploy(UserEvent event) throws IOException {
    String version = event.payload().text();
    if (!version.matches("[0-9]+(\\.[0-9]+){0,2}")) {
      throw new HandlerException("deploy wants a version as 1.4.2; nothing was deployed");
    }
    if (version.equals(releases.live(node().confDir()))) {
      log("version " + version + " is live already");
      return;
    }
    releases.deploy(node().confDir(), version);
    log("deployed version " + version);
  }

  /** {@code serf query version}. */
  private Payload version(QueryEvent query) throws IOException {
    String live = releases.live(node().confDir());
    return Payload.ofText(live.isEmpty() ? "none" : live);
  }

  @Override
  protected void servicesChanged(View view) {
    log("now sees " + view.size() + " instances");
  }
}
