package io.github.serfhandler.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.serfhandler.app.Program;
import io.github.serfhandler.app.Programs;
import io.github.serfhandler.app.Waiting;
import io.github.serfhandler.testkit.HaproxyProcess;
import io.github.serfhandler.testkit.SerfCluster;
import io.github.serfhandler.testkit.SerfNode;
import io.github.serfhandler.testkit.SerfOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx in front of a real cluster, whose files {@code agent} keeps. */
@Timeout(180)
class NginxFollowsIT {
  private static final String NGINX = "nginx, -e, stderr, -p, FOLDER";

  private static final String CONFIG =
      """
      daemon off;
      pid FOLDER/nginx.pid;
      error_log stderr;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path FOLDER/body;
        proxy_temp_path FOLDER/proxy;
        fastcgi_temp_path FOLDER/fastcgi;
        uwsgi_temp_path FOLDER/uwsgi;
        scgi_temp_path FOLDER/scgi;
        CONTENT
      }
      """;

  @RegisterExtension final SerfCluster serf = SerfCluster.create();
  @RegisterExtension final Programs programs = new Programs();
  @TempDir Path folder;

  private final int port = HaproxyProcess.freePort();
  private final List<WebApp> apps = new ArrayList<>();
  private List<SerfNode> nodes = List.of();

  @BeforeEach
  void startAgents() {
    nodes =
        serf.startAll(
            List.of(
                SerfOptions.named("n1").withTag("products", "shop"),
                SerfOptions.named("n2").withTag("products", "shop")));
    for (SerfNode node : nodes) {
      WebApp app = WebApp.start(node.host());
      apps.add(app);
      node.setTag("svc", "shop/web:" + app.port());
    }
  }

  @AfterEach
  void closeApps() {
    apps.forEach(WebApp::close);
  }

  private RenderFolder write(String entry, String config, String content) {
    RenderFolder made = RenderFolder.of(folder, entry.replace("NGINX", NGINX));
    made.write(
        config,
        CONFIG
            .replace("CONTENT", content)
            .replace("FOLDER", folder.toString())
            .replace("PORT", String.valueOf(port)));
    return made;
  }

  /** Starts the agent, and nginx as soon as there is the file that the agent makes. */
  private Program startBoth(RenderFolder made, String file) {
    Program agent =
        programs.start(
            child -> child.environment().merge("PATH", ":/usr/sbin", String::concat),
            made.options("agent", nodes.get(0).rpcAddr()));
    Waiting.until(file, () -> assertThat(made.file(file)).as(agent.err()).exists());
    Program unused =
        programs.shell(folder, "PATH=$PATH:/usr/sbin; exec nginx -e stderr -p . -c nginx.conf");
    awaitAnswer(apps.get(0).place());
    awaitStanding(made, "\"reloadOwed\": false");
    return agent;
  }

  private void awaitAnswer(String answer) {
    Waiting.until(
        "an answer of " + answer, () -> assertThat(Traffic.ask(port, "/")).isEqualTo(answer));
  }

  private static void awaitStanding(RenderFolder made, String... texts) {
    Waiting.until(
        "files.json",
        () -> assertThat(made.conf().text(".serf-handler/files.json")).contains(texts));
  }

  @Test
  void asksWhoJoinsAndNeverLoadsUpstreamsThatItDoesNotTake() {
    RenderFolder made =
        write(
            """
            - format: nginx
              product: shop
              path: FOLDER/up.conf
              wait: 10ms
              check: [NGINX, -t, -c, "{}"]
              reload: [NGINX, -c, FOLDER/nginx.conf, -s, reload]
            """,
            "nginx.conf",
            "include FOLDER/up.conf;"
                + " server { listen 127.0.0.1:PORT; location / { proxy_pass http://shop_web; } }");
    Program agent = startBoth(made, "up.conf");
    nodes.get(1).join(nodes.get(0));
    awaitAnswer(apps.get(1).place());
    awaitAnswer(apps.get(0).place());

    // Equal to nginx but for case: takes nothing from the other service.
    nodes.get(1).setTag("svc", "shop/WEB:" + apps.get(1).port());
    Waiting.until(
        "an upstream of its own",
        () ->
            assertThat(made.text("up.conf"))
                .contains("upstream shop_~w~e~b {", "upstream shop_web {"));
    Waiting.until(
        "the first alone",
        () ->
            assertThat(List.of(Traffic.ask(port, "/"), Traffic.ask(port, "/")))
                .containsOnly(apps.get(0).place()));

    // The last instance takes the upstream with it, which nginx does not load.
    nodes.get(0).deleteTag("svc");
    agent.awaitErr("the reload of up.conf failed: nginx");
    agent.awaitErr("host not found in upstream \"shop_web\"");
    awaitStanding(made, "\"reloadOwed\": true");
    assertThat(Traffic.ask(port, "/")).isEqualTo(apps.get(0).place());

    nodes.get(0).setTag("svc", "shop/web:" + apps.get(0).port());
    awaitStanding(made, "\"reloadOwed\": false", "\"problem\": \"\"");
    Waiting.until(
        "the first alone",
        () ->
            assertThat(List.of(Traffic.ask(port, "/"), Traffic.ask(port, "/")))
                .containsOnly(apps.get(0).place()));
    assertThat(agent.terminate()).isZero();
  }

  @Test
  void goesOnWithTheOldFileWhereAHostileTagBreaksATemplate() throws Exception {
    String place = apps.get(0).place();
    RenderFolder made =
        write(
            """
            - format: template
              template: FOLDER/nginx.peb
              path: FOLDER/nginx.conf
              wait: 10ms
              check: [NGINX, -t, -c, "{}"]
              reload: [NGINX, -c, FOLDER/nginx.conf, -s, reload]
            """,
            "nginx.peb",
            "server { listen 127.0.0.1:PORT;"
                + " location /motto { return 200 \"{{ tags(self).motto | default('none') }}\"; }"
                + " location / { proxy_pass http://"
                + place
                + "; } }");
    Program agent = startBoth(made, "nginx.conf");
    assertThat(Traffic.get(port, "/motto")).isEqualTo("none");
    String before = made.text("nginx.conf");
    nodes.get(0).setTag("motto", "\"; } } broken { return \"");
    agent.awaitErr("the check refused " + made.file("nginx.conf") + ", the old file stays: nginx");
    awaitStanding(made, "\"state\": \"refused\"");
    assertThat(Files.readString(made.file("nginx.conf"))).isEqualTo(before);
    assertThat(Traffic.get(port, "/motto")).isEqualTo("none");
    nodes.get(0).setTag("motto", "fine");
    Waiting.until("the tag", () -> assertThat(Traffic.ask(port, "/motto")).isEqualTo("fine"));
    assertThat(agent.terminate()).isZero();
  }
}
