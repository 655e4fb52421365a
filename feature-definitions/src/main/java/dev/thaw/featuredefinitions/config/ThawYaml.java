package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.config.ThawConfig.Index;
import dev.thaw.featuredefinitions.config.ThawConfig.Jobs;
import dev.thaw.featuredefinitions.config.ThawConfig.Store;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file form of {@link ThawConfig}. */
final class ThawYaml {
  private static final int VERSION = 1;

  private final Path folder;
  private final YamlMapping root;

  private ThawYaml(Path folder, YamlMapping root) {
    this.folder = folder;
    this.root = root;
  }

  static ThawConfig load(Path file, Map<String, String> environment) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new ThawYaml(folder, YamlMapping.read(file, environment)).config();
  }

  private ThawConfig config() {
    root.only(
            "version",
            "home",
            "kafka",
            "store",
            "index",
            "artefacts",
            "features",
            "domains",
            "encoder",
            "jobs",
            "serving",
            "feature_server",
            "security")
        .requireVersion(VERSION);
    ThawConfig defaults =
        ThawDefaults.embedded(path("home") == null ? folder.resolve(".thaw") : path("home"));
    Path artefacts = path("artefacts");
    return new ThawConfig(
        defaults.home(),
        root.optionalMapping("kafka").map(s -> kafka(s, defaults.kafka())).orElse(defaults.kafka()),
        root.optionalMapping("store").map(s -> store(s, defaults.store())).orElse(defaults.store()),
        root.optionalMapping("index").map(s -> index(s, defaults.index())).orElse(defaults.index()),
        artefacts == null ? defaults.artefacts() : artefacts,
        path("features"),
        path("domains"),
        root.optionalMapping("encoder")
            .map(s -> new EncoderYaml(folder).read(s, defaults.encoder()))
            .orElse(defaults.encoder()),
        root.optionalMapping("jobs").map(s -> jobs(s, defaults)).orElse(defaults.jobs()),
        root.optionalMapping("serving")
            .map(s -> new ServingYaml(folder).read(s, defaults.serving()))
            .orElse(defaults.serving()),
        root.optionalMapping("feature_server")
            .map(s -> featureServer(s, defaults.featureServer()))
            .orElse(defaults.featureServer()),
        root.optionalMapping("security")
            .map(section -> SecurityYaml.read(section, folder))
            .orElse(defaults.security()));
  }

  private static KafkaConfig kafka(YamlMapping section, KafkaConfig defaults) {
    section.only("bootstrap_servers", "topic_prefix", "partitions", "properties");
    return section.build(
        () ->
            new KafkaConfig(
                section.text("bootstrap_servers", defaults.bootstrapServers()),
                section.text("topic_prefix", defaults.topicPrefix()),
                section.intNumber("partitions", defaults.partitions()),
                section.optionalMapping("properties").map(ThawYaml::texts).orElse(Map.of())));
  }

  private Store store(YamlMapping section, Store defaults) {
    section.only("type", "location", "project");
    String type = section.text("type", defaults.type());
    boolean isFile = type.equals("sqlite");
    return section.build(
        () ->
            new Store(
                type,
                isFile ? file(section, defaults.location()) : section.text("location"),
                section.text("project", defaults.project())));
  }

  private Index index(YamlMapping section, Index defaults) {
    section.only("type", "location");
    String type = section.text("type", defaults.type());
    boolean isFolder = !type.equals("milvus");
    return section.build(
        () ->
            new Index(
                type, isFolder ? file(section, defaults.location()) : section.text("location")));
  }

  private Jobs jobs(YamlMapping section, ThawConfig config) {
    Jobs defaults = config.jobs();
    section.only(
        "parallelism",
        "lateness",
        "out_of_order",
        "reward_window",
        "flush_interval",
        "checkpoint_interval",
        "state_backend",
        "parameters",
        "feature_log");
    return section.build(
        () ->
            new Jobs(
                section.intNumber("parallelism", defaults.parallelism()),
                section.duration("lateness", defaults.lateness()),
                section.duration("out_of_order", defaults.outOfOrder()),
                section.duration("reward_window", defaults.rewardWindow()),
                section.duration("flush_interval", defaults.flushInterval()),
                section.duration("checkpoint_interval", defaults.checkpointInterval()),
                section.text("state_backend", defaults.stateBackend()),
                section
                    .optionalMapping("parameters")
                    .map(ThawYaml::texts)
                    .orElse(defaults.parameters()),
                featureLog(section.text("feature_log", "off"), config.home())));
  }

  /** {@code on}, {@code off} or a folder. */
  private @Nullable Path featureLog(String text, Path home) {
    return switch (text) {
      case "off" -> null;
      case "on" -> home.resolve("feature-log");
      default -> folder.resolve(text).normalize();
    };
  }

  private static Map<String, String> texts(YamlMapping section) {
    Map<String, String> texts = new LinkedHashMap<>();
    section.keys().forEach(key -> texts.put(key, section.text(key)));
    return texts;
  }

  private static FeatureServerConfig featureServer(
      YamlMapping section, FeatureServerConfig defaults) {
    section.only("host", "port");
    return section.build(
        () ->
            new FeatureServerConfig(
                section.text("host", defaults.host()), section.intNumber("port", defaults.port())));
  }

  private String file(YamlMapping section, String otherwise) {
    return section.has("location")
        ? folder.resolve(section.text("location")).normalize().toString()
        : otherwise;
  }

  private @Nullable Path path(String key) {
    return root.optionalText(key).map(text -> folder.resolve(text).normalize()).orElse(null);
  }
}
