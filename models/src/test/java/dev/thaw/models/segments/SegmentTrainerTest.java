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
import dev.thaw.models.training.TrainingProgress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentTrainerTest {
  private static final DomainId MOVIES = new DomainId("movies");
  private static final RatingScale SCALE = new RatingScale(1, 5, 4);

  private final Map<UserId, UserProfile> profiles = new HashMap<>();

  /**
   * 600 users of two ages and two regions, 60 items; each likes 8 of the first or of the last 30
   * items.
   *
   * @param byAge whether age decides which, else a coin does
   */
  private SegmentData data(boolean byAge) {
    SplittableRandom random = new SplittableRandom(5);
    InteractionsBuilder data = Interactions.builder(MOVIES);
    for (int u = 0; u < 600; u++) {
      UserId user = new UserId("u" + u);
      boolean young = random.nextBoolean();
      boolean first = byAge ? young : random.nextBoolean();
      profiles.put(
          user,
          new UserProfile(
              user,
              Map.of("age", young ? "young" : "old", "region", random.nextBoolean() ? "eu" : "us"),
              List.of(),
              Instant.EPOCH));
      for (int n = 0; n < 8; n++) {
        data.add(user, item((first ? 0 : 30) + random.nextInt(30)), 5);
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
    SegmentModel model = fit(data(true));
    assertThat(model.gate().isOpen()).isTrue();
    assertThat(model.assign(Map.of("age", "young", "region", "eu")).segment())
        .contains("age=young");
    SegmentAssignment old = model.assign(Map.of("age", "old", "region", "us"));
    int first =
        model.segment(old.segment()).popularity().ranked().get(0).item().compareTo(item(30));
    assertThat(first).isGreaterThanOrEqualTo(0);
  }

  @Test
  void attributesThatSayNothingMakeNoSegments() {
    SegmentModel model = fit(data(false));
    assertThat(model.gate().isOpen()).isFalse();
    assertThat(model.segments()).hasSize(1);
    assertThat(model.assign(Map.of("age", "young", "region", "eu")))
        .isEqualTo(SegmentAssignment.WHOLE_DOMAIN);
  }

  @Test
  void onboardingAnswersPlaceAUserWithoutAttributes() {
    SegmentData data = data(true);
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
    assertThat(assigned.confidence()).isBetween(SegmentModel.MIN_CONFIDENCE, 1.0);
  }

  @Test
  void unknownValuesBelongToTheWholeDomain() {
    SegmentModel model = fit(data(true));
    assertThat(model.assign(Map.of("age", "ageless", "region", "eu")).isWholeDomain()).isTrue();
    assertThat(model.assign(Map.of()).isWholeDomain()).isTrue();
  }

  @Test
  void theBinaryFormKeepsEverything() {
    SegmentModel model = fit(data(true));
    BinaryWriter out = new BinaryWriter();
    model.write(out);
    SegmentModel read = SegmentModel.read(new BinaryReader("segments", out.toByteArray()));
    assertThat(read.segments()).isEqualTo(model.segments());
    assertThat(read.gate()).isEqualTo(model.gate());
    Map<String, String> attributes = Map.of("age", "old", "region", "eu");
    assertThat(read.assign(attributes)).isEqualTo(model.assign(attributes));
  }
}
