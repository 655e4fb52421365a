package dev.thaw.featuredefinitions.online.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.GoldenBytes;
import dev.thaw.featuredefinitions.online.OnlineReader.Read;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreContract;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract on a real server, and the bytes there beside those that Feast itself wrote. */
abstract class RedisStoreContract extends OnlineStoreContract {
  private static final AtomicInteger PROJECTS = new AtomicInteger();

  protected abstract RedisServer server();

  @Override
  protected Place newPlace() {
    String project = "thaw" + PROJECTS.incrementAndGet();
    return new Place() {
      @Override
      public OnlineStore open(OnlineSchema schema) {
        return RedisOnlineStore.open(server().location(), project, schema);
      }

      @Override
      public void corrupt(String view, EntityKey key, String feature, byte[] bytes) {
        try (RedisPipeline redis = new RedisPipeline(server().location(), RedisPipeline.PATIENCE)) {
          CommandArgs<byte[], byte[]> args =
              RedisPipeline.args()
                  .addKey(new RedisFields(project, SCHEMA).key(key))
                  .addValue(RedisFields.field(view, feature))
                  .addValue(bytes);
          redis.run(
              List.of(
                  RedisPipeline.command(
                      CommandType.HSET, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args)));
        }
      }
    };
  }

  @Override
  protected OnlineStore openUnreachable() {
    return RedisOnlineStore.open("redis://127.0.0.1:1", "thaw", SCHEMA);
  }

  @Test
  void theFieldOfTheFeastPageHasItsBytes() {
    assertThat(HexFormat.of().formatHex(RedisFields.field("driver_hourly_stats", "conv_rate")))
        .isEqualTo("6160e3da");
  }

  @Test
  void everyHashIsTheOneFeastWrote() {
    OnlineSchema schema = GoldenBytes.SCHEMA;
    try (OnlineStore store =
            RedisOnlineStore.open(server().location(), GoldenBytes.PROJECT, schema);
        RedisPipeline redis = new RedisPipeline(server().location(), RedisPipeline.PATIENCE)) {
      RedisFields fields = new RedisFields(GoldenBytes.PROJECT, schema);
      for (GoldenBytes.Case golden : GoldenBytes.cases()) {
        store.delete(List.of(new Read(golden.view(), golden.row().key())));
        store.write(golden.view(), List.of(golden.row()));
        byte[] key = fields.key(golden.row().key());
        Map<String, String> stored = new LinkedHashMap<>();
        stored.put("key", HexFormat.of().formatHex(key));
        redis
            .run(
                List.of(
                    RedisPipeline.command(
                        CommandType.HGETALL,
                        new MapOutput<>(ByteArrayCodec.INSTANCE),
                        RedisPipeline.args().addKey(key))))
            .get(0)
            .forEach(
                (field, value) ->
                    stored.put(HexFormat.of().formatHex(field), HexFormat.of().formatHex(value)));
        assertThat(stored).as("%s", golden).isEqualTo(golden.redis());
        assertThat(store.read(List.of(new Read(golden.view(), golden.row().key()))).get(0))
            .contains(golden.row());
      }
    }
  }

  @Test
  void aHashWithoutViewsIsGone() {
    String project = "gone";
    Instant time = Instant.parse("2026-03-01T12:00:00Z");
    try (OnlineStore store = RedisOnlineStore.open(server().location(), project, SCHEMA);
        RedisPipeline redis = new RedisPipeline(server().location(), RedisPipeline.PATIENCE)) {
      store.write("profile", List.of(row(user("u"), time, "count", 1)));
      assertThat(exists(redis, project)).isEqualTo(1);
      store.delete(List.of(new Read("profile", user("u"))));
      assertThat(exists(redis, project)).isZero();
    }
  }

  private static long exists(RedisPipeline redis, String project) {
    return redis
        .run(
            List.of(
                RedisPipeline.command(
                    CommandType.EXISTS,
                    new IntegerOutput<>(ByteArrayCodec.INSTANCE),
                    RedisPipeline.args().addKey(new RedisFields(project, SCHEMA).key(user("u"))))))
        .get(0);
  }

  @Test
  void aServerThatForgotTheScriptGetsItAgain() {
    Instant time = Instant.parse("2026-03-01T12:00:00Z");
    try (OnlineStore store = newPlace().open(SCHEMA);
        RedisPipeline redis = new RedisPipeline(server().location(), RedisPipeline.PATIENCE)) {
      store.write("profile", List.of(row(user("u"), time, "count", 1)));
      redis.run(
          List.of(
              RedisPipeline.command(
                  CommandType.SCRIPT,
                  new StatusOutput<>(ByteArrayCodec.INSTANCE),
                  RedisPipeline.args().add("FLUSH"))));
      assertThat(store.write("profile", List.of(row(user("u"), time, "count", 2)))).isEqualTo(1);
      assertThat(read(store, "profile", user("u"))).contains(row(user("u"), time, "count", 2));
    }
  }

  @Test
  void aBatchLongerThanOneSliceIsWrittenAndReadWhole() {
    Instant time = Instant.parse("2026-03-01T12:00:00Z");
    List<FeatureRow> rows = new ArrayList<>();
    List<Read> reads = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      rows.add(row(user("u" + i), time, "count", i));
      reads.add(new Read("profile", user("u" + i)));
    }
    try (OnlineStore store = newPlace().open(SCHEMA)) {
      assertThat(store.write("profile", rows)).isEqualTo(2_500);
      assertThat(store.read(reads)).isEqualTo(rows.stream().map(Optional::of).toList());
    }
  }
}
