package dev.thaw.featuredefinitions.feast;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.redis.RedisOnlineStore;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.online.sqlite.SqliteOnlineStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An online store of the parity views, open on both sides. */
final class ParityStore implements AutoCloseable {
  private static final String PROJECT = "parity";
  private static final HexFormat HEX = HexFormat.of();

  private final String name;
  private final Path repo;
  private final String location;
  private final OnlineStore store;

  private ParityStore(String name, Path repo, String location, OnlineStore store) {
    this.name = name;
    this.repo = repo;
    this.location = location;
    this.store = store;
  }

  static List<ParityStore> all(Path folder) throws IOException {
    RedisServer single = RedisServer.single();
    RedisServer cluster = RedisServer.cluster();
    Path file = folder.resolve("online.db");
    return List.of(
        sqlite(folder, file),
        redis(folder, "redis", single, ""),
        redis(folder, "cluster", cluster, "\n  redis_type: redis_cluster"));
  }

  private static ParityStore sqlite(Path folder, Path file) throws IOException {
    Path repo = repo(folder.resolve("sqlite"), "type: sqlite\n  path: " + file);
    OnlineStore store = SqliteOnlineStore.open(file, PROJECT, schema());
    return new ParityStore("sqlite", repo, file.toString(), store);
  }

  private static ParityStore redis(Path folder, String name, RedisServer server, String type)
      throws IOException {
    String online = "type: redis\n  connection_string: \"" + server.addresses() + "\"" + type;
    return new ParityStore(
        name,
        repo(folder.resolve(name), online),
        server.location(),
        RedisOnlineStore.open(server.location(), PROJECT, schema()));
  }

  private static OnlineSchema schema() {
    List<String> features = List.copyOf(ParityRows.FULL.keySet());
    return new OnlineSchema(
        ParityRows.keys("").keySet().stream()
            .collect(Collectors.toMap(view -> view, view -> features)));
  }

  private static Path repo(Path folder, String online) throws IOException {
    Files.createDirectories(folder);
    try (InputStream in = ParityStore.class.getResourceAsStream("/feast/parity/definitions.py")) {
      Files.write(folder.resolve("definitions.py"), in.readAllBytes());
    }
    Files.writeString(
        folder.resolve("feature_store.yaml"),
        """
        project: parity
        provider: local
        registry: registry.db
        online_store:
          %s
        offline_store:
          type: duckdb
        entity_key_serialization_version: 3
        """
            .formatted(online));
    return folder;
  }

  Path repo() {
    return repo;
  }

  boolean isRedis() {
    return !name.equals("sqlite");
  }

  void write(String view, FeatureRow row) {
    store.write(view, List.of(row));
  }

  Optional<FeatureRow> read(Read read) {
    return store.read(List.of(read)).get(0);
  }

  /** What is stored of an entity in a view: fields of its hash, or cells of its rows. */
  Map<String, String> bytes(String view, EntityKey key) {
    byte[] entity = EntityKeyBytes.encode(key);
    return isRedis() ? hash(entity) : cells(view, entity);
  }

  private Map<String, String> hash(byte[] entity) {
    byte[] project = PROJECT.getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[entity.length + project.length];
    System.arraycopy(entity, 0, key, 0, entity.length);
    System.arraycopy(project, 0, key, entity.length, project.length);
    Map<String, String> fields = new TreeMap<>();
    hgetall(key).forEach((field, value) -> fields.put(HEX.formatHex(field), HEX.formatHex(value)));
    return fields;
  }

  private Map<byte[], byte[]> hgetall(byte[] key) {
    List<RedisURI> nodes = new ArrayList<>();
    for (String node : location.split(",")) {
      nodes.add(RedisURI.create(node));
    }
    if (nodes.size() == 1) {
      RedisClient client = RedisClient.create(nodes.get(0));
      try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
        return connection.sync().hgetall(key);
      } finally {
        client.shutdown();
      }
    }
    RedisClusterClient client = RedisClusterClient.create(nodes);
    try (var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      return connection.sync().hgetall(key);
    } finally {
      client.shutdown();
    }
  }

  /** Feast says when it wrote a cell; it is no part of the layout that this could be the same. */
  private Map<String, String> cells(String view, byte[] entity) {
    String sql =
        "SELECT feature_name, hex(value), value_text, hex(vector_value) FROM \""
            + PROJECT
            + "_"
            + view
            + "\" WHERE entity_key = ?";
    Map<String, String> cells = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + location);
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, entity);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          cells.put(
              rows.getString(1),
              rows.getString(2) + " " + rows.getString(3) + " " + rows.getString(4));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(location, e);
    }
    return cells;
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
