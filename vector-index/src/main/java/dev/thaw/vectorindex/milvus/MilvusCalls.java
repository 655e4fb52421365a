package dev.thaw.vectorindex.milvus;

import dev.thaw.vectorindex.VectorIndexException;
import io.milvus.v2.client.MilvusClientV2;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The two ways a server is called: searches give up early, work is patient. Each has a connection
 * of its own, made at the first call, so that neither waits behind the other. Thread-safe.
 */
final class MilvusCalls implements AutoCloseable {
  private final MilvusLink searches;
  private final MilvusLink work;
  private volatile @Nullable ServerVersion version;

  MilvusCalls(String uri) {
    this(uri, CallLimits.forSearches(), CallLimits.forWork());
  }

  MilvusCalls(String uri, CallLimits searches, CallLimits work) {
    MilvusAddress address = MilvusAddress.of(uri);
    this.searches = new MilvusLink(address, searches, System::nanoTime);
    this.work = new MilvusLink(address, work, System::nanoTime);
  }

  /**
   * Patiently.
   *
   * @param what the call is about, for the message
   * @throws VectorIndexException naming the server
   */
  <T> T call(String what, Function<MilvusClientV2, T> call) {
    return work.call(what, call);
  }

  /** For somebody who waits: one attempt, given up within the limit of searches. */
  <T> T search(String what, Function<MilvusClientV2, T> call) {
    return searches.call(what, call);
  }

  /**
   * Asked once.
   *
   * @throws VectorIndexException if it is older than any that is known
   */
  ServerVersion version() {
    ServerVersion known = version;
    if (known == null) {
      known = ServerVersion.parse(call("tell its version", MilvusClientV2::getServerVersion));
      if (!known.isKnown()) {
        throw new VectorIndexException(
            "a Milvus server must be of version "
                + ServerVersion.OLDEST
                + " or newer, is "
                + known);
      }
      version = known;
    }
    return known;
  }

  @Override
  public void close() {
    searches.close();
    work.close();
  }
}
