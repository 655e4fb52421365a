package dev.thaw.featuredefinitions.online.redis;

import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.RecentStamp;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ScoredValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent items as one sorted set a user, {@code <project>:recent:<user>}, item scored by its {@link
 * RecentStamp}; cut to the bounds on every append, expired as a whole when the user stays away.
 * Feast's keys begin with a binary count and can't meet these.
 */
public final class RedisRecentItems implements RecentItems {
  private final String prefix;
  private final Bounds bounds;
  private final InstantSource clock;
  private final RedisPipeline redis;

  private RedisRecentItems(String location, String project, Bounds bounds, InstantSource clock) {
    this.prefix = project + ":recent:";
    this.bounds = bounds;
    this.clock = clock;
    this.redis = new RedisPipeline(location, RedisPipeline.PATIENCE);
  }

  /**
   * @param location as of {@link RedisOnlineStore#open}
   */
  public static RedisRecentItems open(
      String location, String project, Bounds bounds, InstantSource clock) {
    return new RedisRecentItems(location, project, bounds, clock);
  }

  @Override
  public void append(List<Recent> recents) {
    Map<UserId, List<Recent>> byUser = new LinkedHashMap<>();
    for (Recent recent : recents) {
      byUser.computeIfAbsent(recent.user(), user -> new ArrayList<>()).add(recent);
    }
    List<AsyncCommand<byte[], byte[], Long>> commands = new ArrayList<>(3 * byUser.size());
    byUser.forEach((user, ofUser) -> add(user, ofUser, commands));
    run(commands);
  }

  private void add(
      UserId user, List<Recent> recents, List<AsyncCommand<byte[], byte[], Long>> commands) {
    CommandArgs<byte[], byte[]> add = key(user).add("GT");
    for (Recent recent : recents) {
      add.add(RecentStamp.of(recent)).addValue(utf8(recent.item().value()));
    }
    commands.add(counting(CommandType.ZADD, add));
    commands.add(
        counting(CommandType.ZREMRANGEBYRANK, key(user).add(0).add(-1L - bounds.perUser())));
    commands.add(counting(CommandType.PEXPIRE, key(user).add(bounds.timeToLive().toMillis())));
  }

  @Override
  public List<Recent> of(UserId user) {
    long oldest = RecentStamp.last(clock.instant().minus(bounds.timeToLive()));
    CommandArgs<byte[], byte[]> args =
        key(user)
            .add("+inf")
            .add("(" + oldest)
            .add("WITHSCORES")
            .add("LIMIT")
            .add(0)
            .add(bounds.perUser());
    List<ScoredValue<byte[]>> members =
        run(List.of(
                RedisPipeline.command(
                    CommandType.ZREVRANGEBYSCORE,
                    new ScoredValueListOutput<>(ByteArrayCodec.INSTANCE),
                    args)))
            .get(0);
    List<Recent> recents = new ArrayList<>(members.size());
    for (ScoredValue<byte[]> each : members) {
      String item = new String(each.getValue(), StandardCharsets.UTF_8);
      recents.add(RecentStamp.read(user, item, (long) each.getScore()));
    }
    return recents;
  }

  @Override
  public void delete(UserId user) {
    run(List.of(counting(CommandType.DEL, key(user))));
  }

  private CommandArgs<byte[], byte[]> key(UserId user) {
    return RedisPipeline.args().addKey(utf8(prefix + user.value()));
  }

  private static AsyncCommand<byte[], byte[], Long> counting(
      ProtocolKeyword name, CommandArgs<byte[], byte[]> args) {
    return RedisPipeline.command(name, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
  }

  private static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
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
