package dev.thaw.flinkjobs.trainprojection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ItemVector;
import dev.thaw.flinkjobs.encodeitems.IndexOpener;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingRun;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.gate.ContentGate;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.projection.Projection;
import dev.thaw.models.projection.ProjectionData;
import dev.thaw.models.projection.ProjectionQuality;
import dev.thaw.models.projection.ProjectionTrainer;
import dev.thaw.models.statistics.StatisticsPrior;
import dev.thaw.vectorindex.VectorIndexes;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Learns to place items in the factor space by what they are, and builds a new version of each
 * domain's factor index beside the one that is served: every item of the catalogue, new ones by
 * projection, known ones as the gate blends them.
 */
public final class TrainProjection {
  /** Name of the job. */
  public static final String NAME = "train-projection";

  private final TrainingSettings settings;
  private final ArtefactStore store;
  private final TrainingRun run;
  private final IndexOpener opener;

  private TrainProjection(TrainingSettings settings, IndexOpener opener) {
    this.settings = settings;
    this.store = settings.openArtefacts();
    this.run = settings.openRun();
    this.opener = opener;
  }

  /** What the job reads; all bounded. */
  public record Inputs(
      DataStream<Event> events,
      DataStream<Change<CatalogueItem>> items,
      DataStream<Change<ItemVector>> vectors) {}

  /** Gives out what was made, in words. */
  public static DataStream<String> build(
      Inputs inputs, TrainingSettings settings, IndexOpener opener) {
    return TrainingOperator.apply(
        NAME,
        TrainingRecord.ofEvents(inputs.events)
            .union(TrainingRecord.ofItems(inputs.items), TrainingRecord.ofVectors(inputs.vectors)),
        settings.domains(),
        (data, out) -> new TrainProjection(settings, opener).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    try (VectorIndexes indexes = opener.open()) {
      for (DomainId domain : data.domains()) {
        Interactions positives = data.positives(domain).orElseThrow();
        settings
            .factors(domain)
            .ifPresent(factors -> train(data, positives, factors, indexes, out));
      }
      data.vectors().values().stream()
          .findFirst()
          .ifPresent(
              vector -> run.recordIndex(vector.space().name(), vector.space().modelVersion()));
    }
  }

  private void train(
      TrainingData data,
      Interactions positives,
      ArtefactSet.Versioned<FactorModel> factors,
      VectorIndexes indexes,
      Consumer<String> out) {
    DomainId domain = positives.domain();
    Projection projection =
        new ProjectionTrainer()
            .fit(
                new ProjectionData(
                    positives, factors.model(), data.catalogue(domain), data.vectors()),
                settings.random(NAME + domain));
    ProjectionQuality quality = projection.quality();
    ArtefactRef ref =
        store.write(
            ArtefactKind.PROJECTION,
            projection,
            settings.provenance(
                "ridge-projection",
                Map.of("lambda", "" + quality.lambda(), "factors", factors.version()),
                positives.dataHash(),
                Map.of(
                    "new_items_ndcg@10", quality.ndcg(),
                    "without_content_ndcg@10", quality.ndcgWithoutContent(),
                    "held_out_items", (double) quality.items())));
    run.record(ref);
    ItemPlacement placement = new ItemPlacement(factors.model(), projection, ContentGate.DEFAULT);
    String version = Placements.indexVersion(factors.version(), ref.version());
    long items =
        new FactorIndexBuild(placement, StatisticsPrior.DEFAULT).into(indexes, version, data);
    run.recordIndex(factors.model().indexSpace(version).name(), version);
    out.accept(ref + ": " + quality + ", " + items + " items indexed");
  }
}
