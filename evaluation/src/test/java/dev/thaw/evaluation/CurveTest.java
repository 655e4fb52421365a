package dev.thaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.evaluation.methods.RankingMethod;
import dev.thaw.evaluation.report.Figures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.metrics.Bootstrap;
import dev.thaw.models.served.Evidence;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final DomainId MOVIES = new DomainId("movies");

  /** Scores an item by its number: the list is 59, 58, ... without what is hidden. */
  private static final RankingMethod BY_NUMBER =
      new RankingMethod() {
        @Override
        public String name() {
          return "by number";
        }

        @Override
        public boolean score(Evidence user, float[] out) {
          for (int i = 0; i < out.length; i++) {
            out[i] = i;
          }
          return true;
        }
      };

  private static ItemId item(int number) {
    return new ItemId("i%02d".formatted(number));
  }

  /** Likes the items from this number down. */
  private static HeldOutUser user(String id, int from, int likes) {
    List<History.Entry> inOrder =
        IntStream.range(0, likes).mapToObj(n -> new History.Entry(item(from - n), 5, n)).toList();
    return new HeldOutUser(new UserId(id), inOrder, null);
  }

  private static Figures figures(HeldOutUser... users) {
    InteractionsBuilder training = Interactions.builder(MOVIES);
    for (int i = 0; i < 60; i++) {
      training.add(new UserId("trained"), item(i), 5);
    }
    Experiment experiment =
        new Experiment(
            MOVIES,
            new RatingScale(1, 5, 4),
            training.build(),
            Map.of(),
            List.of(users),
            Map.of(),
            Map.of(),
            List.of(),
            "test");
    return new UsersByK(experiment, List.of(0, 3, 20, 30), Bootstrap.DEFAULT, 1, 0)
        .run(List.of(BY_NUMBER), List.of(), (method, k) -> {});
  }

  @Test
  void everyCountAsksTheSameUsersTheSame() {
    // a likes 59 down to 35: after the first 20 come 39 to 35, which are then at the top
    Figures figures = figures(user("a", 59, 25), user("b", 40, 20));
    assertThat(figures.curve()).extracting(Figures.CurvePoint::k).containsExactly(0, 3, 20);
    assertThat(figures.curve())
        .allSatisfy(
            point -> {
              assertThat(point.users()).as("20 likes are too few").isEqualTo(1);
              assertThat(point.ndcg10().mean()).isEqualTo(1);
              assertThat(point.recall10().mean()).isEqualTo(1);
            });
  }

  @Test
  void theTableOfAllUsersStaysBesideIt() {
    List<Figures.Ranking> rows = figures(user("a", 59, 25), user("b", 40, 20)).rankings();
    assertThat(rows).extracting(Figures.Ranking::k).containsExactly(0, 3, 20, 30);
    assertThat(rows).extracting(Figures.Ranking::users).containsExactly(2, 2, 1, 0);
    assertThat(rows.get(0).recall10().mean()).isEqualTo((10 / 25.0 + 0) / 2);
  }
}
