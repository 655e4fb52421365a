package dev.thaw.flinkjobs.training;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a training job writes and what the jobs before it in the run have written. Each model is
 * read once. Not thread-safe.
 */
public final class RunArtefacts {
  private final TrainingSettings settings;
  private final ArtefactStore store;
  private final TrainingRun run;
  private final Map<DomainId, Optional<ArtefactSet.Versioned<FactorModel>>> factors =
      new HashMap<>();

  private RunArtefacts(TrainingSettings settings, ArtefactStore store, TrainingRun run) {
    this.settings = settings;
    this.store = store;
    this.run = run;
  }

  public static RunArtefacts open(TrainingSettings settings) {
    Path folder = Path.of(settings.artefacts());
    return new RunArtefacts(
        settings, ArtefactStore.open(folder), TrainingRun.open(folder, settings.run()));
  }

  /** The factors that this run has trained for a domain. */
  public Optional<ArtefactSet.Versioned<FactorModel>> factors(DomainId domain) {
    return factors.computeIfAbsent(
        domain,
        wanted ->
            run.find(ArtefactKind.FACTORS, ArtefactKind.scope(wanted))
                .map(ref -> store.read(ArtefactKind.FACTORS, ref)));
  }

  /** The rating factors that this run has trained for a domain. */
  public Optional<ArtefactSet.Versioned<FactorModel>> ratings(DomainId domain) {
    return run.find(ArtefactKind.RATINGS, ArtefactKind.scope(domain))
        .map(ref -> store.read(ArtefactKind.RATINGS, ref));
  }

  /** The set that serves while this run trains. */
  public Optional<ArtefactSet> active() {
    return store.current().map(store::load);
  }

  /** Writes a model and says in the run that it is there. */
  public <M> ArtefactRef write(
      ArtefactKind<M> kind,
      M model,
      String trainer,
      Map<String, String> params,
      String dataHash,
      Map<String, Double> metrics) {
    ArtefactRef ref =
        store.write(kind, model, settings.provenance(trainer, params, dataHash, metrics));
    run.record(ref);
    return ref;
  }

  /** Takes what serves now over into the run; empty where nothing of the kind and scope serves. */
  public Optional<ArtefactRef> keepActive(ArtefactKind<?> kind, String scope) {
    Optional<ArtefactRef> active =
        store.current().map(store::manifest).stream()
            .flatMap(set -> set.objects().stream())
            .filter(ref -> ref.kind().equals(kind.name()) && ref.scope().equals(scope))
            .findFirst();
    active.ifPresent(run::record);
    return active;
  }

  /** Says that the run builds an index version, before it does. */
  public void recordIndex(String space, String version) {
    run.recordIndex(space, version);
  }
}
