package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Kafka's address, the way in, and the topics there.
 *
 * @param bootstrapServers {@code host:port}, several after commas, or {@value #EMBEDDED} for a
 *     broker that the process starts itself
 * @param properties settings of every client by Kafka's names, of encryption and authentication
 *     only; what each client is for decides the rest. Never shown, as passwords are among them
 */
public record KafkaConfig(
    String bootstrapServers, String topicPrefix, int partitions, Map<String, String> properties) {
  public static final String EMBEDDED = "embedded";

  public KafkaConfig {
    notBlank("bootstrap_servers", bootstrapServers);
    if (!topicPrefix.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "topic_prefix must be 1 to 64 characters of A-Z, a-z, 0-9, _ and -, was \""
              + topicPrefix
              + '"');
    }
    inRange("partitions", partitions, 1, 1024);
    properties = Map.copyOf(properties);
    properties
        .keySet()
        .forEach(
            name -> {
              if (!name.matches("(security|sasl|ssl)\\..+")) {
                throw new IllegalArgumentException(
                    "properties must be of security.*, sasl.* or ssl.*, had \"" + name + '"');
              }
            });
  }

  /** Of a broker that asks nobody who he is. */
  public KafkaConfig(String bootstrapServers, String topicPrefix, int partitions) {
    this(bootstrapServers, topicPrefix, partitions, Map.of());
  }

  public boolean isEmbedded() {
    return bootstrapServers.equals(EMBEDDED);
  }

  public KafkaConfig withBootstrapServers(String servers) {
    return new KafkaConfig(servers, topicPrefix, partitions, properties);
  }

  public Topics topics() {
    return new Topics(topicPrefix);
  }

  /** What any client needs to reach the broker, and its own settings. */
  public Map<String, Object> client(Map<String, ?> own) {
    Map<String, Object> settings = new LinkedHashMap<>(properties);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.putAll(own);
    return settings;
  }

  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers="
        + bootstrapServers
        + ", topicPrefix="
        + topicPrefix
        + ", partitions="
        + partitions
        + ", properties="
        + new TreeSet<>(properties.keySet())
        + ']';
  }
}
