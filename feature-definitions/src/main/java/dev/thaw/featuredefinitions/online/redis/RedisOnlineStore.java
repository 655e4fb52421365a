package dev.thaw.featuredefinitions.online.redis;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import dev.thaw.featuredefinitions.online.NewestRows;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.Value;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The online store in Redis, one server or a cluster, in the bytes of Feast. A read is one HMGET an
 * entity whatever the number of views, all in one pipeline; a write is one script call a row, all
 * in one pipeline. Opening does not connect: an unreachable server shows in the first call.
 */
public final class RedisOnlineStore implements OnlineStore {
  private final OnlineSchema schema;
  private final RedisFields fields;
  private final RedisPipeline redis;
  private final RowScript script = new RowScript();

  private RedisOnlineStore(
      String location, String project, OnlineSchema schema, Duration patience) {
    this.schema = schema;
    this.fields = new RedisFields(project, schema);
    this.redis = new RedisPipeline(location, patience);
  }

  /**
   * @param location {@code redis://host:port}, of a cluster several after commas; a {@code
   *     ?timeout=500ms} there replaces the default of 1 s
   * @param project Feast's project, part of every key
   * @throws IllegalArgumentException if the location is no Redis URI
   */
  public static RedisOnlineStore open(String location, String project, OnlineSchema schema) {
    return open(location, project, schema, RedisPipeline.PATIENCE);
  }

  /**
   * Likewise, with the time that an answer may take where the location doesn't say: who writes
   * thousands of rows at once would only send them again to a server that has much to do.
   */
  public static RedisOnlineStore open(
      String location, String project, OnlineSchema schema, Duration patience) {
    return new RedisOnlineStore(location, project, schema, patience);
  }

  @Override
  public List<Optional<FeatureRow>> read(List<Read> reads) {
    Map<EntityKey, List<Integer>> byEntity = new LinkedHashMap<>();
    for (int i = 0; i < reads.size(); i++) {
      schema.features(reads.get(i).view());
      byEntity.computeIfAbsent(reads.get(i).key(), key -> new ArrayList<>()).add(i);
    }
    List<AsyncCommand<byte[], byte[], List<Value<byte[]>>>> commands = new ArrayList<>();
    byEntity.forEach((key, positions) -> commands.add(hmget(key, positions, reads)));
    List<List<Value<byte[]>>> answers = run(commands);
    List<Optional<FeatureRow>> rows =
        new ArrayList<>(Collections.nCopies(reads.size(), Optional.empty()));
    int entity = 0;
    for (List<Integer> positions : byEntity.values()) {
      int at = 0;
      List<Value<byte[]>> answer = answers.get(entity++);
      for (int position : positions) {
        Read read = reads.get(position);
        int width = 1 + fields.of(read.view()).names().size();
        rows.set(position, row(read, answer.subList(at, at + width)));
        at += width;
      }
    }
    return rows;
  }

  private AsyncCommand<byte[], byte[], List<Value<byte[]>>> hmget(
      EntityKey key, List<Integer> positions, List<Read> reads) {
    CommandArgs<byte[], byte[]> args = RedisPipeline.args().addKey(fields.key(key));
    for (int position : positions) {
      RedisFields.OfView view = fields.of(reads.get(position).view());
      args.addValue(view.time());
      view.byName().values().forEach(args::addValue);
    }
    return RedisPipeline.command(
        CommandType.HMGET, new ValueValueListOutput<>(ByteArrayCodec.INSTANCE), args);
  }

  private Optional<FeatureRow> row(Read read, List<Value<byte[]>> answer) {
    if (!answer.get(0).hasValue()) {
      return Optional.empty();
    }
    String what = "event time";
    try {
      Instant eventTime = EventTimeBytes.decode(answer.get(0).getValue());
      Map<String, FeatureValue> features = new HashMap<>();
      int at = 1;
      for (String name : fields.of(read.view()).names()) {
        what = "feature " + name;
        Value<byte[]> value = answer.get(at++);
        if (value.hasValue()) {
          features.put(name, FeatureValueBytes.decode(value.getValue()));
        }
      }
      return Optional.of(new FeatureRow(read.key(), features, eventTime));
    } catch (IllegalArgumentException e) {
      throw new OnlineStoreException(
          "can't read "
              + what
              + " of view "
              + read.view()
              + " for "
              + read.key()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public int write(String view, List<FeatureRow> rows) {
    RedisFields.OfView ofView = fields.of(view);
    rows.forEach(row -> schema.check(view, row));
    return script.replace(NewestRows.of(rows), fields, ofView, redis);
  }

  @Override
  public void delete(List<Read> rows) {
    List<AsyncCommand<byte[], byte[], Long>> commands = new ArrayList<>(rows.size());
    for (Read row : rows) {
      RedisFields.OfView view = fields.of(row.view());
      CommandArgs<byte[], byte[]> args =
          RedisPipeline.args().addKey(fields.key(row.key())).addValue(view.time());
      view.byName().values().forEach(args::addValue);
      // Redis drops a hash with its last field
      commands.add(
          RedisPipeline.command(
              CommandType.HDEL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
    }
    run(commands);
  }

  private <T> List<T> run(List<AsyncCommand<byte[], byte[], T>> commands) {
    try {
      return redis.run(commands);
    } catch (RedisException e) {
      throw redis.refused(e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
