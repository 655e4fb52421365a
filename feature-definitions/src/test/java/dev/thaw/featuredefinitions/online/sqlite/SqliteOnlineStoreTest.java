package dev.thaw.featuredefinitions.online.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreContract;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteOnlineStoreTest extends OnlineStoreContract {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.750Z");

  @Override
  protected Place newPlace() {
    Path file = newFolder().resolve("online.db");
    return new Place() {
      @Override
      public OnlineStore open(OnlineSchema schema) {
        return SqliteOnlineStore.open(file, "thaw", schema);
      }

      @Override
      public void corrupt(String view, EntityKey key, String feature, byte[] bytes) {
        update(
            file,
            "UPDATE thaw_" + view + " SET value = ? WHERE entity_key = ? AND feature_name = ?",
            bytes,
            EntityKeyBytes.encode(key),
            feature);
      }
    };
  }

  @Override
  protected OnlineStore openUnreachable() {
    return SqliteOnlineStore.open(newFolder(), "thaw", SCHEMA);
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws IOException {
    Path file = Files.writeString(newFolder().resolve("x.db"), "no database at all".repeat(100));
    assertThatThrownBy(() -> SqliteOnlineStore.open(file, "thaw", SCHEMA))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("x.db");
  }

  @Test
  void oneFileHasOneWriterHoweverItIsNamed() throws IOException {
    Path folder = newFolder();
    Files.createDirectory(folder.resolve("sub"));
    Path plain = folder.resolve("online.db");
    SharedWriter first = SharedWriter.of(plain);
    SharedWriter second = SharedWriter.of(folder.resolve("sub/../online.db"));
    SharedWriter third =
        SharedWriter.of(Files.createSymbolicLink(folder.resolve("link.db"), plain));
    assertThat(second).isSameAs(first);
    assertThat(third).isSameAs(first);
    first.release();
    second.release();
    assertThat(first.<Integer>write(statements -> 1)).isEqualTo(1);
    third.release();
    SharedWriter next = SharedWriter.of(plain);
    assertThat(next).isNotSameAs(first);
    next.release();
  }

  @Test
  void aRowThatFeastsOwnWriterPutThereIsComparedByItsSeconds() {
    Path file = newFolder().resolve("online.db");
    try (OnlineStore store = SqliteOnlineStore.open(file, "thaw", SCHEMA)) {
      FeatureRow ours = row(user("u"), TIME, "count", 1);
      store.write("profile", List.of(ours));
      // Feast's writer knows nothing of the frontier, and may even put an older row in place
      update(file, "UPDATE thaw_profile SET event_ts = ?", TIME.getEpochSecond() - 60);
      assertThat(read(store, "profile", user("u")))
          .contains(row(user("u"), Instant.ofEpochSecond(TIME.getEpochSecond() - 60), "count", 1));
      assertThat(store.write("profile", List.of(row(user("u"), TIME.minusSeconds(30), "count", 2))))
          .isEqualTo(1);
      update(file, "UPDATE thaw_profile SET event_ts = ?", TIME.getEpochSecond() + 60);
      assertThat(store.write("profile", List.of(ours))).isZero();
      assertThat(store.write("profile", List.of(row(user("u"), TIME.plusSeconds(60), "count", 3))))
          .isEqualTo(1);
    }
  }

  @Test
  void aBatchThatFailsHalfWayLeavesNothing() {
    Path file = newFolder().resolve("online.db");
    try (OnlineStore store = SqliteOnlineStore.open(file, "thaw", SCHEMA)) {
      update(
          file,
          "CREATE TRIGGER refuse BEFORE INSERT ON thaw_profile WHEN NEW.value_text = '13'"
              + " BEGIN SELECT RAISE(ABORT, 'thirteen'); END");
      assertThatThrownBy(
              () ->
                  store.write(
                      "profile",
                      List.of(row(user("a"), TIME, "count", 1), row(user("b"), TIME, "count", 13))))
          .isInstanceOf(OnlineStoreException.class)
          .hasMessageContaining("thirteen");
      assertThat(read(store, "profile", user("a"))).isEmpty();
      assertThat(store.write("profile", List.of(row(user("a"), TIME, "count", 1)))).isEqualTo(1);
    }
  }

  private static void update(Path file, String sql, Object... parameters) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Path newFolder() {
    try {
      Path folder = Files.createTempDirectory("thaw-sqlite");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
