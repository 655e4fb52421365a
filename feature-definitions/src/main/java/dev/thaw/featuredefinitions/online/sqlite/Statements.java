package dev.thaw.featuredefinitions.online.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prepared statements of one connection, the least recently used dropped beyond a bound. */
final class Statements implements AutoCloseable {
  private static final int BOUND = 256;

  private final Connection connection;
  private final Map<String, PreparedStatement> bySql = new LinkedHashMap<>(64, 0.75f, true);

  Statements(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement of(String sql) throws SQLException {
    PreparedStatement statement = bySql.get(sql);
    if (statement == null) {
      if (bySql.size() >= BOUND) {
        Iterator<PreparedStatement> eldest = bySql.values().iterator();
        eldest.next().close();
        eldest.remove();
      }
      statement = connection.prepareStatement(sql);
      bySql.put(sql, statement);
    }
    return statement;
  }

  /** Runs a statement that isn't worth keeping, such as one that creates a table. */
  void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : bySql.values()) {
      statement.close();
    }
    bySql.clear();
  }
}
