package com.example.fleet;

import io.github.serfhandler.handler.ConfigHandler;
import io.github.serfhandler.handler.HandlerProvider;
import io.github.serfhandler.handler.SerfHandlerProxy;

/**
 * All handlers of the fleet, in one jar for all its hosts: the roles in a node's tags decide which of
 * them run there. Named in {@code META-INF/services}, so that {@code --handlers} finds it.
 */
public final class FleetHandlers implements HandlerProvider {
  @Override
  public void register(SerfHandlerProxy proxy) {
    proxy.register("web", new WebHandler(new VersionFile()));
    proxy.register("mysql", new DatabaseHandler(new CopyBackup()));
    proxy.register(SerfHandlerProxy.DEFAULT, new ConfigHandler());
  }
}
