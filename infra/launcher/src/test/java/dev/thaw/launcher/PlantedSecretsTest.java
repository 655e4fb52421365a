package dev.thaw.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.config.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a server prints and answers, searched for the secrets of its configuration. */
@Timeout(120)
class PlantedSecretsTest {
  private static final String PLANTED = "planted";
  private static final String KEY = "planted-key-of-the-owner";
  private static final Map<String, String> SECRETS =
      Map.of(
          "REDIS_PASSWORD",
          "planted-password-of-redis",
          "KAFKA_JAAS",
          "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"thaw\""
              + " password=\"planted-password-of-kafka\";",
          "MILVUS_USER",
          "root:planted-password-of-milvus",
          "FEATURES_KEY",
          "planted-key-of-the-feature-server",
          "API_KEY",
          KEY);

  /** No dependency is there, which is when most is said of them. */
  private static final String GOOD =
      """
      version: 1
      home: home
      kafka:
        bootstrap_servers: "127.0.0.1:9"
        properties: {security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.jaas.config: "${KAFKA_JAAS}"}
      store: {type: redis, location: "redis://thaw:${REDIS_PASSWORD}@127.0.0.1:9"}
      index: {type: milvus, location: "http://${MILVUS_USER}@127.0.0.1:9"}
      serving: {port: 0, features: {type: remote, location: "grpc://127.0.0.1:9", key: "${FEATURES_KEY}"}}
      security: {keys: [{name: owner, role: admin, key: "${API_KEY}"}]}
      """;

  private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");

  @TempDir Path folder;

  @Test
  void aServerThatRunsShowsNone() throws Exception {
    Path log = folder.resolve("log");
    Process server = start(log);
    try {
      URI uri = URI.create(awaitUri(server, log));
      StringBuilder answers = new StringBuilder();
      for (String key : List.of(KEY, "planted-key-that-is-unknown", "")) {
        for (String path : List.of("/metrics", "/readyz", "/v1/users/u", "/v1/nothing", "/docs/")) {
          answers.append(call(HttpRequest.newBuilder(uri.resolve(path)), key));
        }
        for (String body : List.of("{\"user_id\": \"u\", \"domain\": \"movies\"}", "{", "[7]")) {
          answers.append(
              call(
                  HttpRequest.newBuilder(uri.resolve("/v1/recommendations"))
                      .header("content-type", "application/json")
                      .POST(BodyPublishers.ofString(body)),
                  key));
        }
        answers.append(call(HttpRequest.newBuilder(uri.resolve("/v1/users/u")).DELETE(), key));
      }
      assertThat(answers.toString())
          .contains("thaw_event_log_state", "a known key must be given", "feature-store")
          .doesNotContain(PLANTED);
    } finally {
      server.destroy();
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    String printed = Files.readString(log);
    assertThat(printed).contains("DEBUG", "127.0.0.1:9").doesNotContain(PLANTED);
    SECRETS
        .values()
        .forEach(
            secret ->
                assertThat(printed)
                    .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))));
  }

  /** As an image starts it, with the log at its most talkative. */
  private Process start(Path log) throws IOException {
    Path config = Files.writeString(folder.resolve("thaw.yaml"), GOOD);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.thaw.serving.ServingMain",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(SECRETS);
    builder.environment().put("THAW_LOG", "DEBUG");
    return builder.start();
  }

  private static String awaitUri(Process server, Path log) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (server.isAlive() && System.nanoTime() < until) {
      Matcher found = LISTENING.matcher(Files.readString(log));
      if (found.find()) {
        return found.group(1);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new AssertionError("the server did not start: " + Files.readString(log));
  }

  private static String call(HttpRequest.Builder request, String key)
      throws IOException, InterruptedException {
    if (!key.isEmpty()) {
      request.header("x-api-key", key);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.headers().map() + "\n" + response.body() + "\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store: {type: redis, location: \"redis://thaw:planted@127.0.0.1:9\", project: No}",
        "store: {type: redis, location: \"redis://thaw:planted word@127.0.0.1:9\"}",
        "store: {type: redis, location: \"redis://thaw:planted@127.0.0.1:9}",
        "store: {type: redis, location: \"redis://:planted@\"}",
        "index: {type: milvus, location: \"http://root:planted@127.0.0.1\"}",
        "index: {type: milvus, location: \"http://root:planted%@127.0.0.1:9\"}",
        "kafka: {bootstrap_servers: \"127.0.0.1:9\", properties: {security.protocol: SASL_SSL,"
            + " sasl.mechanism: PLAIN, sasl.jaas.config: planted}}",
        "kafka: {bootstrap_servers: \"127.0.0.1:9\", properties: {security.protocol: SASL_SSL,"
            + " sasl.mechanism: PLAIN, sasl.jaas.config: 'a.Module required password=\"planted\"'}}",
        "kafka: {bootstrap_servers: \"127.0.0.1:9\", properties: {security.protocol: SASL_SSL,"
            + " sasl.mechanism: PLAIN, sasl.jaas.config: 'a.Module must password=\"planted\";'}}",
        "kafka: {bootstrap_servers: \"127.0.0.1:9\", properties: {security.protocol: SSL,"
            + " ssl.keystore.type: PEM, ssl.keystore.key: planted}}",
        "security: {keys: [{name: owner, role: admin, key: planted}]}",
        "security: {keys: [{name: owner, role: admin, key_hash: planted}]}",
        "security: {keys: planted}",
        "security: {keys: [planted]}",
        "security: planted",
        "security: {keys: [{name: owner, role: admin, key: 'planted-key-of-the-owner}]}",
        "serving: {features: {type: remote, location: \"grpc://u:planted@f:1\"}}",
        "serving: {features: {type: direct, key: [planted]}}",
        "security: {tls: {certificate: server.crt, key: no.key}}",
      })
  void oneThatCanNotStartShowsNone(String section) throws Exception {
    TestCertificate.make(folder, "server");
    Files.writeString(folder.resolve("no.key"), "-----BEGIN PRIVATE KEY-----\nplanted");
    String broker = "kafka: {bootstrap_servers: \"127.0.0.1:9\"}\n";
    Path config =
        Files.writeString(
            folder.resolve("thaw.yaml"),
            "version: 1\nhome: home\n"
                + (section.startsWith("kafka") ? "" : broker)
                + section
                + "\n");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream all = new PrintStream(printed, true, UTF_8)) {
      System.setOut(all);
      System.setErr(all);
      int code =
          Thaw.commandLine()
              .setErr(new PrintWriter(all, true))
              .execute("serve", "--config", config.toString());
      assertThat(code).isPositive();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(UTF_8)).contains("thaw: ").doesNotContain(PLANTED, "\tat ");
  }
}
