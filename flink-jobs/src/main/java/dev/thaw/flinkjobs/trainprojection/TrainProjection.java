package dev.thaw.flinkjobs.trainprojection;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.flinkjobs.encodeitems.IndexOpener;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.projection.ItemPlacement;
import dev.thaw.models.projection.PriorStrength;
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
 * projection, known ones between that and what their likes say.
 */
public final class TrainProjection {
  /** Name of the job. */
  public static final String NAME = "train-projection";

  private final TrainingSettings settings;
  private final RunArtefacts artefacts;
  private final IndexOpener opener;

  private TrainProjection(TrainingSettings settings, IndexOpener opener) {
    this.settings = settings;
    this.artefacts = RunArtefacts.open(settings);
    this.opener = opener;
  }

  /**
   * Gives out what was made, in words.
   *
   * @param records events, catalogue and content vectors of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings, IndexOpener opener) {
    return TrainingOperator.apply(
        NAME,
        records,
        settings.domains(),
        (data, out) -> new TrainProjection(settings, opener).train(data, out),
        Types.STRING);
  }

  private void train(TrainingData data, Consumer<String> out) {
    try (VectorIndexes indexes = opener.open()) {
      for (DomainId domain : data.domains()) {
        Interactions positives = data.positives(domain).orElseThrow();
        artefacts
            .factors(domain)
            .ifPresent(factors -> train(data, positives, factors, indexes, out));
      }
      data.vectors().values().stream()
          .findFirst()
          .ifPresent(
              vector ->
                  artefacts.recordIndex(vector.space().name(), vector.space().modelVersion()));
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
        new ProjectionTrainer(settings.threads())
            .fit(
                new ProjectionData(
                    positives, factors.model(), data.catalogue(domain), data.vectors()),
                settings.random(NAME + domain));
    ProjectionQuality quality = projection.quality();
    PriorStrength strength = projection.placed().strength();
    ArtefactRef ref =
        artefacts.write(
            ArtefactKind.PROJECTION,
            projection,
            "kernel-ridge-projection",
            Map.of(
                "lambda", "" + quality.lambda(),
                "target_ridge", "" + quality.targetRidge(),
                "strength", "" + strength.value(),
                "power", "" + strength.power(),
                "factors", factors.version()),
            positives.dataHash(),
            Map.of(
                "new_items_ndcg@10",
                quality.ndcg(),
                "known_likes_ndcg@10",
                strength.ndcg(),
                "content_ndcg@10",
                quality.ndcgOfContent(),
                "chance_ndcg@10",
                quality.ndcgOfChance(),
                "held_out_items",
                (double) quality.items()));
    ItemPlacement placement = new ItemPlacement(factors.model(), projection);
    String version = Placements.indexVersion(factors.version(), ref.version());
    // before the build: what a run names is kept for as long as the run is young
    artefacts.recordIndex(factors.model().indexSpace(version).name(), version);
    long items =
        new FactorIndexBuild(placement, StatisticsPrior.DEFAULT).into(indexes, version, data);
    out.accept(ref + ": " + quality + ", " + strength + ", " + items + " items indexed");
  }
}
