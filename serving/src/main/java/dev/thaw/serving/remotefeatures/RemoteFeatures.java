package dev.thaw.serving.remotefeatures;

import com.google.common.collect.Lists;
import com.google.common.util.concurrent.ListenableFuture;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.grpc.GrpcClientBuilder;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.auth.AuthToken;
import dev.thaw.featuredefinitions.config.FeatureSource;
import dev.thaw.featuredefinitions.config.SecurityConfig;
import dev.thaw.featuredefinitions.online.EntityKeyBytes;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineReader;
import dev.thaw.featuredefinitions.online.OnlineSchema;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.serving.security.TlsFiles;
import feast.proto.serving.ServingAPIProto.GetOnlineFeaturesResponse;
import feast.proto.serving.ServingServiceGrpc.ServingServiceFutureStub;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads through a feature server, by the service that Feast's Java client calls. Not by that client
 * itself: it gives a row the time of its last feature only, in whole seconds, and a call no
 * deadline. Few requests of one read go out together. Connects on first use and again whenever the
 * connection is lost. Thread-safe.
 */
public final class RemoteFeatures implements OnlineReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int AT_ONCE = 8;

  private final String location;
  private final OnlineSchema schema;
  private final ClientFactory connections;
  private final ServingServiceFutureStub server;
  private volatile boolean closed;

  private RemoteFeatures(FeatureSource source, SecurityConfig own, OnlineSchema schema) {
    this.location = source.location();
    this.schema = schema;
    this.connections = source.isEncrypted() ? encrypted(source, own) : ClientFactory.ofDefault();
    String scheme = source.isEncrypted() ? "gproto+https" : "gproto+http";
    GrpcClientBuilder client =
        GrpcClients.builder(scheme + location.substring(location.indexOf(':')))
            .factory(connections);
    if (!source.key().isEmpty()) {
      client.auth(AuthToken.ofOAuth2(source.key()));
    }
    this.server = client.build(ServingServiceFutureStub.class);
  }

  private static ClientFactory encrypted(FeatureSource source, SecurityConfig own) {
    ClientFactoryBuilder connections = ClientFactory.builder();
    if (source.ca() != null) {
      List<X509Certificate> trusted = TlsFiles.certificates("serving.features.ca", source.ca());
      connections.tlsCustomizer(tls -> tls.trustManager(trusted));
    }
    if (own.tls() != null) {
      connections.tls(TlsFiles.pair(own.tls()));
    }
    return connections.build();
  }

  /**
   * Of a server that asks for nothing.
   *
   * @param location {@code grpc://host:port}
   * @param schema the views that may be read, as the server has them
   */
  public static RemoteFeatures open(String location, OnlineSchema schema) {
    return open(new FeatureSource(FeatureSource.REMOTE, location), SecurityConfig.OPEN, schema);
  }

  /**
   * @param own with the certificate that is shown to a server that asks for one
   * @throws IllegalArgumentException naming field and file if a certificate can't be used
   */
  public static RemoteFeatures open(FeatureSource source, SecurityConfig own, OnlineSchema schema) {
    return new RemoteFeatures(source, own, schema);
  }

  @Override
  public List<Optional<FeatureRow>> read(List<Read> reads) {
    if (closed) {
      throw new OnlineStoreException("feature server " + location + " is closed here");
    }
    for (Read read : reads) {
      schema.features(read.view());
      // refuses a key that no store can hold with the words of the stores
      EntityKeyBytes.encode(read.key());
    }
    List<Optional<FeatureRow>> rows =
        new ArrayList<>(Collections.nCopies(reads.size(), Optional.empty()));
    // a long read goes in turns, each with the time to itself
    for (List<RemoteCall> turn : Lists.partition(RemoteCall.of(reads), AT_ONCE)) {
      List<ListenableFuture<GetOnlineFeaturesResponse>> answers =
          turn.stream().map(this::ask).toList();
      for (int i = 0; i < turn.size(); i++) {
        take(turn.get(i), new RemoteAnswer(await(answers.get(i))), reads, rows);
      }
    }
    return rows;
  }

  private ListenableFuture<GetOnlineFeaturesResponse> ask(RemoteCall call) {
    return server
        .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .getOnlineFeatures(call.request(schema));
  }

  private void take(
      RemoteCall call, RemoteAnswer answer, List<Read> reads, List<Optional<FeatureRow>> rows) {
    for (String view : call.views()) {
      List<String> features = schema.features(view);
      List<Integer> positions = call.positions(view);
      for (int row = 0; row < positions.size(); row++) {
        int at = positions.get(row);
        rows.set(at, answer.row(view, features, row, reads.get(at).key()));
      }
    }
  }

  private GetOnlineFeaturesResponse await(ListenableFuture<GetOnlineFeaturesResponse> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OnlineStoreException("interrupted while waiting for " + location, e);
    } catch (ExecutionException e) {
      throw new OnlineStoreException(
          "feature server " + location + " did not answer: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    // the one that all share stays open whatever is asked of it
    connections.close();
  }
}
