package dev.thaw.models.served;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.bridge.GateDecision;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.training.TrainingProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ServedFallbacksTest {
  private static final DomainId BOOKS = new DomainId("books");
  private static final int USERS = 600;
  private static final int TASTES = 4;
  private static final ServedData DATA = PlantedTastes.of(USERS, 0.8, "books");

  private static Map<UserId, UserProfile> profiles(IntFunction<UserProfile> byNumber) {
    Map<UserId, UserProfile> profiles = new HashMap<>();
    for (int u = 0; u < USERS; u++) {
      UserProfile profile = byNumber.apply(u);
      profiles.put(profile.userId(), profile);
    }
    return profiles;
  }

  private static UserId user(int number) {
    return new UserId("u%03d".formatted(number));
  }

  private static GateDecision decided(Map<UserId, UserProfile> profiles) {
    Interactions books = DATA.sources().get(BOOKS).interactions();
    Interactions movies = DATA.interactions();
    return new BridgeTrainer(1, new ServedFallbacks(profiles, List.of("club"), 1, 3))
        .fit(
            new BridgeData(books, movies, factors(books), factors(movies)), new SplittableRandom(4))
        .decision();
  }

  private static FactorModel factors(Interactions positives) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(8, 5, 1, 5, 0), PlantedTastes.SCALE, 1, TrainingProgress.SILENT)
        .fit(positives, new SplittableRandom(2));
  }

  @Test
  void aBridgeStaysShutWhereASegmentOrOnboardingSaysAsMuch() {
    GateDecision open =
        decided(
            profiles(
                u ->
                    profile(
                        u,
                        u / TASTES,
                        answer(BOOKS, u % TASTES, 3, true),
                        answer(PlantedTastes.MOVIES, u % TASTES, 4, false))));
    assertThat(open.enabled()).as("profiles that say nothing: %s", open).isTrue();
    GateDecision members = decided(profiles(u -> profile(u, u)));
    assertThat(members.targetOnly()).isGreaterThan(open.targetOnly() + 0.05);
    assertThat(members.enabled()).as("clubs of one taste: %s", members).isFalse();
    GateDecision answered =
        decided(
            profiles(
                u ->
                    profile(
                        u,
                        u / TASTES,
                        answer(PlantedTastes.MOVIES, u % TASTES, 3, true),
                        answer(PlantedTastes.MOVIES, u % TASTES, 4, true))));
    assertThat(answered.targetOnly()).isGreaterThan(open.targetOnly() + 0.05);
    assertThat(answered.enabled()).as("answers: %s", answered).isFalse();
  }

  private static UserProfile profile(int user, int club, OnboardingAnswer... answers) {
    return new UserProfile(
        user(user), Map.of("club", "" + club % TASTES), List.of(answers), Instant.EPOCH);
  }

  private static OnboardingAnswer answer(DomainId domain, int taste, int number, boolean liked) {
    return new OnboardingAnswer(domain, PlantedTastes.item(domain, taste, number), liked);
  }

  @Test
  void whatIsPopularNowIsCountedWithItsHalfLifeWhetherLikedOrNot() {
    ItemId old = new ItemId("old");
    ItemId fresh = new ItemId("fresh");
    ItemId met = new ItemId("met");
    long now = Duration.ofDays(365).toMillis();
    InteractionsBuilder all = Interactions.builder(PlantedTastes.MOVIES);
    for (int u = 0; u < 7; u++) {
      all.add(user(u), old, 5, now - Duration.ofDays(60).toMillis());
    }
    all.add(user(0), fresh, 5, now);
    all.add(user(1), fresh, 5, Interactions.UNTIMED);
    all.add(user(2), met, 1, now - Duration.ofDays(30).toMillis());
    Interactions everything = all.build();
    Interactions liked = everything.where(PlantedTastes.SCALE::isPositive);
    Fallbacks.Scores recent =
        new ServedFallbacks(Map.of(), List.of(), 1, 3)
            .fit(new Fallbacks.Known(liked, everything, factors(liked)))
            .get(0);
    float[] scores = new float[3];
    recent.score(user(0), scores);
    assertThat(scores[liked.items().indexOf(fresh)]).isEqualTo(2);
    assertThat(scores[liked.items().indexOf(old)]).isEqualTo(7 / 4f);
    assertThat(scores[liked.items().indexOf(met)]).isEqualTo(1 / 2f);
  }
}
