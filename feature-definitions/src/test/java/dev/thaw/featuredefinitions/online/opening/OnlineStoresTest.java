package dev.thaw.featuredefinitions.online.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.views.ValueType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineStoresTest {
  private static final FeatureView VIEW =
      new FeatureView(
          "profile",
          List.of("user"),
          Duration.ofDays(1),
          "job",
          "owner",
          "",
          List.of(new FeatureDefinition("count", ValueType.INT64, "", null)));

  @TempDir Path folder;

  @Test
  void theConfiguredFileHoldsTheDeclaredViews() {
    ThawConfig.Store config =
        new ThawConfig.Store("sqlite", folder.resolve("sub/online.db").toString(), "thaw");
    FeatureRow row =
        new FeatureRow(
            EntityKey.of("user_id", "u"),
            Map.of("count", new FeatureValue.Int64(1)),
            Instant.parse("2026-03-01T12:00:00Z"));
    try (OnlineStore store = OnlineStores.open(config, List.of(VIEW))) {
      store.write("profile", List.of(row));
    }
    try (OnlineStore store = OnlineStores.open(config, List.of(VIEW))) {
      assertThat(store.read(List.of(new Read("profile", row.key()))).get(0)).contains(row);
      assertThatThrownBy(() -> store.write("other", List.of(row)))
          .hasMessage("view other is not declared; there are [profile]");
    }
  }

  @Test
  void recentItemsHaveAFileOfTheirOwnBesideTheFeatures() {
    ThawConfig.Store config =
        new ThawConfig.Store("sqlite", folder.resolve("online.db").toString(), "thaw");
    UserId user = new UserId("u");
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    try (RecentItems recents =
        OnlineStores.openRecentItems(
            config, RecentItems.Bounds.DEFAULT, InstantSource.fixed(now))) {
      Recent recent = new Recent(user, new ItemId("i"), now, true);
      recents.append(List.of(recent));
      assertThat(recents.of(user)).containsExactly(recent);
    }
    assertThat(folder.resolve("online.db.recent")).exists();
    assertThat(folder.resolve("online.db")).doesNotExist();
  }

  @Test
  void aRedisThatIsNotUpDoesNotKeepServingFromStarting() {
    ThawConfig.Store config = new ThawConfig.Store("redis", "redis://127.0.0.1:1", "thaw");
    try (OnlineStore store = OnlineStores.open(config, List.of(VIEW))) {
      assertThatThrownBy(
              () -> store.read(List.of(new Read("profile", EntityKey.of("user_id", "u")))))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("redis://127.0.0.1:1");
    }
  }

  @Test
  void aLocationThatIsNoRedisAddressIsRefusedOnOpening() {
    ThawConfig.Store config = new ThawConfig.Store("redis", "nonsense://x", "thaw");
    assertThatThrownBy(() -> OnlineStores.open(config, List.of(VIEW)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://thaw:planted secret@127.0.0.1:1",
        "redis://planted-secret@:99999",
        "nonsense://thaw:planted-secret@127.0.0.1:1",
        "planted-secret@127.0.0.1:1",
        "redis://thaw:planted-secret@127.0.0.1:1",
        "redis://thaw:planted-secret@127.0.0.1:1,redis://thaw:planted-secret@127.0.0.1:2",
      })
  void noFaultRepeatsThePassword(String location) {
    ThawConfig.Store config = new ThawConfig.Store("redis", location, "thaw");
    Throwable fault =
        catchThrowable(
            () -> {
              try (OnlineStore store = OnlineStores.open(config, List.of(VIEW))) {
                store.read(List.of(new Read("profile", EntityKey.of("user_id", "u"))));
              }
            });
    assertThat(Throwables.getStackTraceAsString(fault)).doesNotContain("planted").contains("***@");
  }
}
