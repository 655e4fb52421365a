package dev.thaw.flinkjobs.userprofiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer;
import dev.thaw.featuredefinitions.vocabulary.OnboardingAnswer.Reply;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.flinkjobs.JobRun;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UserProfilesTest {
  @TempDir Path folder;

  private static OnboardingAnswer answer(String item, Reply reply) {
    return new OnboardingAnswer(TestEvents.MOVIES, ItemId.of(item), reply);
  }

  private static Change<UserProfile> profile(String region, Duration offset) {
    return new Change<>(
        "u1",
        new UserProfile(
            UserId.of("u1"),
            Map.of("region", region, "device", "phone"),
            List.of(answer("m1", Reply.YES), answer("m2", Reply.UNKNOWN), answer("m3", Reply.NO)),
            TestEvents.at(offset)));
  }

  @Test
  void theNewestProfileIsTheRowWhateverComesLast() throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    UserProfiles.build(
        run.env.fromData(
            List.of(profile("north", Duration.ofHours(2)), profile("south", Duration.ofHours(1))),
            Change.type(StreamTypes.PROFILE)),
        run.store);
    run.env.execute();
    Map<EntityKey, FeatureRow> rows = run.rows("user_profile");
    assertThat(rows).containsOnlyKeys(EntityKey.of("user_id", "u1"));
    FeatureRow row = rows.get(EntityKey.of("user_id", "u1"));
    assertThat(row.get("attributes"))
        .contains(new FeatureValue.Texts(List.of("device=phone", "region=north")));
    assertThat(row.get("onboarding_items"))
        .contains(new FeatureValue.Texts(List.of("m1", "m2", "m3")));
    assertThat(row.get("onboarding_liked")).contains(FeatureValue.Int64s.copyOf(1, -1, 0));
    assertThat(row.eventTime()).isEqualTo(TestEvents.at(Duration.ofHours(2)));
  }

  @Test
  void aDeletedUserIsGoneAlsoWhereTheirProfileIsReadAgain() throws Exception {
    JobRun run = new JobRun(folder, "hashmap");
    UserProfiles.build(
        run.env.fromData(
            List.of(profile("north", Duration.ofHours(2)), new Change<>("u1", null)),
            Change.type(StreamTypes.PROFILE)),
        run.store);
    run.env.execute();
    List<ViewRow> rows = run.store.all();
    assertThat(rows).hasSize(2);
    ViewRow last = rows.get(1);
    assertThat(last.isDeletion()).isTrue();
    assertThat(last.view()).isEqualTo("user_profile");
    assertThat(last.row().key()).isEqualTo(EntityKey.of("user_id", "u1"));
  }
}
