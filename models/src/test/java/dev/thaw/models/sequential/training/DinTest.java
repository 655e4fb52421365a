package dev.thaw.models.sequential.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.sequential.DinConfig;
import dev.thaw.models.sequential.DinModel;
import dev.thaw.models.sequential.DinShape;
import dev.thaw.models.sequential.LikedSequences;
import dev.thaw.models.sequential.ParameterLayout;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.models.training.TrainingDivergedException;
import dev.thaw.models.training.TrainingProgress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DinTest {
  private static final int TASTES = 4;
  private static final int LENGTH = 4;
  private static final DinConfig CONFIG = config(0.01, 10);
  private static final LikedSequences DATA = tastes(300);
  private static final DinShape SHAPE = CONFIG.shape(DATA.items().size());
  private static final ParameterLayout LAYOUT = SHAPE.layout();
  private static final float[] PARAMETERS = gaussians();

  private static DinConfig config(double learningRate, int epochs) {
    return new DinConfig(8, LENGTH, 6, 8, 20, 8, learningRate, 0.1, 64, epochs, 4);
  }

  /** Each user likes ten items of one taste; an item's taste is its number's remainder. */
  private static LikedSequences tastes(int users) {
    SplittableRandom random = new SplittableRandom(3);
    InteractionsBuilder all = Interactions.builder(DomainId.of("films"));
    for (int user = 0; user < users; user++) {
      for (int like = 0; like < 10; like++) {
        int item = TASTES * random.nextInt(10) + user % TASTES;
        all.add(UserId.of("u" + user), PlantedChain.id(item), 5, like);
      }
    }
    return LikedSequences.of(all.build(), PlantedChain.SCALE, random);
  }

  private static float[] gaussians() {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[LAYOUT.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return values;
  }

  private static DinBatch batch(int[] sequence, int... places) {
    return DinBatch.of(
        Arrays.stream(places).mapToObj(at -> new DinBatch.Example(sequence, at)).toList(),
        LENGTH,
        9,
        SHAPE.items(),
        new SplittableRandom(4));
  }

  @Test
  void javaAnswersAsTheEngineForShortAndLongHistoriesInOneBatch() {
    int[] sequence = {7, 3, 12, 30, 1, 0, 9};
    int[] places = {0, 1, 3, 4, 6};
    DinBatch batch = batch(sequence, places);
    float[] engine = Autograd.value(LAYOUT, PARAMETERS, new DinGraph(SHAPE, batch)::logits);
    DinModel model = DinModel.of(DATA, CONFIG, PARAMETERS);
    float[] all = new float[SHAPE.items()];
    for (int row = 0; row < places.length; row++) {
      model.logits(Arrays.copyOf(sequence, places[row]), all);
      assertThat(batch.candidates()[10 * row]).isEqualTo(sequence[places[row]]);
      for (int c = 10 * row; c < 10 * row + 10; c++) {
        assertThat(all[(int) batch.candidates()[c]])
            .as("candidate %d after %d items", batch.candidates()[c], places[row])
            .isCloseTo(engine[c], within(1e-4f));
      }
    }
  }

  @Test
  void paddingHasNoPartInLossOrGradient() {
    int[] sequence = {7, 3, 12, 30, 1, 0, 9};
    DinBatch together = batch(sequence, 1, 6);
    DinBatch brief = half(together, 0, 1);
    DinBatch extended = half(together, 1, LENGTH);
    Autograd.Descent both = descent(together);
    Autograd.Descent first = descent(brief);
    Autograd.Descent second = descent(extended);
    assertThat(both.loss()).isCloseTo((first.loss() + second.loss()) / 2, within(1e-5));
    float[] mean = new float[LAYOUT.size()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (first.gradient()[i] + second.gradient()[i]) / 2;
    }
    assertThat(both.gradient()).containsExactly(mean, within(1e-5f));
  }

  /** One row alone, without its padding. */
  private static DinBatch half(DinBatch of, int row, int places) {
    int from = row * of.places();
    return new DinBatch(
        1,
        places,
        Arrays.copyOfRange(of.histories(), from, from + places),
        Arrays.copyOfRange(of.present(), from, from + places),
        Arrays.copyOfRange(of.candidates(), 10 * row, 10 * row + 10));
  }

  private static Autograd.Descent descent(DinBatch batch) {
    return Autograd.descent(LAYOUT, PARAMETERS, new DinGraph(SHAPE, batch)::loss);
  }

  @Test
  void learnsTastesThatPopularityKnowsNothingOf() {
    TrainedNetwork trained = train(CONFIG);
    for (int taste = 0; taste < TASTES; taste++) {
      History history = PlantedChain.history(List.of(taste, TASTES + taste));
      assertThat(
              Arrays.stream(TopItems.of(scores(trained.model(), history), 8, any -> true))
                  .map(item -> number(item) % TASTES))
          .containsOnly(taste);
    }
    assertThat(trained.metrics().get("held_out_loss"))
        .isLessThan(trained.metrics().get("held_out_start_loss") - 0.5);
    assertThat(trained.metrics()).containsEntry("held_out_users", 30.0);
  }

  private static int number(int item) {
    return Integer.parseInt(DATA.items().get(item).value().substring(1));
  }

  @Test
  void equalSeedsGiveEqualScoresAndAnEmptyHistoryHasSome() {
    DinConfig brief = config(0.01, 2);
    for (History history : List.of(History.EMPTY, PlantedChain.history(List.of(3)))) {
      float[] scores = scores(train(brief).model(), history);
      assertThat(scores(train(brief).model(), history)).isEqualTo(scores);
      double sum = 0;
      for (float score : scores) {
        sum += score;
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void aModelIsReadAsItWasWrittenAndADamagedOneIsRefused() {
    DinModel model = DinModel.of(DATA, CONFIG, PARAMETERS);
    byte[] bytes = bytes(model);
    SequentialModel read = SequentialModel.read(new BinaryReader("model", bytes));
    assertThat(bytes(read)).isEqualTo(bytes);
    History history = PlantedChain.history(List.of(3, 7, 1, 2, 9, 4));
    assertThat(scores(read, history)).isEqualTo(scores(model, history));
    assertThat(read.counted(history)).as("the newest").isEqualTo(LENGTH);
    assertThat(read.domain()).isEqualTo(DomainId.of("films"));
    byte[] damaged = Arrays.copyOf(bytes, bytes.length - 4);
    assertThatThrownBy(() -> SequentialModel.read(new BinaryReader("model", damaged)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model of");
    bytes[0] = 9;
    assertThatThrownBy(() -> SequentialModel.read(new BinaryReader("model", bytes)))
        .hasMessageContaining("format of a sequential model 9");
  }

  private static byte[] bytes(SequentialModel model) {
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    return out.toByteArray();
  }

  @Test
  void divergenceSaysStepAndLearningRate() {
    assertThatThrownBy(() -> train(config(1e9, 3)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("DIN of films diverged at step ")
        .hasMessageContaining("learning rate 1.0E9");
  }

  private static TrainedNetwork train(DinConfig config) {
    return SequentialTrainer.of(config, TrainingProgress.SILENT).run(DATA, new SplittableRandom(7));
  }

  private static float[] scores(SequentialModel model, History history) {
    float[] scores = new float[model.items().size()];
    model.score(history, scores);
    return scores;
  }
}
