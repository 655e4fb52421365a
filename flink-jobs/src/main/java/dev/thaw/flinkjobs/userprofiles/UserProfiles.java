package dev.thaw.flinkjobs.userprofiles;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Writes profiles to the store as they come; the store keeps the newest, until it is deleted. */
public final class UserProfiles {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String NAME = "user-profiles";

  static final String VIEW = "user_profile";

  private UserProfiles() {}

  /**
   * The server removes a deleted user from all views itself. The job does it again for this one:
   * the row of a profile from before the deletion may still be on its way.
   */
  public static void build(DataStream<Change<UserProfile>> profiles, Sink<ViewRow> store) {
    LoggedStore.write(
            profiles
                .flatMap(
                    (FlatMapFunction<Change<UserProfile>, ViewRow>)
                        (change, out) -> {
                          UserProfile profile = change.record;
                          out.collect(
                              profile == null
                                  ? erasure(change.key)
                                  : new ViewRow(VIEW, row(profile)));
                        })
                .returns(StreamTypes.VIEW_ROW)
                .name("profile-rows")
                .uid("profile-rows")
                .setParallelism(profiles.getParallelism()),
            store,
            "store")
        .setParallelism(1);
  }

  /** A tombstone has no time of its own; what comes after it counts, however old it says to be. */
  private static ViewRow erasure(String user) {
    return ViewRow.erasure(VIEW, EntityKey.of("user_id", user), 0);
  }

  static FeatureRow row(UserProfile profile) {
    List<OnboardingAnswer> answers = profile.onboarding();
    List<String> attributes =
        profile.attributes().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .toList();
    return new FeatureRow(
        EntityKey.of("user_id", profile.userId().value()),
        Map.of(
            "attributes", new FeatureValue.Texts(attributes),
            "onboarding_domains",
                new FeatureValue.Texts(
                    answers.stream().map(answer -> answer.domain().value()).toList()),
            "onboarding_items",
                new FeatureValue.Texts(
                    answers.stream().map(answer -> answer.itemId().value()).toList()),
            "onboarding_liked",
                FeatureValue.Int64s.copyOf(
                    answers.stream().mapToLong(answer -> answer.reply().code()).toArray())),
        profile.time());
  }
}
