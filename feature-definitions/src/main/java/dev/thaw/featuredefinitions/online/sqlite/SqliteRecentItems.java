package dev.thaw.featuredefinitions.online.sqlite;

import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentStamp;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent items in one SQLite table, clustered by user, each with its {@link RecentStamp}. Reads
 * never show more than the bounds; rows beyond them are removed once a user has gathered {@value
 * #SLACK} more, since counting a user's rows on every append would cost more than the append.
 */
public final class SqliteRecentItems implements RecentItems {
  private static final int SLACK = 256;
  private static final int TRACKED_USERS = 100_000;
  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS thaw_recent_interaction (user_id TEXT, item_id TEXT,"
          + " stamp INTEGER NOT NULL, PRIMARY KEY (user_id, item_id)) WITHOUT ROWID";
  private static final String APPEND =
      "INSERT INTO thaw_recent_interaction VALUES (?1, ?2, ?3) ON CONFLICT (user_id, item_id) DO UPDATE SET"
          + " stamp = excluded.stamp WHERE excluded.stamp > stamp";
  private static final String OF_USER =
      " FROM thaw_recent_interaction WHERE user_id = ?1 AND stamp > ?2"
          + " ORDER BY stamp DESC, item_id DESC LIMIT ?3";
  private static final String NEWEST = "SELECT item_id, stamp" + OF_USER;
  private static final String TRIM =
      "DELETE FROM thaw_recent_interaction WHERE user_id = ?1 AND item_id NOT IN (SELECT item_id"
          + OF_USER
          + ")";
  private static final String PURGE = "DELETE FROM thaw_recent_interaction WHERE stamp <= ?1";
  private static final String DELETE = "DELETE FROM thaw_recent_interaction WHERE user_id = ?1";

  private final Bounds bounds;
  private final InstantSource clock;
  private final SharedWriter writer;
  private final ReaderPool readers;
  private Instant purged = Instant.EPOCH;

  /** Appends since the last trim; only the writing thread touches it. */
  private final Map<String, Integer> untrimmed =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > TRACKED_USERS;
        }
      };

  private SqliteRecentItems(SharedWriter writer, Bounds bounds, InstantSource clock) {
    this.writer = writer;
    this.bounds = bounds;
    this.clock = clock;
    this.readers =
        new ReaderPool(writer.file(), Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @throws dev.thaw.featuredefinitions.online.OnlineStoreException if the file can't be opened
   */
  public static SqliteRecentItems open(Path file, Bounds bounds, InstantSource clock) {
    SharedWriter writer = SharedWriter.of(file);
    try {
      writer.write(
          statements -> {
            statements.execute(CREATE);
            return true;
          });
      return new SqliteRecentItems(writer, bounds, clock);
    } catch (RuntimeException e) {
      writer.release();
      throw e;
    }
  }

  @Override
  public void append(List<Recent> recents) {
    if (recents.isEmpty()) {
      return;
    }
    writer.write(
        statements -> {
          PreparedStatement append = statements.of(APPEND);
          for (Recent recent : recents) {
            append.setString(1, recent.user().value());
            append.setString(2, recent.item().value());
            append.setLong(3, RecentStamp.of(recent));
            append.executeUpdate();
            untrimmed.merge(recent.user().value(), 1, Integer::sum);
          }
          for (Recent recent : recents) {
            trimIfDue(recent.user().value(), statements);
          }
          purgeIfDue(statements);
          return true;
        });
  }

  private void trimIfDue(String user, Statements statements) throws SQLException {
    if (untrimmed.getOrDefault(user, 0) <= SLACK) {
      return;
    }
    PreparedStatement trim = statements.of(TRIM);
    bind(trim, user);
    trim.executeUpdate();
    untrimmed.put(user, 0);
  }

  /** Users who never come back: one scan each eighth of the time to live. */
  private void purgeIfDue(Statements statements) throws SQLException {
    Instant now = clock.instant();
    if (now.isBefore(purged.plus(bounds.timeToLive().dividedBy(8)))) {
      return;
    }
    PreparedStatement purge = statements.of(PURGE);
    purge.setLong(1, RecentStamp.last(now.minus(bounds.timeToLive())));
    purge.executeUpdate();
    purged = now;
  }

  private void bind(PreparedStatement statement, String user) throws SQLException {
    statement.setString(1, user);
    statement.setLong(2, RecentStamp.last(clock.instant().minus(bounds.timeToLive())));
    statement.setInt(3, bounds.perUser());
  }

  @Override
  public List<Recent> of(UserId user) {
    return readers.read(
        statements -> {
          PreparedStatement newest = statements.of(NEWEST);
          bind(newest, user.value());
          List<Recent> recents = new ArrayList<>();
          try (ResultSet rows = newest.executeQuery()) {
            while (rows.next()) {
              recents.add(RecentStamp.read(user, rows.getString(1), rows.getLong(2)));
            }
          }
          return recents;
        });
  }

  @Override
  public void delete(UserId user) {
    writer.write(
        statements -> {
          PreparedStatement delete = statements.of(DELETE);
          delete.setString(1, user.value());
          return delete.executeUpdate();
        });
  }

  @Override
  public void close() {
    if (readers.close()) {
      writer.release();
    }
  }
}
