package dev.thaw.featuredefinitions.online.redis;

import com.google.common.hash.Hashing;
import com.google.protobuf.Timestamp;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.online.FeatureValueBytes;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The compare-and-set of rows, as a script that Redis keeps by its SHA-1; loaded again where a
 * server has forgotten it. Stateless.
 */
final class RowScript {
  private final byte[] source;
  private final String sha1;

  @SuppressWarnings("deprecation") // Redis names scripts by SHA-1
  RowScript() {
    try (InputStream in = RowScript.class.getResourceAsStream("replace-row.lua")) {
      if (in == null) {
        throw new IllegalStateException("replace-row.lua is missing from the jar");
      }
      source = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read replace-row.lua from the jar", e);
    }
    sha1 = Hashing.sha1().hashBytes(source).toString();
  }

  /** Replaces each row unless a newer one is stored; says how many it did. */
  int replace(
      List<FeatureRow> rows, RedisFields fields, RedisFields.OfView view, RedisPipeline redis) {
    try {
      return sum(redis.run(commands(rows, fields, view)));
    } catch (RedisNoScriptException e) {
      redis.load(source);
      try {
        // rows that went through before are equally new and simply written again
        return sum(redis.run(commands(rows, fields, view)));
      } catch (RedisException again) {
        throw redis.refused(again);
      }
    } catch (RedisException e) {
      throw redis.refused(e);
    }
  }

  private static int sum(List<Long> replaced) {
    return (int) replaced.stream().mapToLong(Long::longValue).sum();
  }

  private List<AsyncCommand<byte[], byte[], Long>> commands(
      List<FeatureRow> rows, RedisFields fields, RedisFields.OfView view) {
    List<AsyncCommand<byte[], byte[], Long>> commands = new ArrayList<>(rows.size());
    for (FeatureRow row : rows) {
      CommandArgs<byte[], byte[]> args =
          RedisPipeline.args().add(sha1).add(1).addKey(fields.key(row.key()));
      add(row, view, args);
      commands.add(
          RedisPipeline.command(
              CommandType.EVALSHA, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
    }
    return commands;
  }

  private static void add(
      FeatureRow row, RedisFields.OfView view, CommandArgs<byte[], byte[]> args) {
    Timestamp time = EventTimeBytes.message(row.eventTime());
    args.addValue(view.time()).addValue(time.toByteArray());
    args.add(time.getSeconds()).add(time.getNanos()).add(row.features().size());
    for (Map.Entry<String, byte[]> field : view.byName().entrySet()) {
      FeatureValue value = row.features().get(field.getKey());
      if (value != null) {
        args.addValue(field.getValue()).addValue(FeatureValueBytes.encode(value));
      }
    }
    for (Map.Entry<String, byte[]> field : view.byName().entrySet()) {
      if (!row.features().containsKey(field.getKey())) {
        args.addValue(field.getValue());
      }
    }
  }
}
