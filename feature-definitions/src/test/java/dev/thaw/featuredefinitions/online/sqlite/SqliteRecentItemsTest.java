package dev.thaw.featuredefinitions.online.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentItems.Bounds;
import dev.thaw.featuredefinitions.online.RecentItems.Recent;
import dev.thaw.featuredefinitions.online.RecentItemsContract;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecentItemsTest extends RecentItemsContract {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private final AtomicInteger files = new AtomicInteger();

  @Override
  protected Place newPlace() {
    Path file = folder.resolve("recent" + files.incrementAndGet() + ".db");
    return (bounds, clock) -> SqliteRecentItems.open(file, bounds, clock);
  }

  @Test
  void theFileStaysBoundedToo() throws SQLException {
    Path file = folder.resolve("bounded.db");
    Bounds bounds = new Bounds(10, Duration.ofDays(1));
    try (RecentItems recents = SqliteRecentItems.open(file, bounds, InstantSource.fixed(NOW))) {
      for (int i = 0; i < 2_000; i++) {
        recents.append(
            List.of(
                new Recent(new UserId("u"), new ItemId("i" + i), NOW.plusMillis(i - 2_000), true)));
      }
      assertThat(rows(file)).isBetween(10, 10 + 257);
    }
    InstantSource afterAWeek = InstantSource.fixed(NOW.plus(Duration.ofDays(7)));
    try (RecentItems recents = SqliteRecentItems.open(file, bounds, afterAWeek)) {
      recents.append(
          List.of(
              new Recent(new UserId("v"), new ItemId("i"), NOW.plus(Duration.ofDays(7)), true)));
      assertThat(rows(file)).isEqualTo(1);
    }
  }

  private static int rows(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet count =
            connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM thaw_recent_interaction")) {
      return count.getInt(1);
    }
  }
}
