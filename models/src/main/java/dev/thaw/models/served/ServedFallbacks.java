package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.factors.FactorRanker;
import dev.thaw.models.history.History;
import dev.thaw.models.itemtoitem.ItemToItemConfig;
import dev.thaw.models.itemtoitem.ItemToItemTrainer;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.segments.SegmentData;
import dev.thaw.models.segments.SegmentTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All that serving can answer by, beside a bridge, for users without interactions in the domain:
 * what is popular now; in the segment that a profile says; and, for users who answered onboarding
 * questions, what is liked together with their answers and what the vector folded in from these
 * ranks. Who answered none gets popularity by segment in the place of these. Content near the
 * answers is not among them: a training of bridges reads no content.
 *
 * @param profiles without any, what is popular is all there is
 * @param attributes profile attributes that segments may use
 * @param threads change nothing but the time
 */
public record ServedFallbacks(
    Map<UserId, UserProfile> profiles, List<String> attributes, int threads, long seed)
    implements Fallbacks {
  @Override
  public List<Scores> fit(Known known) {
    List<Scores> all = new ArrayList<>();
    all.add(RecentPopularity.fit(known));
    if (profiles.isEmpty()) {
      return all;
    }
    Scores bySegment = bySegment(known);
    all.add(bySegment);
    if (profiles.keySet().stream().anyMatch(user -> !answers(user, known).entries().isEmpty())) {
      all.add(
          byAnswers(
              new ItemToItemTrainer(ItemToItemConfig.DEFAULT, known.factors().scale(), threads)
                  .fit(known.positives()),
              known,
              bySegment));
      all.add(byAnswers(new FactorRanker("factors", known.factors()), known, bySegment));
    }
    return all;
  }

  private Scores bySegment(Known known) {
    SegmentPopularity popularity =
        new SegmentPopularity(
            new SegmentTrainer()
                .fit(
                    new SegmentData(known.positives(), known.factors(), profiles, attributes),
                    new SplittableRandom(seed)),
            known.factors(),
            known.positives().items());
    return (user, out) -> popularity.score(profile(user), History.EMPTY, out);
  }

  private UserProfile profile(UserId user) {
    UserProfile profile = profiles.get(user);
    return profile == null ? UserProfile.empty(user) : profile;
  }

  private Scores byAnswers(Ranker ranker, Known known, Scores otherwise) {
    CatalogueRanker ranked =
        new CatalogueRanker(ranker, known.positives().items(), known.factors().scale(), 1);
    return (user, out) -> {
      History answers = answers(user, known);
      if (known.factors().counted(answers) == 0 || !ranked.score(answers, out)) {
        otherwise.score(user, out);
      }
    };
  }

  /** What the user said yes to, as likes in the domain. */
  private History answers(UserId user, Known known) {
    List<OnboardingAnswer> here =
        profile(user).onboarding().stream()
            .filter(answer -> answer.domain().equals(known.positives().domain()))
            .toList();
    List<ItemId> asked = here.stream().map(OnboardingAnswer::itemId).distinct().toList();
    List<History.Entry> liked =
        here.stream()
            .filter(OnboardingAnswer::liked)
            .map(OnboardingAnswer::itemId)
            .distinct()
            .map(item -> new History.Entry(item, known.factors().scale().positive(), 0))
            .toList();
    return History.answered(liked, asked);
  }
}
