package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.flinkjobs.coalescing.DelayedFlush;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** The writing task of {@link OnlineStoreSink}. */
final class OnlineStoreWriter implements SinkWriter<ViewRow> {
  /** So many rows are written at once without waiting for the interval. */
  private static final int MAX_ROWS = 2_000;

  private final StoreOpener opener;
  private final Backoff backoff;
  private final DelayedFlush delayedFlush;
  private final Counter written;
  private final Map<String, Map<EntityKey, Waiting>> waiting = new LinkedHashMap<>();

  private @Nullable OnlineStore store;
  private int waitingRows;

  /**
   * What is to become of a key.
   *
   * @param replaces whether a deletion came since the last flush: what the store has goes, however
   *     new it says to be
   */
  private record Waiting(FeatureRow row, boolean replaces) {
    static Waiting of(ViewRow change) {
      return new Waiting(change.row(), change.isDeletion());
    }

    boolean isDeletion() {
      return row.features().isEmpty();
    }

    /**
     * Of two rows the newer one stays. A deletion ends whatever came before it: the clock that
     * dates a row is not the one that dates the deletion.
     */
    Waiting then(Waiting later) {
      if (later.isDeletion()) {
        return later;
      }
      boolean older = later.row.eventTime().isBefore(row.eventTime());
      return new Waiting(older ? row : later.row, replaces);
    }
  }

  OnlineStoreWriter(
      StoreOpener opener,
      Duration interval,
      Backoff backoff,
      ProcessingTimeService clock,
      Counter written) {
    this.opener = opener;
    this.backoff = backoff;
    this.delayedFlush = new DelayedFlush(clock, interval.toMillis(), () -> flush(false));
    this.written = written;
  }

  @Override
  public void write(ViewRow change, Context context) throws IOException, InterruptedException {
    Map<EntityKey, Waiting> rows =
        waiting.computeIfAbsent(change.view(), view -> new LinkedHashMap<>());
    int before = rows.size();
    rows.merge(change.row().key(), Waiting.of(change), Waiting::then);
    waitingRows += rows.size() - before;
    if (waitingRows >= MAX_ROWS) {
      flush(false);
    } else if (change.isDeletion()) {
      delayedFlush.request();
    } else {
      delayedFlush.requestFor(change.row().eventTime().toEpochMilli());
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    for (Map.Entry<String, Map<EntityKey, Waiting>> view : waiting.entrySet()) {
      if (!view.getValue().isEmpty()) {
        flush(view.getKey(), view.getValue().values());
        view.getValue().clear();
      }
    }
    waitingRows = 0;
  }

  private void flush(String view, Collection<Waiting> rows)
      throws IOException, InterruptedException {
    List<FeatureRow> kept =
        rows.stream().filter(each -> !each.isDeletion()).map(Waiting::row).toList();
    List<OnlineStore.Read> gone =
        rows.stream()
            .filter(Waiting::replaces)
            .map(each -> new OnlineStore.Read(view, each.row.key()))
            .toList();
    if (!gone.isEmpty()) {
      retrying(view, gone.size(), () -> openStore().delete(gone));
    }
    if (!kept.isEmpty()) {
      retrying(view, kept.size(), () -> openStore().write(view, kept));
    }
    written.inc(rows.size());
  }

  private void retrying(String view, int rows, Runnable call)
      throws IOException, InterruptedException {
    for (int retry = 0; ; retry++) {
      try {
        call.run();
        return;
      } catch (OnlineStoreException e) {
        if (retry == backoff.retries()) {
          throw new IOException(
              rows
                  + " rows of view "
                  + view
                  + " could not be written, tried "
                  + (retry + 1)
                  + " times",
              e);
        }
        TimeUnit.MILLISECONDS.sleep(backoff.pause(retry).toMillis());
      }
    }
  }

  private OnlineStore openStore() {
    if (store == null) {
      store = opener.open();
    }
    return store;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
