package dev.thaw.evaluation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.meta.UserScorer;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.served.Evidence;
import dev.thaw.models.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetaRankingTest {
  private static final DomainId DOMAIN = DomainId.of("target");
  private static final int ITEMS = 620;

  private static Interactions ratings() {
    SplittableRandom random = new SplittableRandom(1);
    InteractionsBuilder builder = Interactions.builder(DOMAIN);
    for (int item = 0; item < ITEMS; item++) {
      // the first are the most popular
      for (int user = 0; user < (item < 550 ? 3 : 2); user++) {
        var unused =
            builder.add(
                UserId.of("u" + (item + user * 7) % 40),
                ItemId.of("i" + item),
                1 + random.nextInt(5));
      }
    }
    return builder.build();
  }

  @Test
  void popularItemsTheUserDoesNotKnowAreRankedByPredictedRating() {
    Interactions ratings = ratings();
    MetaModel model =
        MetaTrainer.overBiases(
                MetaConfig.DEFAULT
                    .withSize(2, 8)
                    .withEpochs(1)
                    .withInner(new InnerLoop(AdaptedPart.LATER, 1, 0.1)),
                1,
                TrainingProgress.SILENT)
            .fit(MetaData.of(ratings, new RatingScale(1, 5, 4)), new SplittableRandom(3));
    ItemId known = ItemId.of("i3");
    History support = new History(1, List.of(new History.Entry(known, 5, 0)));
    float[] scores = new float[ITEMS];
    RankingMethod method = MetaRanking.of(model, Popularity.of(ratings));
    assertThat(method.score(new Evidence(UserId.of("new"), support, Map.of(), null), scores))
        .isTrue();
    UserScorer scorer = model.scorer(model.adapt(null, support));
    int ranked = 0;
    for (int item = 0; item < ITEMS; item++) {
      if (scores[item] > Float.NEGATIVE_INFINITY) {
        ranked++;
        assertThat(ratings.columnLength(item)).isEqualTo(3);
        assertThat((double) new RatingScale(1, 5, 4).clip(scores[item]))
            .isCloseTo(
                scorer.rating(model.items().get(item)),
                org.assertj.core.api.Assertions.within(1e-5));
      }
    }
    assertThat(ranked).isEqualTo(500);
    assertThat(scores[model.items().indexOf(known)]).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(method.score(new Evidence(UserId.of("x"), History.EMPTY, Map.of(), null), scores))
        .as("nothing to adapt to")
        .isFalse();
  }
}
