package dev.thaw.models.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfiledHistoryTest {
  private static final UserId USER = UserId.of("u1");

  private static ProfiledHistory blank() {
    return ProfiledHistory.of(HistoryFold.standard().empty());
  }

  private static UserProfile profile(String region, long second) {
    return new UserProfile(
        USER, Map.of("region", region), List.of(), Instant.ofEpochSecond(second));
  }

  @Test
  void anOlderProfileChangesNothingAndTheSameAgainSaysSo() {
    ProfiledHistory state = blank();
    assertThat(state.isBlank()).isTrue();
    assertThat(state.profile(USER)).isNull();
    assertThat(state.describe(profile("eu", 20))).isTrue();
    assertThat(state.describe(profile("us", 10))).isFalse();
    assertThat(state.describe(profile("eu", 30))).as("says the same").isFalse();
    assertThat(state.profile(USER)).isEqualTo(profile("eu", 30));
    assertThat(state.frontier()).isEqualTo(30_000);
    assertThat(state.undescribe()).isTrue();
    assertThat(state.undescribe()).isFalse();
    assertThat(state.isBlank()).isTrue();
    assertThat(state.describe(profile("us", 10))).as("counts after the deletion").isTrue();
  }

  @Test
  void bytesGiveTheSameStateAndCopiesAreIndependent() {
    ProfiledHistory state = blank();
    state.describe(profile("eu", 20));
    state.history().add("m1", Opinion.of(4, true, 50_000), 10, 100);
    ProfiledHistory read = ProfiledHistory.fromBytes(state.toBytes());
    assertThat(read.toBytes()).isEqualTo(state.toBytes());
    assertThat(read.history().history()).isEqualTo(state.history().history());
    assertThat(read.profile(USER)).isEqualTo(profile("eu", 20));
    assertThat(read.frontier()).isEqualTo(50_000);
    ProfiledHistory copy = state.copy();
    copy.history().add("m2", Opinion.of(1, true, 60_000), 10, 100);
    copy.undescribe();
    assertThat(state.toBytes()).isEqualTo(read.toBytes());
    assertThatThrownBy(() -> ProfiledHistory.fromBytes(state.history().toBytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("magic");
  }
}
