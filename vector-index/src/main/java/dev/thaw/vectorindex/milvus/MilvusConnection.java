package dev.thaw.vectorindex.milvus;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import java.util.concurrent.atomic.AtomicInteger;

/** A connected client that is closed once nobody uses it any more. Thread-safe. */
final class MilvusConnection {
  private final MilvusClientV2 client;

  /** Calls under way, and one for the owner. */
  private final AtomicInteger holders = new AtomicInteger(1);

  private volatile boolean doubtful;

  private MilvusConnection(MilvusClientV2 client) {
    this.client = client;
  }

  static MilvusConnection connect(MilvusAddress address, CallLimits limits) {
    ConnectConfig.ConnectConfigBuilder config =
        ConnectConfig.builder()
            .uri(address.uri())
            .connectTimeoutMs(limits.connect().toMillis())
            .rpcDeadlineMs(limits.call().toMillis());
    if (address.token() != null) {
      config.token(address.token());
    }
    MilvusClientV2 client = new MilvusClientV2(config.build());
    client.retryConfig(
        RetryConfig.builder()
            .maxRetryTimes(limits.attempts())
            .maxRetryTimeoutMs(limits.call().toMillis())
            .build());
    return new MilvusConnection(client);
  }

  MilvusClientV2 client() {
    return client;
  }

  /** The transport failed: whether the server is there is to be found out by a new connection. */
  void doubt() {
    doubtful = true;
  }

  boolean isDoubtful() {
    return doubtful;
  }

  /** False if it is closed already. */
  boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      client.close();
    }
  }
}
