package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.yaml.Durations;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.vectorindex.VectorIndexes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes the models of a training run one set, lets it serve, and retires what nobody needs any
 * more. Each step is atomic: whoever is killed in between leaves the old set serving.
 */
public final class SetPublication {
  private static final String GRACE = "training.grace";

  /** Longer than a training takes, and than a server needs to take up a new set. */
  private static final Duration DEFAULT_GRACE = Duration.ofHours(6);

  private final Path artefacts;
  private final ArtefactStore store;

  private SetPublication(Path artefacts) {
    this.artefacts = artefacts;
    this.store = ArtefactStore.open(artefacts);
  }

  /**
   * @param artefacts folder of the artefact store
   */
  public static SetPublication in(Path artefacts) {
    return new SetPublication(artefacts);
  }

  /**
   * Writes the set of a run without letting it serve.
   *
   * @throws IllegalStateException if the run has made nothing
   * @throws dev.thaw.models.artefact.ArtefactException if one of its artefacts is damaged
   */
  public ArtefactManifest publish(String run, Instant now) {
    TrainingRun made = TrainingRun.open(artefacts, run);
    if (made.artefacts().isEmpty()) {
      throw new IllegalStateException(
          "training run " + run + " below " + artefacts + " has made no artefact");
    }
    return store.publish(made.artefacts(), made.indexes(), now);
  }

  /**
   * Lets a set serve. Servers take the index versions that the set names; for all others those
   * become the active ones.
   *
   * @throws dev.thaw.models.artefact.ArtefactException if it is damaged; the current set stays
   */
  public void activate(ArtefactManifest set, VectorIndexes indexes) {
    store.activate(set.version());
    set.indexes()
        .forEach(
            (space, version) ->
                indexes.find(space, version).ifPresent(index -> indexes.activate(index.space())));
  }

  /**
   * How long what was replaced is kept, by {@code jobs.parameters}.
   *
   * @throws IllegalArgumentException naming the parameter if it is no duration
   */
  public static Duration grace(ThawConfig.Jobs jobs) {
    String given = jobs.parameters().get(GRACE);
    try {
      return given == null ? DEFAULT_GRACE : Durations.parse(given);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("jobs.parameters " + GRACE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Removes sets, models, index versions and runs that are older than the grace period and that the
   * current set doesn't name.
   *
   * @return what was removed
   */
  public List<String> retire(VectorIndexes indexes, Instant now, Duration grace) {
    return new Retirement(artefacts, store, indexes).run(now, grace);
  }
}
