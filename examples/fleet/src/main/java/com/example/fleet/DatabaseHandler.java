package com.example.fleet;

import io.github.serfhandler.client.MemberEvent;
import io.github.serfhandler.client.Payload;
import io.github.serfhandler.client.QueryEvent;
import io.github.serfhandler.handler.HandlerException;
import io.github.serfhandler.handler.SerfHandler;
import io.github.serfhandler.json.JsonObject;
import java.io.IOException;

/** What database servers do: they make a backup and say how it went, and mourn each other. */
public final class DatabaseHandler extends SerfHandler {
  private final Backup backup;

  public DatabaseHandler(Backup backup) {
    this.backup = backup;
    onQuery("backup", this::backup);
  }

  /** {@code serf query -tag role=mysql backup '{"label":"monday"}'}. */
  private Payload backup(QueryEvent query) throws IOException {
    String label =
        json(query.payload())
            .member("label")
            .orElseThrow(() -> new HandlerException("backup wants {\"label\":\"NAME\"}"))
            .asText();
    if (!label.matches("[a-z0-9-]{1,20}")) {
      throw new HandlerException("a label is 1 to 20 of a-z 0-9 -; nothing was saved");
    }
    long bytes = backup.save(node().confDir(), label);
    return payload(JsonObject.builder().put("label", label).put("bytes", bytes).build());
  }

  @Override
  public void memberFailed(MemberEvent event) {
    event.members().stream()
        .filter(member -> member.tag("role").contains("mysql"))
        .forEach(member -> log("lost the replica " + member.name()));
  }
}
