package dev.thaw.featuredefinitions.online.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.GoldenBytes;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and cells beside those that Feast itself made. */
class SqliteLayoutTest {
  @TempDir Path folder;

  @Test
  void ourTablesAreFeastsAndNothingElseIsTheirs() throws SQLException {
    Path file = folder.resolve("online.db");
    SqliteOnlineStore.open(file, GoldenBytes.PROJECT, GoldenBytes.SCHEMA).close();
    List<String> feast = GoldenBytes.sqliteSchema().stream().map(SqliteLayoutTest::plain).toList();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet ours =
            connection
                .createStatement()
                .executeQuery("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")) {
      List<String> statements = new ArrayList<>();
      while (ours.next()) {
        if (!ours.getString(1).startsWith("thaw_frontier:")) {
          statements.add(plain(ours.getString(2)));
        }
      }
      assertThat(statements).containsExactlyInAnyOrderElementsOf(feast);
    }
  }

  private static String plain(String sql) {
    return sql.replaceAll("\\s+", " ").replace("\"", "").replace(";", "").trim();
  }

  @Test
  void everyCellIsTheOneFeastWrote() throws SQLException {
    Path file = folder.resolve("online.db");
    try (OnlineStore store = SqliteOnlineStore.open(file, GoldenBytes.PROJECT, GoldenBytes.SCHEMA);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (GoldenBytes.Case golden : GoldenBytes.cases()) {
        store.write(golden.view(), List.of(golden.row()));
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT *, typeof(value), typeof(event_ts) FROM layout_"
                    + golden.view()
                    + " WHERE entity_key = ? ORDER BY feature_name");
        select.setBytes(1, golden.entityKey());
        ResultSet cells = select.executeQuery();
        for (GoldenBytes.Cell cell : golden.sqlite()) {
          assertThat(cells.next()).isTrue();
          assertThat(cells.getString("feature_name")).isEqualTo(cell.feature());
          assertThat(Optional.ofNullable(cells.getBytes("value")).orElse(new byte[0]))
              .isEqualTo(cell.value());
          assertThat(cells.getString("value_text")).isEqualTo(cell.text());
          assertThat(cells.getLong("event_ts")).isEqualTo(cell.eventSeconds());
          assertThat(cells.getObject("vector_value")).isNull();
          assertThat(cells.getObject("created_ts")).isNull();
          assertThat(cells.getString("typeof(value)")).isEqualTo("blob");
          assertThat(cells.getString("typeof(event_ts)")).isEqualTo("integer");
        }
        assertThat(cells.next()).isFalse();
      }
    }
  }

  @Test
  void cellsThatFeastWroteAreRead() throws SQLException {
    Path file = folder.resolve("online.db");
    try (OnlineStore store = SqliteOnlineStore.open(file, GoldenBytes.PROJECT, GoldenBytes.SCHEMA);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (GoldenBytes.Case golden : GoldenBytes.cases()) {
        for (GoldenBytes.Cell cell : golden.sqlite()) {
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO layout_" + golden.view() + " VALUES (?, ?, ?, ?, NULL, ?, NULL)");
          insert.setBytes(1, golden.entityKey());
          insert.setString(2, cell.feature());
          insert.setBytes(3, cell.value());
          insert.setString(4, cell.text());
          insert.setLong(5, cell.eventSeconds());
          insert.executeUpdate();
        }
        var row = store.read(List.of(new Read(golden.view(), golden.row().key()))).get(0);
        assertThat(row.orElseThrow().features()).isEqualTo(golden.row().features());
        assertThat(row.orElseThrow().eventTime())
            .isEqualTo(golden.row().eventTime().truncatedTo(ChronoUnit.SECONDS));
      }
    }
  }
}
