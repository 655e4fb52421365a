package dev.thaw.models.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.popularity.Popularity;
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentTrainerTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private final Map<UserId, UserProfile> profiles = new HashMap<>();

  /** What decides which items a user likes. */
  private enum Taste {
    AGE,
    COIN,
    NOTHING
  }

  /**
   * 600 users of two ages and two regions, 60 items; each likes 8 of the first or of the last 30
   * items, or of all.
   */
  private SegmentData data(Taste taste) {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder data = Interactions.builder(MOVIES);
    for (int u = 0; u < 600; u++) {
      UserId user = new UserId("u" + u);
      boolean young = random.nextBoolean();
      boolean first = taste == Taste.AGE ? young : random.nextBoolean();
      profiles.put(
          user,
          new UserProfile(
              user,
              Map.of("age", young ? "young" : "old", "region", random.nextBoolean() ? "eu" : "us"),
              List.of(),
              Instant.EPOCH));
      for (int n = 0; n < 8; n++) {
        int item = (first ? 0 : 30) + random.nextInt(30);
        data.add(user, item(taste == Taste.NOTHING ? random.nextInt(60) : item), 5);
      }
    }
    Interactions interactions = data.build();
    return new SegmentData(interactions, factors(interactions), profiles, List.of("region", "age"));
  }

  private static FactorModel factors(Interactions interactions) {
    return FactorTrainers.implicitAls(
            new ImplicitAlsConfig(4, 10, 4, 2, 0), SCALE, 1, TrainingProgress.SILENT)
        .fit(interactions, new SplittableRandom(1));
  }

  private static ItemId item(int number) {
    return new ItemId(String.format("i%02d", number));
  }

  private static SegmentModel fit(SegmentData data) {
    return new SegmentTrainer().fit(data, new SplittableRandom(3));
  }

  @Test
  void theAttributeThatDecidesTasteMakesTheSegments() {
    SegmentModel model = fit(data(Taste.AGE));
    assertThat(model.gate().isOpen()).isTrue();
    assertThat(model.assign(Map.of("age", "young", "region", "eu")).segment())
        .contains("age=young");
    SegmentAssignment old = model.assign(Map.of("age", "old", "region", "us"));
    int first =
        model.segment(old.segment()).popularity().ranked().get(0).item().compareTo(item(30));
    assertThat(first).isGreaterThanOrEqualTo(0);
  }

  @Test
  void attributesAndLikesThatSayNothingMakeNoSegments() {
    SegmentModel model = fit(data(Taste.NOTHING));
    assertThat(model.gate().isOpen()).isFalse();
    assertThat(model.segments()).hasSize(1);
    assertThat(model.assign(Map.of("age", "young", "region", "eu")))
        .isEqualTo(SegmentAssignment.WHOLE_DOMAIN);
  }

  @Test
  void onboardingAnswersPlaceAUserWithoutAttributes() {
    SegmentData data = data(Taste.AGE);
    SegmentModel model = fit(data);
    List<OnboardingAnswer> answers =
        List.of(
            new OnboardingAnswer(MOVIES, item(3), true),
            new OnboardingAnswer(MOVIES, item(7), true),
            new OnboardingAnswer(MOVIES, item(40), false));
    UserProfile profile = new UserProfile(new UserId("new"), Map.of(), answers, Instant.EPOCH);
    SegmentAssignment assigned = model.assign(profile, History.EMPTY, data.factors());
    assertThat(assigned.basis()).isEqualTo(SegmentAssignment.Basis.ONBOARDING);
    assertThat(assigned.segment()).contains("age=young");
    assertThat(assigned.confidence()).isBetween(SegmentAssignment.MIN_CONFIDENCE, 1.0);
  }

  @Test
  void likesThatAllCellsShareKeepTheSharesOfTheCells() {
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    for (int u = 0; u < 1_000; u++) {
      UserId user = new UserId("u" + u);
      String plan = u % 25 == 0 ? "rare" : "usual";
      profiles.put(user, new UserProfile(user, Map.of("plan", plan), List.of(), Instant.EPOCH));
      for (int n = 0; n < 3; n++) {
        builder.add(user, item((u / 25 + n) % 10), 5);
      }
    }
    Interactions interactions = builder.build();
    Cells cells = new Cells(interactions, profiles);
    List<Segment> segments = new ArrayList<>();
    segments.add(cells.wholeDomain());
    segments.addAll(cells.of(List.of("plan")));
    SegmentModel model =
        SegmentModel.ofCells(
            MOVIES,
            List.of("plan"),
            segments,
            SegmentGate.UNMEASURED,
            Set.of(SegmentAssignment.Basis.ONBOARDING));
    FactorModel factors = factors(interactions);
    assertThat(segments).extracting(Segment::users).containsExactly(1_000, 40, 960);
    for (int likes = 1; likes <= 10; likes++) {
      ItemId[] liked = IntStream.range(0, likes).mapToObj(n -> item(n)).toArray(ItemId[]::new);
      SegmentAssignment assigned = model.assign(answering(liked), History.EMPTY, factors);
      assertThat(assigned.segment()).isEqualTo("plan=usual");
      assertThat(assigned.confidence()).as("%s likes", likes).isBetween(0.9, 0.99);
    }
  }

  @Test
  void aHistoryThatIsNoBasisTakesNobodyOutOfTheSegmentOfTheAnswers() {
    SegmentData data = data(Taste.AGE);
    SegmentModel fitted = fit(data);
    SegmentModel model =
        SegmentModel.ofCells(
            MOVIES,
            List.of("age"),
            fitted.segments(),
            fitted.gate(),
            Set.of(SegmentAssignment.Basis.ONBOARDING));
    UserProfile answers = answering(item(3), item(7));
    SegmentAssignment before = model.assign(answers, History.EMPTY, data.factors());
    assertThat(before.segment()).contains("age=young");
    assertThat(model.assign(answers, liked(item(40)), data.factors())).isEqualTo(before);
    assertThat(fitted.assign(answers, liked(item(40)), data.factors()).basis())
        .as("where it is one")
        .isEqualTo(SegmentAssignment.Basis.HISTORY);
  }

  @Test
  void aHistoryThatIsNoBasisTakesNobodyOutOfTheGroupOfTheAttributes() {
    Segment first = new Segment("first", 50, 80, popular(item(0), item(1)));
    Segment second = new Segment("second", 50, 80, popular(item(30), item(31)));
    Likelihoods groups =
        new Likelihoods(
            List.of(first, second),
            List.of(Map.of("age=young", 49, "age=old", 1), Map.of("age=young", 1, "age=old", 49)),
            Set.of(SegmentAssignment.Basis.ATTRIBUTES));
    Segment everyone = new Segment(Segment.WHOLE_DOMAIN, 100, 160, popular(item(0), item(30)));
    SegmentModel model = SegmentModel.ofGroups(MOVIES, everyone, groups, SegmentGate.UNMEASURED);
    UserProfile young =
        new UserProfile(new UserId("new"), Map.of("age", "young"), List.of(), Instant.EPOCH);
    FactorModel factors = data(Taste.AGE).factors();
    assertThat(model.assign(young, History.EMPTY, factors).segment()).isEqualTo("first");
    assertThat(model.assign(young, liked(item(30)), factors).segment()).isEqualTo("first");
  }

  private static Popularity popular(ItemId most, ItemId then) {
    return new Popularity(
        MOVIES, List.of(new Popularity.Counted(most, 60), new Popularity.Counted(then, 20)));
  }

  private static History liked(ItemId item) {
    return new History(1, List.of(new History.Entry(item, 5, 0)));
  }

  /** 15 items that everybody likes most of, and then one of two, by age. */
  @Test
  void likesThatSayNothingOfTheCellsPlaceNobody() {
    SplittableRandom random = new SplittableRandom(7);
    InteractionsBuilder builder = Interactions.builder(MOVIES);
    for (int u = 0; u < 600; u++) {
      UserId user = new UserId("u" + u);
      boolean young = random.nextBoolean();
      profiles.put(
          user,
          new UserProfile(user, Map.of("age", young ? "young" : "old"), List.of(), Instant.EPOCH));
      for (int n = 0; n < 15; n++) {
        if (random.nextDouble() < 0.8) {
          builder.add(user, item(n), 5, n);
        }
      }
      builder.add(user, item(young ? 20 : 21), 5, 100);
    }
    Interactions interactions = builder.build();
    FactorModel factors = factors(interactions);
    SegmentModel model = fit(new SegmentData(interactions, factors, profiles, List.of("age")));
    assertThat(model.assign(Map.of("age", "young")).segment()).isEqualTo("age=young");
    UserProfile unknown = UserProfile.empty(new UserId("new"));
    for (int first = 0; first < 13; first++) {
      ItemId[] liked = {item(first), item(first + 1), item(first + 2)};
      List<History.Entry> entries =
          Arrays.stream(liked).map(each -> new History.Entry(each, 5, 0)).toList();
      assertThat(model.assign(answering(liked), History.EMPTY, factors).isWholeDomain()).isTrue();
      assertThat(model.assign(unknown, new History(3, entries), factors).isWholeDomain()).isTrue();
      assertThat(model.member(unknown, new History(3, entries), factors).isWholeDomain()).isTrue();
    }
  }

  @Test
  void whereAttributesSayNothingLikeTastesMakeGroups() {
    SegmentData data = data(Taste.COIN);
    SegmentModel model = fit(data);
    assertThat(model.gate().isOpen()).isTrue();
    assertThat(model.segments()).hasSizeGreaterThanOrEqualTo(3);
    for (Segment group : model.segments().subList(1, model.segments().size())) {
      long ofFirst =
          group.popularity().ranked().stream()
              .limit(20)
              .filter(each -> each.item().compareTo(item(30)) < 0)
              .count();
      assertThat(ofFirst).as(group.name()).isIn(0L, 20L);
    }
    for (int n : List.of(0, 30)) {
      SegmentAssignment assigned =
          model.assign(
              answering(item(n + 3), item(n + 7), item(n + 20)), History.EMPTY, data.factors());
      assertThat(assigned.basis()).isEqualTo(SegmentAssignment.Basis.ONBOARDING);
      ItemId most = model.segment(assigned.segment()).popularity().ranked().get(0).item();
      assertThat(most.compareTo(item(30)) < 0).isEqualTo(n == 0);
    }
    assertThat(model.assign(Map.of("age", "ageless")).isWholeDomain()).isTrue();
  }

  @Test
  void warmUsersMakeTheGroupTheyAreLike() {
    SegmentData data = data(Taste.COIN);
    SegmentModel model = fit(data);
    for (UserId user : data.interactions().users().subList(0, 50)) {
      History history = data.interactions().history(user);
      boolean first = history.entries().get(0).item().compareTo(item(30)) < 0;
      SegmentAssignment member = model.member(profiles.get(user), history, data.factors());
      ItemId most = model.segment(member.segment()).popularity().ranked().get(0).item();
      assertThat(most.compareTo(item(30)) < 0).isEqualTo(first);
    }
  }

  private static UserProfile answering(ItemId... liked) {
    List<OnboardingAnswer> answers =
        Arrays.stream(liked).map(each -> new OnboardingAnswer(MOVIES, each, true)).toList();
    return new UserProfile(new UserId("new"), Map.of(), answers, Instant.EPOCH);
  }

  @Test
  void unknownValuesBelongToTheWholeDomain() {
    SegmentModel model = fit(data(Taste.AGE));
    assertThat(model.assign(Map.of("age", "ageless", "region", "eu")).isWholeDomain()).isTrue();
    assertThat(model.assign(Map.of()).isWholeDomain()).isTrue();
  }

  @Test
  void theBinaryFormKeepsEverything() {
    SegmentModel model = fit(data(Taste.AGE));
    SegmentModel read = SegmentModel.read(new BinaryReader("segments", bytes(model)));
    assertThat(read.segments()).isEqualTo(model.segments());
    assertThat(read.gate()).isEqualTo(model.gate());
    Map<String, String> attributes = Map.of("age", "old", "region", "eu");
    assertThat(read.assign(attributes)).isEqualTo(model.assign(attributes));
    UserProfile answers = answering(item(3), item(7));
    FactorModel factors = data(Taste.AGE).factors();
    assertThat(read.assign(answers, History.EMPTY, factors))
        .isEqualTo(model.assign(answers, History.EMPTY, factors));
  }

  @Test
  void theBinaryFormKeepsGroups() {
    SegmentData data = data(Taste.COIN);
    SegmentModel model = fit(data);
    SegmentModel read = SegmentModel.read(new BinaryReader("segments", bytes(model)));
    UserProfile user =
        new UserProfile(
            new UserId("new"),
            Map.of("age", "old", "region", "eu"),
            answering(item(31), item(50)).onboarding(),
            Instant.EPOCH);
    assertThat(read.assign(user, History.EMPTY, data.factors()))
        .isEqualTo(model.assign(user, History.EMPTY, data.factors()));
  }

  @Test
  void modelsWithoutGroupsFromEarlierVersionsAreRead() {
    SegmentModel model = fit(data(Taste.AGE));
    byte[] bytes = bytes(model);
    byte[] earlier = Arrays.copyOf(bytes, bytes.length - 2);
    earlier[0] = 1;
    SegmentModel read = SegmentModel.read(new BinaryReader("segments", earlier));
    assertThat(read.segments()).isEqualTo(model.segments());
  }

  private static byte[] bytes(SegmentModel model) {
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    return out.toByteArray();
  }
}
