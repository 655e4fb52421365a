package dev.thaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.Cases.Case;
import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.methods.RatingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.SplitFolder;
import dev.thaw.evaluation.split.SplitWriter;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.training.Shuffled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A split that says which interactions are the support, in no order, asked by K. */
class FixedSupportTest {
  private static final List<Integer> COUNTS = List.of(-1, 0, 1, 3, 20);
  private static final int ITEMS = 40;
  private static final int QUERY = 5;

  @TempDir Path folder;

  /** User "short" has a support of two, "long" one of twenty, "middle" one of ten. */
  @BeforeEach
  void write() throws IOException {
    List<String> training = new ArrayList<>(List.of("user\titem\trating\tpart"));
    for (int i = 0; i < ITEMS; i++) {
      training.add("trained\ti%02d\t4\tsupport".formatted(i));
    }
    Files.write(folder.resolve("meta_training.tsv"), training);
    List<String> test = new ArrayList<>();
    Map.of("short", 2, "middle", 10, "long", 20)
        .forEach(
            (user, support) ->
                IntStream.range(0, support + QUERY)
                    .mapToObj(
                        i ->
                            user
                                + "\ti%02d\t5\t".formatted(i)
                                + (i < support ? "support" : "query"))
                    .forEach(test::add));
    Collections.sort(test);
    writeTest(test);
  }

  private void writeTest(List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("user\titem\trating\tpart"));
    lines.addAll(rows);
    Files.write(folder.resolve("user_cold_testing.tsv"), lines);
  }

  private static Experiment read(Path from) throws IOException {
    return new SplitFolder(from, Map.of(), Map.of(), List.of()).read();
  }

  private UsersByK byK(long seed) throws IOException {
    return byK(read(folder).withSupportInOrder(seed));
  }

  private static UsersByK byK(Experiment experiment) {
    return new UsersByK(experiment, COUNTS, Bootstrap.DEFAULT, 1, 0);
  }

  private static Case user(UsersByK protocol, int k, String name) {
    return protocol.met(k).stream()
        .filter(each -> each.evidence().user().equals(new UserId(name)))
        .findFirst()
        .orElseThrow();
  }

  private static List<ItemId> items(List<History.Entry> entries) {
    return entries.stream().map(History.Entry::item).toList();
  }

  /** Oldest first. */
  private static List<ItemId> given(UsersByK protocol, int k, String name) {
    List<ItemId> given =
        new ArrayList<>(items(user(protocol, k, name).evidence().support().entries()));
    Collections.reverse(given);
    return given;
  }

  @Test
  void aSupportOfMoreHoldsThatOfFewer() throws IOException {
    UsersByK protocol = byK(7);
    List<ItemId> whole = given(protocol, -1, "long");
    assertThat(whole).hasSize(20);
    for (int k : List.of(0, 1, 3, 20)) {
      assertThat(given(protocol, k, "long")).isEqualTo(whole.subList(0, k));
    }
  }

  @Test
  void everyCountAsksTheSameAndRanksTheSameItems() throws IOException {
    UsersByK protocol = byK(7);
    Case whole = user(protocol, -1, "middle");
    assertThat(whole.query()).hasSize(QUERY);
    assertThat(whole.asked().hidden()).hasSize(10);
    assertThat(whole.asked().relevant()).hasSize(QUERY);
    for (int k : List.of(0, 1, 3)) {
      Case asked = user(protocol, k, "middle");
      assertThat(asked.query()).isEqualTo(whole.query());
      assertThat(asked.asked()).isEqualTo(whole.asked());
    }
  }

  @Test
  void whoHasFewerIsLeftOutAndTheCurveAsksWhoIsInAtEveryCount() throws IOException {
    RankingMethod popularity = UsersByKTest.ranking("popularity", true, false);
    RatingMethod four = UsersByKTest.constant(4, false);
    Figures figures = byK(7).run(List.of(popularity), List.of(four), (method, k) -> {});
    assertThat(figures.rankings()).extracting(Figures.Ranking::k).isEqualTo(COUNTS);
    assertThat(figures.rankings())
        .extracting(Figures.Ranking::users)
        .containsExactly(3, 3, 3, 2, 1);
    assertThat(figures.ratings()).extracting(Figures.Rating::users).containsExactly(3, 3, 3, 2, 1);
    assertThat(figures.curve()).extracting(Figures.CurvePoint::k).containsExactly(0, 1, 3, 20);
    assertThat(figures.curve()).allMatch(point -> point.users() == 1);
    assertThat(figures.curveAsks()).contains("of whose fixed support 20 interactions or more");
  }

  @Test
  void theSeedSaysTheOrderAndTheRowsOfTheFileDoNot() throws IOException {
    List<ItemId> order = given(byK(7), 20, "long");
    assertThat(given(byK(8), 20, "long"))
        .isNotEqualTo(order)
        .containsExactlyInAnyOrderElementsOf(order);
    assertThat(order).as("not by item").isNotEqualTo(order.stream().sorted().toList());
    List<String> rows =
        new ArrayList<>(Files.readAllLines(folder.resolve("user_cold_testing.tsv")));
    rows.remove(0);
    rows = Shuffled.of(rows, new SplittableRandom(3));
    writeTest(rows);
    assertThat(given(byK(7), 20, "long")).isEqualTo(order);
  }

  @Test
  void timesComeBeforeTheSeed() throws IOException {
    Experiment experiment = read(folder);
    HeldOutUser timed =
        new HeldOutUser(
            new UserId("timed"),
            List.of(
                new History.Entry(new ItemId("i03"), 5, 30),
                new History.Entry(new ItemId("i01"), 5, 10),
                new History.Entry(new ItemId("i02"), 5, 20),
                new History.Entry(new ItemId("i04"), 5, 5)),
            3);
    HeldOutUser ordered =
        experiment
            .within(experiment.training(), List.of(timed), "timed")
            .withSupportInOrder(1)
            .test()
            .get(0);
    assertThat(items(ordered.inOrder()))
        .extracting(ItemId::value)
        .containsExactly("i01", "i02", "i03", "i04");
  }

  @Test
  void nothingThatIsAskedIsGivenOrTrainedOn() throws IOException {
    UsersByK protocol = byK(7);
    for (int k : COUNTS) {
      for (Case each : protocol.met(k)) {
        assertThat(items(each.evidence().support().entries()))
            .doesNotContainAnyElementsOf(items(each.query()));
      }
    }
    for (HeldOutUser each : read(folder).test()) {
      assertThat(read(folder).training().history(each.user()).entries()).isEmpty();
    }
    Files.writeString(
        folder.resolve("user_cold_testing.tsv"),
        "short\ti06\t5\tsupport\n",
        StandardOpenOption.APPEND);
    assertThatThrownBy(() -> read(folder))
        .hasMessageContaining("user_cold_testing.tsv:49: user short has item i06 twice");
  }

  @Test
  void aWrittenSplitReadBackIsInTheSameOrder() throws IOException {
    Experiment ordered = read(folder).withSupportInOrder(7);
    Path written = folder.resolve("written");
    SplitWriter.write(ordered, written);
    assertThat(read(written).test()).isEqualTo(ordered.test());
    assertThat(read(written).withSupportInOrder(7).test()).isEqualTo(ordered.test());
  }
}
