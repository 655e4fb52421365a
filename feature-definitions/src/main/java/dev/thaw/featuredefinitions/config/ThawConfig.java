package dev.thaw.featuredefinitions.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one installation; every part has defaults that run embedded below {@code
 * home}.
 *
 * @param home folder below which the embedded parts keep their data
 * @param kafka where events flow
 * @param store the online store
 * @param index the vector index
 * @param artefacts folder of the artefact store
 * @param featuresFile {@code features.yaml} other than the shipped one
 * @param domainsFile {@code domains.yaml} other than the shipped one
 */
public record ThawConfig(
    Path home,
    Kafka kafka,
    Store store,
    Index index,
    Path artefacts,
    @Nullable Path featuresFile,
    @Nullable Path domainsFile,
    Encoder encoder,
    Jobs jobs,
    Serving serving) {

  /** Kafka's address and the topics there. */
  public record Kafka(String bootstrapServers, String topicPrefix, int partitions) {
    public Topics topics() {
      return new Topics(topicPrefix);
    }
  }

  /**
   * @param type {@code sqlite} or {@code redis}
   * @param location file of SQLite, or {@code redis://host:port}, several after commas for a
   *     cluster
   * @param project Feast project, part of every key
   */
  public record Store(String type, String location, String project) {}

  /**
   * @param type {@code lucene}, {@code milvus} or {@code exact}
   * @param location folder of Lucene, or {@code http://host:port} of Milvus
   */
  public record Index(String type, String location) {}

  /**
   * @param model {@code minilm} for the shipped weights, or a folder with {@code model.onnx} and
   *     {@code tokenizer.json}
   * @param batchSize texts encoded together
   */
  public record Encoder(String model, int batchSize) {}

  /**
   * @param lateness events older than the watermark by more than this go to the late output; also
   *     how long event ids are remembered
   * @param outOfOrder how far the watermark stays behind the newest event
   * @param rewardWindow how long a reward may follow its impression
   * @param flushInterval longest time changes of a key are coalesced before they are written
   * @param checkpointInterval between Flink checkpoints
   * @param stateBackend {@code hashmap} or {@code rocksdb}
   * @param parameters further parameters of trainers, by {@code trainer.parameter}
   */
  public record Jobs(
      int parallelism,
      Duration lateness,
      Duration outOfOrder,
      Duration rewardWindow,
      Duration flushInterval,
      Duration checkpointInterval,
      String stateBackend,
      Map<String, String> parameters) {
    public Jobs {
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * @param host address to listen on, loopback by default
   * @param port 0 for any free one
   * @param deadline of a recommendation where the caller sets none
   * @param banditSlots leading slots the bandit decides, 0 to 2
   * @param shortlist arms the bandit chooses among, at most 500
   * @param uniformFloor probability mass spread evenly over the eligible set
   * @param draws posterior draws behind the winner frequencies
   * @param seed of the bandit's random generator
   */
  public record Serving(
      String host,
      int port,
      Duration deadline,
      int maxK,
      int banditSlots,
      int shortlist,
      double uniformFloor,
      int draws,
      long seed) {}
}
