package dev.thaw.models.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import dev.thaw.models.validation.ColdUsers;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImplicitAlsTuningTest {
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);
  private static final ImplicitAlsConfig BASE = new ImplicitAlsConfig(8, 1_000, 1, 6, 0);

  /** Users like 12 items of one of four tastes; a taste has 25 items. */
  private static Interactions tastes(int users) {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 12; n++) {
        builder.add(new UserId("u" + u), new ItemId("m" + u % 4 + "-" + random.nextInt(25)), 5);
      }
    }
    return builder.build();
  }

  private static ImplicitAlsTuning.Choice choose(Interactions positives) {
    return new ImplicitAlsTuning(BASE, SCALE, 1, TrainingProgress.SILENT)
        .choose(positives, new SplittableRandom(3));
  }

  @Test
  void whatIsChosenBeatsPopularityAndWhatShrinksEverythingAway() {
    Interactions positives = tastes(300);
    ImplicitAlsTuning.Choice choice = choose(positives);
    assertThat(choice.metrics().get("cold_ndcg@10"))
        .isGreaterThan(2 * choice.metrics().get("cold_popularity_ndcg@10"));
    ColdUsers others = ColdUsers.choose(positives, 60, new SplittableRandom(9));
    assertThat(ndcg(choice.config(), others)).isGreaterThan(ndcg(BASE, others));
    assertThat(choice.config().rank()).isEqualTo(BASE.rank());
  }

  /** The mean of several trainings: where all is shrunk, one is as good as it began. */
  private static double ndcg(ImplicitAlsConfig config, ColdUsers users) {
    return IntStream.range(0, 12)
        .mapToDouble(
            seed -> {
              FactorModel model =
                  FactorTrainers.implicitAls(config, SCALE, 1, TrainingProgress.SILENT)
                      .fit(users.training(), new SplittableRandom(seed));
              return users.ndcg(new FactorRanker("implicit-als", model));
            })
        .average()
        .orElseThrow();
  }

  @Test
  void theSameSeedChoosesTheSame() {
    Interactions positives = tastes(150);
    assertThat(choose(positives)).isEqualTo(choose(positives));
  }

  @Test
  void tooFewUsersLeaveTheBase() {
    assertThat(choose(tastes(40)))
        .isEqualTo(new ImplicitAlsTuning.Choice(BASE, java.util.Map.of()));
  }
}
