package dev.thaw.evaluation.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.popularity.Popularity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final DomainId BOOKS = new DomainId("books");
  private static final int USERS = 100;
  private static final UserSplit USERS_OF_SEED = new UserSplit(0.2, 1_000, 5, 1);

  /** User u acts on u, u + 1, ... at the times 10 u, 10 u + 1, ...; every other one reads books. */
  private static EvaluationData data(long bookTime) {
    return data(bookTime, true);
  }

  private static EvaluationData data(long bookTime, boolean timed) {
    InteractionsBuilder movies = Interactions.builder(MOVIES);
    InteractionsBuilder books = Interactions.builder(BOOKS);
    for (int u = 0; u < USERS; u++) {
      for (int n = 0; n < 20; n++) {
        movies.add(user(u), new ItemId("m" + (u + n) % 50), 5, 10L * u + n);
      }
      if (u % 2 == 0) {
        books.add(user(u), new ItemId("b" + u % 7), 5, bookTime);
      }
    }
    DomainDefinitions domains =
        DomainDefinitions.of(
            List.of(domain(MOVIES, List.of(BOOKS)), domain(BOOKS, List.of())), List.of());
    return new EvaluationData(
        domains,
        Map.of(MOVIES, movies.build(), BOOKS, books.build()),
        Map.of(),
        Map.of(),
        0,
        timed);
  }

  private static DomainDefinition domain(DomainId name, List<DomainId> sources) {
    return new DomainDefinition(name, 1, 5, 4, List.of(), List.of(), sources);
  }

  private static UserId user(int number) {
    return new UserId("u%03d".formatted(number));
  }

  private static Set<UserId> tested(Experiment experiment) {
    Set<UserId> users = new HashSet<>();
    experiment.test().forEach(each -> users.add(each.user()));
    return users;
  }

  @Test
  void foldsAreDisjointAndTogetherEverybody() {
    List<UserId> met = new ArrayList<>();
    for (UserFold fold : UserFold.all(USERS_OF_SEED, 5)) {
      Set<UserId> users = tested(fold.on(data(0), MOVIES));
      assertThat(users).hasSize(USERS / 5);
      met.addAll(users);
    }
    assertThat(met).hasSize(USERS).doesNotHaveDuplicates();
  }

  @Test
  void historiesElsewhereHaveNoTimesThatTheImportMadeUp() {
    for (boolean timed : new boolean[] {true, false}) {
      Experiment experiment =
          UserFold.all(USERS_OF_SEED, 5).get(0).on(data(1_000_000, timed), MOVIES);
      UserId reader = user(2);
      // asked before any book was read, if the times are to be believed
      assertThat(experiment.served(null).evidence(reader, History.EMPTY, 500).sources().keySet())
          .isEqualTo(timed ? Set.of() : Set.of(BOOKS));
    }
  }

  @Test
  void aCapOnUsersHoldsForAllFoldsTogether() {
    UserSplit capped = new UserSplit(0.2, 37, 5, 1);
    List<UserId> met = new ArrayList<>();
    UserFold.all(capped, 5).forEach(fold -> met.addAll(tested(fold.on(data(0), MOVIES))));
    assertThat(met).hasSize(37).doesNotHaveDuplicates();
  }

  @Test
  void aTemporalSplitTrainsBeforeTheCutAndTestsWhoCameAfter() {
    Experiment experiment = new TemporalSplit(USERS_OF_SEED).on(data(0), MOVIES);
    assertThat(experiment.before()).isEqualTo(800);
    assertThat(tested(experiment)).hasSize(20).contains(user(80), user(99));
    for (HeldOutUser user : experiment.test()) {
      assertThat(user.inOrder()).extracting(History.Entry::timeMillis).allMatch(t -> t >= 800);
    }
    Interactions training = experiment.training();
    for (int at = 0; at < training.size(); at++) {
      assertThat(training.rowTime(at)).isLessThan(800);
    }
    assertThat(training.history(user(79)).entries()).as("790 to 799 alone").hasSize(10);
  }

  @Test
  void popularityOfATemporalSplitKnowsNothingOfWhatCameLater() {
    Experiment experiment = new TemporalSplit(USERS_OF_SEED).on(data(0), MOVIES);
    double counted =
        Popularity.of(experiment.positives()).ranked().stream()
            .mapToDouble(Popularity.Counted::count)
            .sum();
    // users 0 to 78 with all 20 but the last of user 79, whose second ten come after the cut
    assertThat(counted).isEqualTo(79 * 20 + 10);
  }

  @Test
  void whatHappensInASourceAfterTheCutIsNotKnownEither() {
    assertThat(new TemporalSplit(USERS_OF_SEED).on(data(799), MOVIES).sources()).hasSize(1);
    assertThat(new TemporalSplit(USERS_OF_SEED).on(data(800), MOVIES).sources()).isEmpty();
  }

  @Test
  void aFutureEventInTheTrainingDataOfATemporalExperimentIsRefused() {
    Experiment cut = new TemporalSplit(USERS_OF_SEED).on(data(0), MOVIES);
    Interactions leaking =
        data(0).interactions().get(MOVIES).ofUsers(user -> !tested(cut).contains(user));
    assertThatThrownBy(() -> copy(cut, leaking, cut.test()))
        .hasMessageContaining("training data of movies holds user u079 with item m")
        .hasMessageContaining("which is not before the cut-off 1970-01-01T00:00:00.800Z");
  }

  @Test
  void aTestUserWhoWasThereBeforeTheCutIsRefused() {
    Experiment cut = new TemporalSplit(USERS_OF_SEED).on(data(0), MOVIES);
    HeldOutUser early =
        new HeldOutUser(
            new UserId("early"), List.of(new History.Entry(new ItemId("m1"), 5, 799)), null);
    assertThatThrownBy(() -> copy(cut, cut.training(), List.of(early)))
        .hasMessageContaining("held-out user early has item m1 at 1970-01-01T00:00:00.799Z");
  }

  private static Experiment copy(Experiment of, Interactions training, List<HeldOutUser> test) {
    return new Experiment(
        of.target(),
        of.scale(),
        training,
        of.sources(),
        test,
        of.catalogue(),
        of.profiles(),
        of.attributes(),
        of.origin(),
        of.before(),
        of.pairs());
  }

  @Test
  void aDomainWithoutTimesCanNotBeCutInTime() {
    InteractionsBuilder untimed = Interactions.builder(BOOKS);
    for (int u = 0; u < 30; u++) {
      for (int n = 0; n < 6; n++) {
        untimed.add(user(u), new ItemId("b" + n), 5);
      }
    }
    EvaluationData data = data(0);
    EvaluationData without =
        new EvaluationData(
            data.domains(), Map.of(BOOKS, untimed.build()), Map.of(), Map.of(), 0, true);
    assertThat(new TemporalSplit(USERS_OF_SEED).obstacle(without, BOOKS))
        .contains("some interactions there have no time");
  }

  @Test
  void usersOfASourceAreHeldOutOfTheTargetAndMayBeMapped() {
    Experiment experiment = new SourceUsersSplit(USERS_OF_SEED).on(data(0), MOVIES);
    assertThat(tested(experiment)).hasSize(10);
    for (HeldOutUser user : experiment.test()) {
      assertThat(experiment.sources().get(BOOKS).interactions().history(user.user()).entries())
          .isNotEmpty();
    }
    assertThat(new SourceUsersSplit(USERS_OF_SEED).obstacle(data(0), BOOKS))
        .contains("it has no source domain");
  }

  @Test
  void ofMeluTheLastTenAreTheQuery() {
    Experiment experiment = new MeluSplit(USERS_OF_SEED).on(data(0), MOVIES);
    assertThat(experiment.test()).hasSize(20).allMatch(user -> user.query(10).size() == 10);
    assertThat(experiment.test()).extracting(HeldOutUser::support).containsOnly(10);
  }

  @Test
  void ofADomainThatHasJustOpenedOnlyAFewUsersAreTrainedOn() {
    Experiment experiment = new ColdDomainSplit(USERS_OF_SEED, 7).on(data(0), MOVIES);
    assertThat(experiment.test()).hasSize(20);
    assertThat(experiment.training().size()).isEqualTo(7 * 20);
  }
}
