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
  private final Map<String, Map<EntityKey, FeatureRow>> waiting = new LinkedHashMap<>();

  private @Nullable OnlineStore store;
  private int waitingRows;

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
    FeatureRow row = change.row();
    FeatureRow before =
        waiting
            .computeIfAbsent(change.view(), view -> new LinkedHashMap<>())
            .merge(row.key(), row, OnlineStoreWriter::newer);
    if (before == row) {
      waitingRows++;
    }
    if (waitingRows >= MAX_ROWS) {
      flush(false);
    } else {
      delayedFlush.request();
    }
  }

  private static FeatureRow newer(FeatureRow earlier, FeatureRow later) {
    return later.eventTime().isBefore(earlier.eventTime()) ? earlier : later;
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    for (Map.Entry<String, Map<EntityKey, FeatureRow>> view : waiting.entrySet()) {
      if (!view.getValue().isEmpty()) {
        flush(view.getKey(), view.getValue().values());
        view.getValue().clear();
      }
    }
    waitingRows = 0;
  }

  /** A key whose row is to be gone has no other one waiting beside it. */
  private void flush(String view, Collection<FeatureRow> rows)
      throws IOException, InterruptedException {
    List<FeatureRow> kept = rows.stream().filter(row -> !row.features().isEmpty()).toList();
    List<OnlineStore.Read> gone =
        rows.stream()
            .filter(row -> row.features().isEmpty())
            .map(row -> new OnlineStore.Read(view, row.key()))
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
