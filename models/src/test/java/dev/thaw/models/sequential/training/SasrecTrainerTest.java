package dev.thaw.models.sequential.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.SasrecConfig;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SasrecTrainerTest {
  private static final SasrecConfig SMALL =
      SasrecConfig.DEFAULT.withSize(16, 8, 1).withRegularisation(0.1, 0).withSteps(0.01, 32, 12);
  private static final LikedSequences DATA = PlantedChain.data(400, 1);

  private static TrainedNetwork train(SasrecConfig config, LikedSequences data) {
    return SequentialTrainer.of(config, TrainingProgress.SILENT).run(data, new SplittableRandom(7));
  }

  private static byte[] bytes(SequentialModel model) {
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    return out.toByteArray();
  }

  private static float[] scores(SequentialModel model, History history) {
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    return scores;
  }

  @Test
  void learnsWhatFollowsWhatWherePopularitySaysNothing() {
    TrainedNetwork trained = train(SMALL, DATA);
    SequentialModel model = trained.model();
    int foretold = 0;
    for (int item = 0; item < PlantedChain.ITEMS; item++) {
      History history = PlantedChain.history(List.of((item + 5) % PlantedChain.ITEMS, item));
      int best = TopItems.of(scores(model, history), 1, any -> true)[0];
      foretold += best == PlantedChain.next(item) ? 1 : 0;
    }
    assertThat(foretold).as("of %d, where chance has one", PlantedChain.ITEMS).isGreaterThan(36);
    assertThat(trained.metrics().get("held_out_start_loss"))
        .as("popularity")
        .isCloseTo(Math.log(PlantedChain.ITEMS), within(0.1));
    assertThat(trained.metrics().get("held_out_loss"))
        .isLessThan(trained.metrics().get("held_out_start_loss") - 1.5)
        .isEqualTo(trained.losses().stream().mapToDouble(each -> each).min().orElseThrow());
    assertThat(trained.metrics()).containsEntry("held_out_users", 40.0);
  }

  @Test
  void equalSeedsGiveEqualModelsAndAModelIsReadAsItWasWritten() {
    SasrecConfig brief = SMALL.withSteps(0.01, 32, 2);
    byte[] first = bytes(train(brief, DATA).model());
    assertThat(bytes(train(brief, DATA).model())).isEqualTo(first);
    SequentialModel read = SequentialModel.read(new BinaryReader("model", first));
    assertThat(bytes(read)).isEqualTo(first);
    assertThat(read.toString()).contains("films");
    byte[] damaged = Arrays.copyOf(first, first.length - 4);
    assertThatThrownBy(() -> SequentialModel.read(new BinaryReader("model", damaged)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model of");
  }

  @Test
  void aHistoryWithoutAnyOrOneKnownLikeHasAnAnswer() {
    SequentialModel model = train(SMALL.withSteps(0.01, 32, 1), DATA).model();
    for (History history : List.of(History.EMPTY, PlantedChain.history(List.of(3)))) {
      float[] scores = scores(model, history);
      double sum = 0;
      for (float score : scores) {
        assertThat(score).isPositive();
        sum += score;
      }
      assertThat(sum).as("probabilities").isCloseTo(1, within(1e-4));
    }
    assertThat(model.counted(History.EMPTY)).isZero();
    List<Integer> many = new ArrayList<>();
    for (int item = 0; item < 20; item++) {
      many.add(item);
    }
    assertThat(model.counted(PlantedChain.history(many))).as("the newest").isEqualTo(8);
  }

  @Test
  void divergenceSaysStepAndLearningRate() {
    assertThatThrownBy(() -> train(SMALL.withSteps(1e9, 32, 5), DATA))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("SASRec of films diverged at step ")
        .hasMessageContaining("learning rate 1.0E9");
  }

  @Test
  void withFewUsersNobodyIsHeldOutAndWithNoneThereIsNothingToLearn() {
    TrainedNetwork few = train(SMALL.withSteps(0.01, 32, 1), PlantedChain.data(20, 2));
    assertThat(few.losses()).isEmpty();
    assertThat(few.metrics()).isEmpty();
    assertThatThrownBy(() -> train(SMALL, PlantedChain.data(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bounds() {
    assertThatThrownBy(() -> SMALL.withSize(0, 8, 1)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> SMALL.withRegularisation(1, 0)).hasMessageContaining("was 1.0");
    assertThatThrownBy(() -> SMALL.withSteps(Double.NaN, 1, 1)).hasMessageContaining("NaN");
  }

  @Test
  void everyItemIsForetoldOnceAnEpochWhereverLongSequencesAreCut() {
    List<int[]> sequences = List.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new int[] {10, 11});
    for (int seed = 0; seed < 20; seed++) {
      List<int[]> windows = Windows.of(sequences, 4, new SplittableRandom(seed));
      assertThat(windows.stream().flatMapToInt(Arrays::stream).sorted())
          .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
      assertThat(windows).allMatch(window -> window.length <= 4);
    }
  }
}
