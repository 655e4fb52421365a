package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.inRange;
import static dev.thaw.featuredefinitions.config.Bounds.longerThanZero;
import static dev.thaw.featuredefinitions.config.Bounds.notBlank;
import static dev.thaw.featuredefinitions.config.Bounds.notNegative;
import static dev.thaw.featuredefinitions.config.Bounds.oneOf;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one installation; every part has defaults that run embedded below {@code
 * home}. Messages about bad values start with the key as {@code thaw.yaml} spells it.
 *
 * @param home folder below which the embedded parts keep their data
 * @param kafka where events flow
 * @param store the online store
 * @param index the vector index
 * @param artefacts folder of the artefact store
 * @param encoder of the content of items
 * @param featuresFile {@code features.yaml} other than the shipped one
 * @param domainsFile {@code domains.yaml} other than the shipped one
 */
public record ThawConfig(
    Path home,
    KafkaConfig kafka,
    Store store,
    Index index,
    Path artefacts,
    @Nullable Path featuresFile,
    @Nullable Path domainsFile,
    EncoderConfig encoder,
    Jobs jobs,
    ServingConfig serving,
    FeatureServerConfig featureServer,
    SecurityConfig security) {

  /** Everything in this process, its data below the folder. */
  public static ThawConfig embedded(Path home) {
    return ThawDefaults.embedded(home);
  }

  /**
   * Reads {@code thaw.yaml}; keys that are not there keep their defaults. Relative paths are meant
   * from the folder of the file.
   *
   * @param environment what {@code ${NAME}} stands for, usually {@link System#getenv()}
   * @throws dev.thaw.featuredefinitions.yaml.YamlFault naming file, line, key, value and bound
   */
  public static ThawConfig load(Path file, Map<String, String> environment) {
    return ThawYaml.load(file, environment);
  }

  /**
   * The features of the configured file, or the shipped ones.
   *
   * @throws dev.thaw.featuredefinitions.yaml.YamlFault naming file, line, key, value and bound
   */
  public FeatureDefinitions features() {
    return featuresFile == null
        ? FeatureDefinitions.shipped()
        : FeatureDefinitions.load(featuresFile, domains());
  }

  /** The domains of the configured file, or the shipped ones. */
  public DomainDefinitions domains() {
    return domainsFile == null ? DomainDefinitions.shipped() : DomainDefinitions.load(domainsFile);
  }

  public ThawConfig withKafka(KafkaConfig newKafka) {
    return with(newKafka, store, index, featuresFile, domainsFile, jobs, serving);
  }

  public ThawConfig withStore(Store newStore) {
    return with(kafka, newStore, index, featuresFile, domainsFile, jobs, serving);
  }

  public ThawConfig withIndex(Index newIndex) {
    return with(kafka, store, newIndex, featuresFile, domainsFile, jobs, serving);
  }

  public ThawConfig withFeaturesFile(Path file) {
    return with(kafka, store, index, file, domainsFile, jobs, serving);
  }

  public ThawConfig withDomainsFile(Path file) {
    return with(kafka, store, index, featuresFile, file, jobs, serving);
  }

  public ThawConfig withJobs(Jobs newJobs) {
    return with(kafka, store, index, featuresFile, domainsFile, newJobs, serving);
  }

  public ThawConfig withServing(ServingConfig newServing) {
    return with(kafka, store, index, featuresFile, domainsFile, jobs, newServing);
  }

  public ThawConfig withArtefacts(Path folder) {
    return new ThawConfig(
        home,
        kafka,
        store,
        index,
        folder,
        featuresFile,
        domainsFile,
        encoder,
        jobs,
        serving,
        featureServer,
        security);
  }

  public ThawConfig withSecurity(SecurityConfig newSecurity) {
    return new ThawConfig(
        home,
        kafka,
        store,
        index,
        artefacts,
        featuresFile,
        domainsFile,
        encoder,
        jobs,
        serving,
        featureServer,
        newSecurity);
  }

  private ThawConfig with(
      KafkaConfig k,
      Store s,
      Index i,
      @Nullable Path features,
      @Nullable Path domains,
      Jobs j,
      ServingConfig v) {
    return new ThawConfig(
        home, k, s, i, artefacts, features, domains, encoder, j, v, featureServer, security);
  }

  /**
   * @param type {@code sqlite} or {@code redis}
   * @param location file of SQLite, or {@code redis[s]://[user:password@]host:port}, several after
   *     commas for a cluster; the password is never shown
   * @param project Feast project, part of every key
   */
  public record Store(String type, String location, String project) {
    public Store {
      oneOf("type", type, "sqlite", "redis");
      notBlank("location", location);
      if (!project.matches("[a-z][a-z0-9_]{0,62}")) {
        throw new IllegalArgumentException(
            "project must be 1 to 63 characters of a-z, 0-9 and _, was \"" + project + '"');
      }
    }

    @Override
    public String toString() {
      return "Store[" + type + " " + Redacted.addresses(location) + ", project=" + project + "]";
    }
  }

  /**
   * @param type {@code lucene}, {@code milvus} or {@code exact}
   * @param location folder of Lucene, or {@code http[s]://[user:password@]host:port} of Milvus; the
   *     password is never shown
   */
  public record Index(String type, String location) {
    public Index {
      oneOf("type", type, "lucene", "milvus", "exact");
      notBlank("location", location);
    }

    @Override
    public String toString() {
      return "Index[" + type + " " + Redacted.addresses(location) + "]";
    }
  }

  /**
   * @param lateness events older than the watermark by more than this go to the late output; also
   *     how long event ids are remembered
   * @param outOfOrder how far the watermark stays behind the newest event; features follow each
   *     event at once, only timers wait for the watermark
   * @param rewardWindow how long a reward may follow its impression
   * @param flushInterval longest time changes of a key are coalesced before they are written
   * @param checkpointInterval between Flink checkpoints
   * @param stateBackend {@code hashmap} or {@code rocksdb}
   * @param parameters further parameters of trainers, by {@code trainer.parameter}
   * @param featureLog folder where every version of every row is kept for training sets; null where
   *     none is
   */
  public record Jobs(
      int parallelism,
      Duration lateness,
      Duration outOfOrder,
      Duration rewardWindow,
      Duration flushInterval,
      Duration checkpointInterval,
      String stateBackend,
      Map<String, String> parameters,
      @Nullable Path featureLog) {
    public Jobs {
      inRange("parallelism", parallelism, 1, 1024);
      notNegative("lateness", lateness);
      notNegative("out_of_order", outOfOrder);
      longerThanZero("reward_window", rewardWindow);
      longerThanZero("flush_interval", flushInterval);
      longerThanZero("checkpoint_interval", checkpointInterval);
      oneOf("state_backend", stateBackend, "hashmap", "rocksdb");
      parameters = Map.copyOf(parameters);
    }

    public Jobs withParallelism(int newParallelism) {
      return with(newParallelism, checkpointInterval, stateBackend, parameters, featureLog);
    }

    public Jobs withRewardWindow(Duration newRewardWindow) {
      return new Jobs(
          parallelism,
          lateness,
          outOfOrder,
          newRewardWindow,
          flushInterval,
          checkpointInterval,
          stateBackend,
          parameters,
          featureLog);
    }

    public Jobs withCheckpointInterval(Duration newCheckpointInterval) {
      return with(parallelism, newCheckpointInterval, stateBackend, parameters, featureLog);
    }

    public Jobs withStateBackend(String newStateBackend) {
      return with(parallelism, checkpointInterval, newStateBackend, parameters, featureLog);
    }

    public Jobs withParameters(Map<String, String> newParameters) {
      return with(parallelism, checkpointInterval, stateBackend, newParameters, featureLog);
    }

    public Jobs withFeatureLog(@Nullable Path newFeatureLog) {
      return with(parallelism, checkpointInterval, stateBackend, parameters, newFeatureLog);
    }

    private Jobs with(
        int p,
        Duration checkpoints,
        String backend,
        Map<String, String> params,
        @Nullable Path log) {
      return new Jobs(
          p, lateness, outOfOrder, rewardWindow, flushInterval, checkpoints, backend, params, log);
    }
  }
}
