package dev.thaw.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.TestCertificate;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.flinkjobs.ends.TopicPartitions;
import dev.thaw.flinkjobs.entry.StreamingJobs;
import dev.thaw.launcher.kafka.EmbeddedKafka;
import dev.thaw.launcher.kafka.TopicSettings;
import dev.thaw.serving.catalogue.Catalogue;
import dev.thaw.serving.catalogue.KafkaCatalogueFeed;
import dev.thaw.serving.eventlog.KafkaSender;
import dev.thaw.serving.eventlog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of client against a broker that asks who comes and is spoken to in private. */
@Timeout(120)
class KafkaCredentialsTest {
  private static final String RIGHT = "right-secret-of-the-test";
  private static final String WRONG = "planted-wrong-secret";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"thaw\""
          + " password=\"%s\"%s;";

  @TempDir static Path folder;
  private static TestCertificate certificate;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.make(folder, "broker");
    kafka =
        EmbeddedKafka.start(
            folder.resolve("kafka"),
            0,
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted(RIGHT, " user_thaw=\"" + RIGHT + "\""),
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                Files.readString(certificate.certificate()),
                "ssl.keystore.key",
                Files.readString(certificate.key()),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                Files.readString(certificate.certificate())));
    ThawConfig config = config(RIGHT);
    try (Admin admin = Admin.create(config.kafka().client(Map.of()))) {
      TopicSettings.create(admin, config.kafka().topics(), 1);
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void serversAndJobsComeInWithTheRightOnes() throws Exception {
    ThawConfig config = config(RIGHT);
    Topics topics = config.kafka().topics();
    TopicPartitions.require(config);
    try (KafkaSender sender = sender(config);
        KafkaCatalogueFeed feed =
            new KafkaCatalogueFeed(
                config.kafka(),
                topics.items(),
                WireFormats.items(config.domains(), WireLimits.DEFAULT),
                InstantSource.fixed(Instant.EPOCH));
        FlinkCluster flink = FlinkCluster.start(4, folder.resolve("checkpoints"))) {
      sender
          .send(List.of(LogRecord.of(topics.events(), "u", "no event")))
          .get(30, TimeUnit.SECONDS);
      feed.follow(new Catalogue(List.of()));
      var job =
          StreamingJobs.all().stream()
              .filter(each -> each.name().equals("user-features"))
              .findAny()
              .orElseThrow();
      var unused = flink.submit(job.name(), job.resume(config));
      assertThat(deadLetter(config)).contains("source");
      assertThat(feed.isCaughtUp()).isTrue();
    }
  }

  @Test
  void wrongOnesAreSaidToBeWrongAndNotRepeated() {
    ThawConfig config = config(WRONG);
    assertThatThrownBy(() -> TopicPartitions.require(config))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(kafka.bootstrapServers())
        .hasMessageContaining("Authentication failed")
        .satisfies(KafkaCredentialsTest::hidesTheSecret);
    try (KafkaSender sender = sender(config)) {
      assertThatThrownBy(
              () ->
                  sender
                      .send(List.of(LogRecord.of(config.kafka().topics().events(), "u", "x")))
                      .get(30, TimeUnit.SECONDS))
          .hasMessageContaining("Authentication failed")
          .satisfies(KafkaCredentialsTest::hidesTheSecret);
    }
  }

  @Test
  void aBrokerThatNobodyVouchesForGetsNoPassword() {
    Map<String, String> properties = new HashMap<>(config(WRONG).kafka().properties());
    properties.keySet().removeIf(name -> name.startsWith("ssl."));
    assertThatThrownBy(() -> TopicPartitions.require(config(properties)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(kafka.bootstrapServers())
        .hasMessageContaining("SSL handshake failed")
        .satisfies(KafkaCredentialsTest::hidesTheSecret);
  }

  private static void hidesTheSecret(Throwable e) {
    assertThat(Throwables.getStackTraceAsString(e)).doesNotContain("planted");
  }

  /** What the job wrote of the record that it could not use. */
  private static String deadLetter(ThawConfig config) {
    try (var reader =
        new KafkaConsumer<>(
            config.kafka().client(Map.of("group.id", "test", "auto.offset.reset", "earliest")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      reader.subscribe(List.of(config.kafka().topics().deadLetters()));
      long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (System.nanoTime() < until) {
        for (var record : reader.poll(Duration.ofMillis(100))) {
          return new String(record.value(), StandardCharsets.UTF_8);
        }
      }
      throw new AssertionError("no dead letter came within 60 s");
    }
  }

  private static KafkaSender sender(ThawConfig config) {
    return KafkaSender.connect(
        config.kafka(), Duration.ofSeconds(10), WireLimits.DEFAULT.maxMessageBytes());
  }

  private static ThawConfig config(String password) {
    return config(
        Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "PLAIN",
            "sasl.jaas.config",
            LOGIN.formatted(password, ""),
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.location",
            certificate.certificate().toString()));
  }

  private static ThawConfig config(Map<String, String> properties) {
    return ThawConfig.embedded(folder.resolve("home"))
        .withKafka(new KafkaConfig(kafka.bootstrapServers(), "thaw", 1, properties));
  }
}
