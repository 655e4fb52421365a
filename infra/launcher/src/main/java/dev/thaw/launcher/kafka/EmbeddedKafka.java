package dev.thaw.launcher.kafka;

import dev.thaw.serving.eventlog.FolderLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node, broker and controller, in this JVM, listening on loopback only. What it stores
 * below its folder is there again after a restart. Start and close are for one thread; everything
 * else goes through Kafka's own clients.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String CONTROLLER = "CONTROLLER";
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final FolderLock lock;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, FolderLock lock, String bootstrapServers) {
    this.server = server;
    this.lock = lock;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker, or the same one again if the folder holds its data.
   *
   * @param folder where it keeps its data; created if absent
   * @param port to listen on, 0 for any free one
   * @throws IllegalArgumentException if the port is not in [0, 65535]
   * @throws IllegalStateException if the port is taken, or another broker has the folder open
   * @throws IOException if the folder can't be written
   */
  public static EmbeddedKafka start(Path folder, int port) throws IOException {
    return start(folder, port, Map.of());
  }

  /**
   * @param more settings of the broker, such as who may come in
   */
  public static EmbeddedKafka start(Path folder, int port, Map<String, String> more)
      throws IOException {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Kafka's port must be in [0, 65535], was " + port);
    }
    Path data = Files.createDirectories(folder).toAbsolutePath();
    List<Integer> free = FreePorts.find(2);
    int brokerPort = port == 0 ? free.get(0) : requireFree(port);
    // one asked for may be among the free ones, too
    int controllerPort = free.get(1) == brokerPort ? free.get(0) : free.get(1);
    Map<String, String> settings = settings(data, brokerPort, controllerPort);
    settings.putAll(more);
    FolderLock lock = lock(data);
    KafkaRaftServer server;
    try {
      formatOnce(data);
      server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
      server.startup();
    } catch (IOException e) {
      lock.close();
      throw e;
    } catch (RuntimeException e) {
      lock.close();
      throw new IllegalStateException(
          "Kafka could not start on "
              + LOOPBACK
              + ":"
              + brokerPort
              + " with its data in "
              + data
              + ": "
              + rootMessage(e),
          e);
    }
    return new EmbeddedKafka(server, lock, LOOPBACK + ":" + brokerPort);
  }

  /** Such as {@code 127.0.0.1:40123}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }

  /** Kafka has a lock of its own, but ends the whole process where it is taken. */
  private static FolderLock lock(Path data) throws IOException {
    return FolderLock.take(
        data,
        "broker.lock",
        "another Kafka broker is using " + data + "; stop it or choose another folder");
  }

  private static void formatOnce(Path data) throws IOException {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(CONTROLLER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("folder " + data + " could not be prepared for Kafka", e);
    }
  }

  private static Map<String, String> settings(Path data, int port, int controllerPort) {
    Map<String, String> m = new HashMap<>();
    m.put("process.roles", "broker,controller");
    m.put("node.id", Integer.toString(NODE));
    m.put("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controllerPort);
    m.put(
        "listeners",
        "PLAINTEXT://"
            + LOOPBACK
            + ":"
            + port
            + ",CONTROLLER://"
            + LOOPBACK
            + ":"
            + controllerPort);
    m.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + port);
    m.put("controller.listener.names", CONTROLLER);
    m.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    m.put("log.dirs", data.toString());
    m.put("auto.create.topics.enable", "false");
    m.put("log.message.timestamp.type", "LogAppendTime");
    m.put("message.max.bytes", Integer.toString(TopicSettings.MAX_MESSAGE_BYTES));
    for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
      m.put(internal + ".replication.factor", "1");
      m.put(internal + ".num.partitions", "1");
    }
    m.put("transaction.state.log.min.isr", "1");
    m.put("share.coordinator.state.topic.replication.factor", "1");
    m.put("share.coordinator.state.topic.min.isr", "1");
    m.put("group.initial.rebalance.delay.ms", "0");
    m.put("log.cleaner.dedupe.buffer.size", "2097152");
    m.put("log.index.size.max.bytes", "1048576");
    m.put("num.network.threads", "1");
    m.put("num.io.threads", "2");
    m.put("num.recovery.threads.per.data.dir", "1");
    m.put("background.threads", "2");
    return m;
  }

  private static int requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // as Kafka binds it: connections of an earlier broker in TIME_WAIT don't hold the port
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return port;
    } catch (java.net.BindException e) {
      throw new IllegalStateException(
          "port "
              + port
              + " on "
              + LOOPBACK
              + " is taken; choose another one for Kafka, or 0 for any free one",
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
