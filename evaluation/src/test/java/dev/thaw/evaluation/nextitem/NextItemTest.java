package dev.thaw.evaluation.nextitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.Evaluation;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.methods.Extent;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.evaluation.split.EvaluationData;
import dev.thaw.evaluation.split.LeaveOutInTime;
import dev.thaw.evaluation.split.LeaveOutInTime.Parts;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NextItemTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final int ITEMS = 40;
  private static final LeaveOutInTime SPLIT = new LeaveOutInTime(0.2, 1_000, 3);

  /**
   * Each film is followed by the 17th after it; all users watch one a day, each with its own first.
   */
  private static EvaluationData data(int users, int days, boolean timed) {
    SplittableRandom random = new SplittableRandom(4);
    InteractionsBuilder movies = Interactions.builder(MOVIES);
    for (int u = 0; u < users; u++) {
      int film = random.nextInt(ITEMS);
      for (int day = 0; day < days; day++) {
        movies.add(
            new UserId("u%03d".formatted(u)),
            new ItemId("m%02d".formatted(film)),
            5,
            timed ? day : Interactions.UNTIMED);
        film = (film + 17) % ITEMS;
      }
    }
    DomainDefinition domain =
        new DomainDefinition(MOVIES, 1, 5, 4, List.of(), List.of(), List.of());
    return new EvaluationData(
        DomainDefinitions.of(List.of(domain), List.of()),
        Map.of(MOVIES, movies.build()),
        Map.of(),
        Map.of(),
        0,
        true);
  }

  @Test
  void nothingFromTheCutOnIsTrainedOnAndUsersAreGivenWhatTheyDidBefore() {
    Parts parts = SPLIT.on(data(200, 6, true), MOVIES);
    assertThat(parts.cut()).isEqualTo(4);
    Interactions training = parts.experiment().training();
    assertThat(training.size()).isEqualTo(200 * 4);
    for (int at = 0; at < training.size(); at++) {
      assertThat(training.rowTime(at)).isLessThan(4);
    }
    assertThat(parts.users()).hasSize(200);
    for (HeldOutUser user : parts.users()) {
      assertThat(user.support()).isEqualTo(4);
      assertThat(user.query(4)).extracting(History.Entry::timeMillis).containsExactly(4L, 5L);
    }
    assertThat(new LeaveOutInTime(0.2, 30, 3).on(data(200, 6, true), MOVIES).users()).hasSize(30);
  }

  @Test
  void whereNothingCanBeAskedItSaysWhy() {
    assertThat(SPLIT.obstacle(data(200, 6, false), MOVIES))
        .hasValue("some interactions there have no time");
    assertThat(SPLIT.obstacle(data(19, 6, true), MOVIES).orElseThrow())
        .startsWith("needs 20 users who like something before and after 1970-01-01T00:00:00.004Z")
        .endsWith("there are 19");
    assertThatThrownBy(() -> SPLIT.on(data(19, 6, true), MOVIES))
        .hasMessageContaining("domain movies can't be evaluated: needs 20 users");
    assertThatThrownBy(() -> new LeaveOutInTime(1, 5, 0)).hasMessageContaining("was 1.0, 5");
  }

  @Test
  void modelsOfTheOrderForetellWhatFollowsWherePopularityCanNot() {
    Extent few = new Extent(false, false, false, false);
    Figures figures =
        new Evaluation(List.of(), few, 1, 5)
            .figures(
                new NextItem(few, 1, 5)
                    .measure(SPLIT.on(data(200, 6, true), MOVIES), null, (part, done, of) -> {}));
    assertThat(figures.origin()).contains("a cut in time", "1970-01-01T00:00:00.004Z");
    for (String method : List.of("markov chain", "sequential")) {
      assertThat(next(figures, method, -1)).as(method).isGreaterThan(0.9);
      assertThat(next(figures, method, 3)).as("likes before the cut").isGreaterThan(0.9);
      assertThat(figures.rankings())
          .filteredOn(row -> row.method().equals(method) && row.k() == -1)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.users()).isEqualTo(200);
                assertThat(row.versusPopularity().low()).isGreaterThan(0);
              });
    }
    assertThat(next(figures, "popularity", -1)).isLessThan(0.5);
    assertThat(figures.curveAsks()).startsWith("each of the first 10 likes after the cut alone");
    assertThat(figures.chosen().get("trained sequential"))
        .contains("length=50", "held_out_users 20");
  }

  @Test
  void withTooFewUsersForAnOrderTheOtherMethodsAreMeasured() {
    Extent few = new Extent(false, false, false, false);
    Evaluation.Outcome outcome =
        new NextItem(few, 1, 5)
            .measure(SPLIT.on(data(60, 6, true), MOVIES), null, (part, done, of) -> {});
    assertThat(outcome.skipped())
        .containsEntry(
            "sequential", "needs 100 users with likes at two different times, there are 60");
    assertThat(outcome.measured().ranked().keySet()).containsExactly(-1, 3);
  }

  private static double next(Figures figures, String method, int group) {
    return figures.curve().stream()
        .filter(row -> row.method().equals(method) && row.k() == group)
        .findFirst()
        .orElseThrow()
        .ndcg10()
        .mean();
  }
}
