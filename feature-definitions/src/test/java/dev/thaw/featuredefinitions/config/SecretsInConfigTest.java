package dev.thaw.featuredefinitions.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsInConfigTest {
  private static final String SECRET = "planted-secret-of-the-test";
  private static final String ALL =
      """
      version: 1
      kafka:
        bootstrap_servers: "k:9093"
        properties:
          security.protocol: SASL_SSL
          sasl.jaas.config: 'module required username="thaw" password="${SECRET}";'
      store: {type: redis, location: "rediss://thaw:${SECRET}@r:6379"}
      index: {type: milvus, location: "https://root:${SECRET}@m:19530"}
      serving: {features: {type: remote, location: "grpc://f:6566", key: "${SECRET}"}}
      security: {keys: [{name: shop, role: read, key: "${SECRET}"}]}
      """;

  @TempDir Path folder;

  @Test
  void aConfigurationIsShownWithoutThem() throws IOException {
    ThawConfig config = load(ALL);
    assertThat(config.toString())
        .doesNotContain(SECRET)
        .contains("rediss://thaw:***@r:6379", "https://root:***@m:19530", "sasl.jaas.config");
    assertThat(config.kafka().client(Map.of("acks", "all")).toString()).contains(SECRET);
    assertThat(config.security().keys().toString())
        .doesNotContain(config.security().keys().get(0).hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security: {keys: [{name: shop, role: read, key_hash: \"${SECRET}\"}]}",
        "security: {keys: [{name: shop, role: reed, key: \"${SECRET}\"}]}",
        "kafka: {properties: {security.protocol: [\"${SECRET}\"]}}",
        "kafka: {properties: {sasl.jaas.config: \"${SECRET}\", acks: all}}",
        "store: {type: redis, location: \"redis://thaw:${SECRET}@r\", project: Big}",
        "serving: {features: {type: remote, location: \"grpc://u:${SECRET}@f:1\"}}",
      })
  void aFaultDoesNotRepeatThem(String yaml) {
    assertThatThrownBy(() -> load("version: 1\n" + yaml))
        .hasMessageContaining("thaw.yaml:2: ")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void serversWithoutKeysStayOnLoopback() {
    for (String host : List.of("127.0.0.1", "localhost", "::1", "127.8.8.8")) {
      assertThatCode(() -> SecurityConfig.OPEN.requireKeysBeyondLoopback("serving.host", host))
          .as(host)
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(
            () -> SecurityConfig.OPEN.requireKeysBeyondLoopback("serving.host", "0.0.0.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "serving.host must be a loopback address such as 127.0.0.1 where security.keys has no"
                + " key, was \"0.0.0.0\"");
    new SecurityConfig(List.of(ApiKey.ofKey("shop", Role.READ, SECRET)), null, null)
        .requireKeysBeyondLoopback("serving.host", "0.0.0.0");
  }

  private ThawConfig load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("thaw.yaml"), text);
    return ThawConfig.load(file, Map.of("SECRET", SECRET));
  }
}
