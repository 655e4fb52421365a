package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.KafkaConfig;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.flinkjobs.ends.TopicPartitions;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.kafka.TopicSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thaw topics}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics that the configured broker lacks; existing ones stay as they are.",
      "Fails if one of them has fewer partitions than the configuration says."
    })
public final class TopicsCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 20_000;

  @Spec @Nullable CommandSpec spec;

  @Option(names = "--config", required = true, description = "thaw.yaml with the broker")
  Path config = Path.of("");

  @Option(
      names = "--replicas",
      defaultValue = "1",
      description =
          "of every partition, at most as many as there are brokers (default: ${DEFAULT-VALUE})")
  short replicas;

  @Override
  public Integer call() {
    ThawConfig thaw = ThawConfig.load(config, System.getenv());
    Installation.requireBroker(thaw);
    KafkaConfig kafka = thaw.kafka();
    Map<String, Object> broker =
        kafka.client(
            Map.of(
                "request.timeout.ms", PATIENCE_MILLIS, "default.api.timeout.ms", PATIENCE_MILLIS));
    try (Admin admin = Admin.create(broker)) {
      TopicSettings.create(admin, kafka.topics(), kafka.partitions(), replicas);
    }
    TopicPartitions.require(thaw);
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            "The topics " + kafka.topicPrefix() + ".* are there on " + kafka.bootstrapServers());
    return ExitCodes.OK;
  }
}
