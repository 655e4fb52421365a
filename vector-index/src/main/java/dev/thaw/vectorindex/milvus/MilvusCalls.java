package dev.thaw.vectorindex.milvus;

import dev.thaw.vectorindex.VectorIndexException;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.exception.MilvusClientException;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection whose faults say which server they come from. Thread-safe. */
final class MilvusCalls implements AutoCloseable {
  private static final long CONNECT_MILLIS = 5_000;
  private static final long CALL_MILLIS = 30_000;
  private static final int RETRIES = 3;

  private final String server;
  private final MilvusClientV2 client;

  /**
   * @param uri {@code http://host:port}, with {@code user:password@} where the server asks for it
   */
  MilvusCalls(String uri) {
    URI address = URI.create(uri);
    @Nullable String user = address.getUserInfo();
    this.server = address.getHost() + ":" + address.getPort();
    ConnectConfig.ConnectConfigBuilder config =
        ConnectConfig.builder()
            .uri(user == null ? uri : uri.replace(address.getRawUserInfo() + "@", ""))
            .connectTimeoutMs(CONNECT_MILLIS)
            .rpcDeadlineMs(CALL_MILLIS);
    if (user != null) {
      config.token(user);
    }
    try {
      this.client = new MilvusClientV2(config.build());
    } catch (MilvusClientException | StatusRuntimeException e) {
      throw fault("connect", e);
    }
    client.retryConfig(
        RetryConfig.builder().maxRetryTimes(RETRIES).maxRetryTimeoutMs(CALL_MILLIS).build());
  }

  /**
   * @param what the call is about, for the message
   */
  <T> T call(String what, Function<MilvusClientV2, T> call) {
    try {
      return call.apply(client);
    } catch (MilvusClientException | StatusRuntimeException e) {
      throw fault(what, e);
    }
  }

  private VectorIndexException fault(String what, RuntimeException e) {
    return new VectorIndexException(
        "Milvus at " + server + " failed to " + what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    client.close();
  }
}
