package dev.thaw.vectorindex.milvus;

import dev.thaw.vectorindex.VectorIndexException;
import io.milvus.exception.MilvusException;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a server that may be away at any time. It is connected at the first call, and anew at
 * the first call after the transport failed: a channel of its own would, after a long absence, wait
 * up to two minutes before it looks for the server again. One thread connects at a time; what
 * arrives meanwhile waits for it, and for {@link #PAUSE} after it failed shares its fault.
 * Thread-safe.
 */
final class MilvusLink implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MilvusAddress address;
  private final CallLimits limits;
  private final LongSupplier nanoTime;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile @Nullable MilvusConnection current;
  private @Nullable RuntimeException lastFault;
  private long lastFaultNanos;
  private boolean closed;

  /**
   * @param nanoTime monotonic
   */
  MilvusLink(MilvusAddress address, CallLimits limits, LongSupplier nanoTime) {
    this.address = address;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /**
   * @param what the call is about, for the message
   * @throws VectorIndexException naming the server
   */
  <T> T call(String what, Function<MilvusClientV2, T> call) {
    MilvusConnection connection = hold(what);
    try {
      return call.apply(connection.client());
    } catch (MilvusException | MilvusClientException | StatusRuntimeException e) {
      if (isOfTransport(e)) {
        connection.doubt();
      }
      throw fault(what, e);
    } finally {
      connection.release();
    }
  }

  private static boolean isOfTransport(RuntimeException e) {
    return !(e instanceof MilvusClientException answered)
        || answered.getErrorCode() == ErrorCode.RPC_ERROR
        || answered.getErrorCode() == ErrorCode.TIMEOUT;
  }

  private MilvusConnection hold(String what) {
    MilvusConnection connection = current;
    if (connection != null && !connection.isDoubtful() && connection.hold()) {
      return connection;
    }
    lock(what);
    try {
      return connected(what);
    } finally {
      connecting.unlock();
    }
  }

  private void lock(String what) {
    try {
      if (connecting.tryLock(limits.connect().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new VectorIndexException(
        "Milvus at " + address + " failed to " + what + ": it is still being connected");
  }

  private MilvusConnection connected(String what) {
    MilvusConnection before = current;
    if (before != null && !before.isDoubtful() && before.hold()) {
      return before;
    }
    if (closed) {
      throw new VectorIndexException("the connection to Milvus at " + address + " is closed");
    }
    RuntimeException fault = lastFault;
    if (fault != null && nanoTime.getAsLong() - lastFaultNanos < PAUSE.toNanos()) {
      throw fault(what, fault);
    }
    MilvusConnection next = connect(what);
    next.hold();
    current = next;
    if (before != null) {
      before.release();
    }
    return next;
  }

  private MilvusConnection connect(String what) {
    try {
      MilvusConnection next = MilvusConnection.connect(address, limits);
      lastFault = null;
      return next;
    } catch (
        RuntimeException e) { // the client has no common type for what keeps it from connecting
      lastFault = e;
      lastFaultNanos = nanoTime.getAsLong();
      throw fault(what, e);
    }
  }

  private VectorIndexException fault(String what, RuntimeException e) {
    return new VectorIndexException(
        "Milvus at " + address + " failed to " + what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    connecting.lock();
    try {
      MilvusConnection connection = current;
      if (connection != null && !closed) {
        connection.doubt();
        connection.release();
      }
      closed = true;
    } finally {
      connecting.unlock();
    }
  }
}
