package dev.thaw.models.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetaModelTest {
  private static final MetaData DATA = PlantedTastes.of(120, 30, 0.4, 7);
  private static final MetaModel MODEL = trained(AdaptedPart.DECISION, 8);
  private static final History HISTORY = PlantedTastes.history(true, 3, 6);
  private static final UserProfile PROFILE = PlantedTastes.profile(1, "even");

  private static MetaModel trained(AdaptedPart part, int hidden) {
    MetaConfig config =
        MetaConfig.DEFAULT.withSize(4, hidden).withInner(new InnerLoop(part, 2, 0.1)).withEpochs(2);
    return MetaTrainer.overBiases(config, 1, TrainingProgress.SILENT)
        .fit(DATA, new SplittableRandom(1));
  }

  private static FeatureRow stored(Map<String, FeatureValue> features) {
    return new FeatureRow(EntityKey.of("user_id", "u", "domain", "films"), features, Instant.EPOCH);
  }

  private static double[] ratings(MetaModel model, AdaptedLayers layers) {
    UserScorer scorer = model.scorer(layers);
    return model.items().all().stream().mapToDouble(scorer::rating).toArray();
  }

  @Test
  void sameHistoryGivesTheSameLayersInWhateverOrderAndHoweverOften() {
    Map<String, FeatureValue> once = MODEL.adapt(PROFILE, HISTORY).features();
    assertThat(MODEL.adapt(PROFILE, HISTORY).features()).isEqualTo(once);
    List<History.Entry> reversed = new ArrayList<>(HISTORY.entries());
    Collections.reverse(reversed);
    Map<String, FeatureValue> other =
        MODEL.adapt(PROFILE, new History(reversed.size(), reversed)).features();
    assertThat(other).isEqualTo(once);
    assertThat(MODEL.adapt(PROFILE, PlantedTastes.history(false, 3, 6)).features())
        .isNotEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(
      value = AdaptedPart.class,
      names = {"OUTPUT", "LATER", "DECISION"})
  void layersThatWereStoredScoreTheSame(AdaptedPart part) {
    MetaModel model = MODEL.withInner(new InnerLoop(part, 2, 0.1));
    AdaptedLayers layers = model.adapt(PROFILE, HISTORY);
    assertThat(ratings(model, AdaptedLayers.of(stored(layers.features()))))
        .isEqualTo(ratings(model, layers));
    assertThat(ratings(model, layers))
        .isNotEqualTo(ratings(model, model.adapt(PROFILE, History.EMPTY)));
  }

  @Test
  void scoresAreLinearInTheLastLayer() {
    UserScorer scorer = MODEL.scorer(MODEL.adapt(PROFILE, HISTORY));
    int[] all = IntStream.range(0, MODEL.items().size()).toArray();
    float[] scores = new float[all.length];
    scorer.score(all, scores);
    float[][] rows = scorer.lastLayer(all);
    assertThat(rows).hasDimensions(30, 10);
    SimpleMatrix layer = new SimpleMatrix(rows.length, rows[0].length);
    SimpleMatrix score = new SimpleMatrix(rows.length, 1);
    for (int i = 0; i < rows.length; i++) {
      assertThat(rows[i][9]).isEqualTo(1);
      score.set(i, 0, scores[i]);
      for (int j = 0; j < rows[i].length; j++) {
        layer.set(i, j, rows[i][j]);
      }
    }
    SimpleMatrix left = score.minus(layer.mult(layer.pseudoInverse().mult(score)));
    assertThat(score.elementMaxAbs()).isGreaterThan(0.1);
    assertThat(left.elementMaxAbs()).isLessThan(1e-5);
    SimpleMatrix base = layer.extractVector(false, 8);
    assertThat(score.minus(base).elementMaxAbs()).as("what the network adds").isGreaterThan(0.01);
  }

  @Test
  void precomputedItemsScoreLikeThoseMadeAnew() {
    MetaModel whole = MODEL.withInner(new InnerLoop(AdaptedPart.DECISION, 0, 1));
    MetaModel compact = MODEL.withInner(new InnerLoop(AdaptedPart.LATER, 0, 1));
    double[] anew = ratings(whole, whole.adapt(PROFILE, HISTORY));
    double[] precomputed = ratings(compact, compact.adapt(PROFILE, HISTORY));
    for (int i = 0; i < anew.length; i++) {
      assertThat(precomputed[i]).isCloseTo(anew[i], within(1e-9));
    }
  }

  @Test
  void scoresOrderItemsAsRatingsDo() {
    AdaptedLayers layers = MODEL.adapt(PROFILE, HISTORY);
    int[] candidates = IntStream.range(0, MODEL.items().size()).toArray();
    float[] scores = new float[candidates.length];
    MODEL.scorer(layers).score(candidates, scores);
    double[] ratings = ratings(MODEL, layers);
    double shift = ratings[0] - scores[0];
    for (int i = 0; i < scores.length; i++) {
      if (ratings[i] > 1 && ratings[i] < 5) {
        assertThat(ratings[i] - scores[i]).isCloseTo(shift, within(1e-5));
      }
    }
  }

  @Test
  void compactLayersOfTheFullNetworkFitIntoTwentyKilobytes() {
    MetaModel compact = trained(AdaptedPart.LATER, 64);
    int bytes =
        compact.adapt(PROFILE, HISTORY).features().values().stream()
            .mapToInt(value -> FeatureValueBytes.encode(value).length)
            .sum();
    assertThat(bytes).isBetween(16_000, 20_000);
  }

  @Test
  void attributeValueNeverSeenSaysNothing() {
    UserProfile strange =
        new UserProfile(
            UserId.of("x"),
            Map.of("taste", "sideways", "planet", "mars"),
            List.of(),
            Instant.EPOCH);
    assertThat(MODEL.adapt(strange, HISTORY).features())
        .isEqualTo(MODEL.adapt(null, HISTORY).features())
        .isNotEqualTo(MODEL.adapt(PROFILE, HISTORY).features());
  }

  @Test
  void itemNeverSeenHasNoPartButInTheBias() {
    ItemId unknown = ItemId.of("unknown");
    List<History.Entry> entries = new ArrayList<>(HISTORY.entries());
    entries.add(new History.Entry(unknown, 1, 0));
    AdaptedLayers layers = MODEL.adapt(PROFILE, new History(entries.size(), entries));
    assertThat(layers.base().bias()).isLessThan(MODEL.adapt(PROFILE, HISTORY).base().bias());
    assertThat(MODEL.scorer(layers).rating(unknown))
        .isEqualTo(MODEL.base().biases().mean() + layers.base().bias());
  }

  @Test
  void writtenModelReadsAsTheSame() {
    BinaryWriter out = new BinaryWriter();
    MODEL.write(out);
    BinaryReader in = new BinaryReader("meta model", out.toByteArray());
    MetaModel read = MetaModel.read(in);
    in.requireEnd();
    assertThat(read.version()).isEqualTo(MODEL.version());
    AdaptedLayers layers = MODEL.adapt(PROFILE, HISTORY);
    assertThat(ratings(read, layers)).isEqualTo(ratings(MODEL, layers));
    assertThat(read.adapt(PROFILE, HISTORY).features()).isEqualTo(layers.features());
  }

  @Test
  void layersOfAnotherModelAreRefused() {
    AdaptedLayers foreign = trained(AdaptedPart.DECISION, 9).adapt(PROFILE, HISTORY);
    assertThatThrownBy(() -> MODEL.scorer(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(MODEL.version())
        .hasMessageContaining(foreign.metaVersion());
  }

  @Test
  void damagedLayersAreRefused() {
    Map<String, FeatureValue> features = new HashMap<>(MODEL.adapt(PROFILE, HISTORY).features());
    features.put("layers", FeatureValue.Float32s.copyOf(1, Float.NaN));
    assertThatThrownBy(() -> AdaptedLayers.of(stored(features)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers must be finite, number 1 was NaN");
    features.put("layers", FeatureValue.Float32s.copyOf(1, 2));
    AdaptedLayers cut = AdaptedLayers.of(stored(features));
    assertThatThrownBy(() -> MODEL.scorer(cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(", had 2 and 8");
    features.put("base_vector", FeatureValue.Float32s.copyOf(1));
    AdaptedLayers ofOtherRank = AdaptedLayers.of(stored(features));
    assertThatThrownBy(() -> MODEL.scorer(ofOtherRank))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vector of adapted layers must have rank 0, had 1");
    features.remove("layers");
    assertThatThrownBy(() -> AdaptedLayers.of(stored(features)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have meta_version, layers");
  }

  @Test
  void modelWhoseEmbeddingsAdaptHasNoLayersToKeep() {
    MetaModel maml = MODEL.withInner(new InnerLoop(AdaptedPart.EVERYTHING, 1, 0.1));
    assertThatThrownBy(() -> maml.adapt(PROFILE, HISTORY))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void adaptationThatRunsAwayIsReported() {
    MetaModel wild = MODEL.withInner(new InnerLoop(AdaptedPart.DECISION, 20, 1e6));
    assertThatThrownBy(() -> wild.adapt(PROFILE, HISTORY))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("1000000.0");
  }

  @Test
  void evidenceIsWhatMovesTheModelAndManyKnow() {
    List<EvidenceCandidates.Candidate> ranked = EvidenceCandidates.rank(MODEL, DATA);
    assertThat(ranked).hasSize(30);
    assertThat(ranked)
        .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()))
        .allSatisfy(each -> assertThat(each.score()).isBetween(0.0, 1.0));
    EvidenceCandidates.Candidate first = ranked.get(0);
    assertThat(ranked)
        .noneMatch(
            each -> each.gradientNorm() > first.gradientNorm() && each.ratings() > first.ratings());
    assertThat(first.gradientNorm()).isPositive();
    assertThat(ranked.get(29).score()).isZero();
    assertThatThrownBy(() -> EvidenceCandidates.rank(MODEL, PlantedTastes.of(20, 31, 0.5, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31");
  }

  @Test
  void evidenceIsWrittenAndReadWithTheModelItIsOf() {
    Evidence evidence = Evidence.of(MODEL, DATA);
    assertThat(evidence.candidates()).isEqualTo(EvidenceCandidates.rank(MODEL, DATA));
    BinaryWriter out = new BinaryWriter();
    evidence.write(out);
    BinaryReader in = new BinaryReader("evidence", out.toByteArray());
    assertThat(Evidence.read(in)).isEqualTo(evidence);
    in.requireEnd();
    assertThat(evidence.metaVersion()).isEqualTo(MODEL.version());
  }
}
