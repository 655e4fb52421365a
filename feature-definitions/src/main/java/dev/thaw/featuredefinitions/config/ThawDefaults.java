package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.config.ThawConfig.Index;
import dev.thaw.featuredefinitions.config.ThawConfig.Jobs;
import dev.thaw.featuredefinitions.config.ThawConfig.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What holds where {@code thaw.yaml} says nothing. */
final class ThawDefaults {
  static final KafkaConfig KAFKA = new KafkaConfig(KafkaConfig.EMBEDDED, "thaw", 2);
  static final EncoderConfig ENCODER = new EncoderConfig(EncoderConfig.SHIPPED, 32);

  /**
   * An hour late is the usual bound of mobile clients that were offline for a train ride. No
   * feature log: it grows for ever unless somebody tidies it.
   */
  static final Jobs JOBS =
      new Jobs(
          1,
          Duration.ofHours(1),
          Duration.ofMillis(200),
          Duration.ofMinutes(30),
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          "hashmap",
          Map.of(),
          null);

  /** 400 draws: up to 512 come from pools that requests share, which costs a fifteenth. */
  static final ServingConfig SERVING =
      new ServingConfig(
          "127.0.0.1",
          8080,
          Duration.ofMillis(200),
          200,
          2,
          100,
          0.01,
          400,
          BanditPolicyConfig.USUAL,
          ExplorationBudgetConfig.NONE,
          7,
          null,
          new FeatureSource(FeatureSource.DIRECT, ""),
          MethodsConfig.USUAL,
          null);

  /** The port of {@code feast serve}, whose clients need no other address then. */
  static final FeatureServerConfig FEATURE_SERVER = new FeatureServerConfig("127.0.0.1", 6566);

  private ThawDefaults() {}

  static ThawConfig embedded(Path home) {
    return new ThawConfig(
        home,
        KAFKA,
        new Store("sqlite", home.resolve("online_store.db").toString(), "thaw"),
        new Index("lucene", home.resolve("index").toString()),
        home.resolve("artefacts"),
        null,
        null,
        ENCODER,
        JOBS,
        SERVING,
        FEATURE_SERVER,
        SecurityConfig.OPEN);
  }
}
