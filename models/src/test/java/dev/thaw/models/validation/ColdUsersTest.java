package dev.thaw.models.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.ranking.PopularityRanker;
import dev.thaw.models.ranking.Ranker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColdUsersTest {
  private static final DomainId MOVIES = new DomainId("movies");

  /** Users like 12 items of one of four tastes; a taste has 25 items. */
  private static Interactions tastes(int users) {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 12; n++) {
        ItemId item = new ItemId("m" + u % 4 + "-" + random.nextInt(25));
        builder.add(new UserId("u" + u), item, 5, n * 1_000L);
      }
    }
    return builder.build();
  }

  private static ColdUsers choose(Interactions all, long seed) {
    return ColdUsers.choose(all, 40, new SplittableRandom(seed));
  }

  @Test
  void whoIsHeldOutIsInNoTraining() {
    Interactions all = tastes(200);
    ColdUsers users = choose(all, 1);
    assertThat(users.size()).isEqualTo(40);
    Interactions training = users.training();
    long rows = all.users().stream().filter(u -> !training.history(u).entries().isEmpty()).count();
    assertThat(rows).isEqualTo(160);
    assertThat(training.items()).isEqualTo(all.items());
  }

  @Test
  void aRankerOfTheTasteBeatsPopularityAndIsTaken() {
    ColdUsers users = choose(tastes(200), 1);
    Ranker popularity = PopularityRanker.fit(users.training());
    Ranker cosine =
        new ItemToItemTrainer(ItemToItemConfig.cosine(30), new RatingScale(1, 5, 4), 1)
            .fit(users.training());
    assertThat(users.ndcg(cosine)).isGreaterThan(2 * users.ndcg(popularity));
    assertThat(users.best(List.of(popularity, cosine))).isSameAs(cosine);
  }

  @Test
  void whatEachUserAddsSumsToTheFigureWhoeverIsMetLessOften() {
    ColdUsers users = choose(tastes(200), 1);
    Ranker popularity = PopularityRanker.fit(users.training());
    double[] byUser = users.ndcgByUser(popularity);
    assertThat(byUser).hasSize(40);
    assertThat(users.ndcg(popularity, 10)).hasSizeLessThan(40);
    assertThat(Arrays.stream(byUser).sum()).isCloseTo(users.ndcg(popularity), within(1e-12));
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    Interactions all = tastes(200);
    Ranker popularity = PopularityRanker.fit(all);
    assertThat(choose(all, 3).ndcg(popularity, 3)).isEqualTo(choose(all, 3).ndcg(popularity, 3));
    assertThat(choose(all, 3).ndcg(popularity, 3)).isNotEqualTo(choose(all, 4).ndcg(popularity, 3));
  }

  /** Ranks the questions first, and keeps what it was told. */
  private static Ranker asking(Interactions all, Set<ItemId> questions, List<History> told) {
    return new Ranker() {
      @Override
      public String name() {
        return "asking";
      }

      @Override
      public ItemDictionary items() {
        return all.items();
      }

      @Override
      public void score(History history, float[] out) {
        told.add(history);
        for (int item = 0; item < out.length; item++) {
          out[item] = questions.contains(all.items().get(item)) ? 1 : 0;
        }
      }
    };
  }

  @Test
  void whoIsDealtOutIsAskedAboutWhatTheOthersLikeMost() {
    Interactions all = tastes(200);
    ColdUsers users =
        ColdUsers.folds(all, UserAttributes.NONE, 4, 20, new SplittableRandom(1)).get(0);
    Interactions others = users.training();
    Set<ItemId> questions = new HashSet<>();
    Popularity.of(others).ranked().subList(0, 10).forEach(each -> questions.add(each.item()));
    List<History> told = new ArrayList<>();
    Ranker ranker = asking(all, questions, told);
    double[] figures = users.ndcg(ranker, ColdUsers.asked(10));
    assertThat(figures).as("whatever they like").hasSize(users.size()).hasSize(told.size());
    assertThat(told)
        .allSatisfy(
            history -> {
              assertThat(history.answers()).isEqualTo(history.entries().size());
              assertThat(history.asked()).containsExactlyInAnyOrderElementsOf(questions);
            })
        .anyMatch(history -> history.answers() > 2);
    // were the questions ranked, nobody who likes something else could be served well
    double[] nothing = users.ndcg(asking(all, Set.of(), told), ColdUsers.asked(10));
    assertThat(figures).isEqualTo(nothing);
    told.clear();
    assertThat(users.ndcg(ranker, ColdUsers.asked(3))).hasSize(users.size());
    assertThat(told)
        .allMatch(history -> history.asked().size() == 3)
        .anyMatch(h -> h.answers() == 0);
  }

  @Test
  void questionsAreAsManyAsAreMeasured() {
    assertThatThrownBy(() -> ColdUsers.asked(2))
        .hasMessage("questions must be one of [3, 5, 10], were 2");
  }

  @Test
  void fewUsersAreNotHeldOut() {
    Interactions all = tastes(60);
    assertThat(choose(all, 1).isEmpty()).isTrue();
    assertThat(choose(all, 1).training().size()).isEqualTo(all.size());
  }

  @Test
  void aRankerOfOtherItemsIsRefused() {
    ColdUsers users = choose(tastes(200), 1);
    Ranker other =
        PopularityRanker.fit(
            Interactions.builder(MOVIES).add(new UserId("u"), new ItemId("x"), 5).build());
    assertThatThrownBy(() -> users.ndcg(other)).hasMessageContaining("must rank");
  }
}
