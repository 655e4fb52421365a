package dev.thaw.featuredefinitions.online.redis;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import dev.thaw.featuredefinitions.config.Redacted;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis server or cluster, on which commands go out together and answers are
 * awaited together. Connects on first use and again whenever the connection is lost; while it is
 * lost, calls fail at once. Thread-safe.
 */
final class RedisPipeline implements AutoCloseable {
  private static final int SLICE = 1_000;
  private static final int CONNECT_ATTEMPTS = 3;

  /** Of who answers requests: it is better to say what is missing than to let them wait. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration RECONNECT_AT_MOST = Duration.ofSeconds(1);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(15);

  private final String location;
  private final Duration timeout;
  private final ClientResources resources;
  private final AbstractRedisClient client;
  private @Nullable StatefulConnection<byte[], byte[]> connection;
  private boolean closed;

  /**
   * @param location {@code redis[s]://[user:password@]host:port}, of a cluster several after commas
   * @param patience for connecting and answering, unless the location says {@code ?timeout=500ms}
   */
  RedisPipeline(String location, Duration patience) {
    this.location = Redacted.addresses(location);
    List<RedisURI> nodes = new ArrayList<>();
    for (String uri : location.split(",")) {
      RedisURI node = parsed(uri.trim());
      if (!uri.contains("timeout=")) {
        node.setTimeout(patience);
      }
      nodes.add(node);
    }
    this.timeout = nodes.get(0).getTimeout();
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(10), RECONNECT_AT_MOST, 2, TimeUnit.MILLISECONDS))
            .build();
    this.client = nodes.size() == 1 ? single(nodes.get(0)) : cluster(nodes);
  }

  /** Lettuce's own complaint would repeat the password. */
  private static RedisURI parsed(String uri) {
    try {
      return RedisURI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "location must be redis[s]://[user:password@]host:port, was \""
              + Redacted.addresses(uri)
              + '"');
    }
  }

  private RedisClient single(RedisURI node) {
    RedisClient single = RedisClient.create(resources, node);
    single.setOptions(
        ClientOptions.builder()
            .socketOptions(socket())
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .build());
    return single;
  }

  private RedisClusterClient cluster(List<RedisURI> nodes) {
    RedisClusterClient cluster = RedisClusterClient.create(resources, nodes);
    cluster.setOptions(
        ClusterClientOptions.builder()
            .socketOptions(socket())
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                    .enableAllAdaptiveRefreshTriggers()
                    .build())
            .build());
    return cluster;
  }

  private SocketOptions socket() {
    return SocketOptions.builder().connectTimeout(timeout).build();
  }

  /** A command that {@link #run} sends; its first key decides the node of a cluster. */
  static <T> AsyncCommand<byte[], byte[], T> command(
      ProtocolKeyword name,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> args) {
    return new AsyncCommand<>(new Command<>(name, output, args));
  }

  static CommandArgs<byte[], byte[]> args() {
    return new CommandArgs<>(ByteArrayCodec.INSTANCE);
  }

  /**
   * Sends the commands together and waits for all answers. Long lists go in slices, each with the
   * timeout to itself, so that a big batch is no slow one.
   *
   * @throws OnlineStoreException if the store can't be reached or does not answer in time
   * @throws RedisException if the store answers a command with an error
   */
  <T> List<T> run(List<AsyncCommand<byte[], byte[], T>> commands) {
    List<T> answers = new ArrayList<>(commands.size());
    for (List<AsyncCommand<byte[], byte[], T>> slice : Lists.partition(commands, SLICE)) {
      runSlice(slice, answers);
    }
    return answers;
  }

  private <T> void runSlice(List<AsyncCommand<byte[], byte[], T>> commands, List<T> answers) {
    connection().dispatch(commands);
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      for (AsyncCommand<byte[], byte[], T> command : commands) {
        answers.add(command.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
    } catch (TimeoutException e) {
      throw new OnlineStoreException("redis " + location + " did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OnlineStoreException("interrupted while waiting for redis " + location, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof io.lettuce.core.RedisCommandExecutionException refused) {
        throw refused;
      }
      throw new OnlineStoreException("can't reach redis " + location + ": " + e.getCause(), e);
    } finally {
      commands.stream().filter(command -> !command.isDone()).forEach(command -> command.cancel());
    }
  }

  /** Makes the script known to every node. */
  void load(byte[] script) {
    try {
      if (connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        cluster.sync().scriptLoad(script);
      } else if (connection() instanceof StatefulRedisConnection<byte[], byte[]> single) {
        single.sync().scriptLoad(script);
      }
    } catch (RedisException e) {
      throw new OnlineStoreException("can't load a script into redis " + location + ": " + e, e);
    }
  }

  OnlineStoreException refused(RedisException e) {
    return new OnlineStoreException("redis " + location + " refused: " + e.getMessage(), e);
  }

  private synchronized StatefulConnection<byte[], byte[]> connection() {
    if (closed) {
      throw new OnlineStoreException("online store " + location + " is closed");
    }
    if (connection == null) {
      connection = connect();
    }
    return connection;
  }

  /**
   * Tries anew where Lettuce has lost the reason: a server that refuses before the calling thread
   * looks leaves only an {@link IllegalStateException} of a connection taken down already.
   */
  private StatefulConnection<byte[], byte[]> connect() {
    for (int attempt = 1; ; attempt++) {
      try {
        return client instanceof RedisClusterClient cluster
            ? cluster.connect(ByteArrayCodec.INSTANCE)
            : ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
      } catch (RedisException e) {
        boolean reasonLost = Throwables.getRootCause(e) instanceof IllegalStateException;
        if (!reasonLost || attempt == CONNECT_ATTEMPTS) {
          throw new OnlineStoreException("can't reach redis " + location + ": " + reason(e), e);
        }
      }
    }
  }

  /** What kept it from connecting, which Lettuce says only beneath its own words. */
  private static String reason(RedisException e) {
    Throwable root = Throwables.getRootCause(e);
    return root == e ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + root.getMessage();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (connection != null) {
        connection.close();
      }
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }
}
