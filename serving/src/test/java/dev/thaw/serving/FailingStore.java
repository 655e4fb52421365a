package dev.thaw.serving;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.OnlineStoreException;
import java.util.List;
import java.util.Optional;

/** The real store behind a line that can be cut or made to hang. */
final class FailingStore implements OnlineStore {
  private final OnlineStore store;
  private final Trouble trouble;

  FailingStore(OnlineStore store, Trouble trouble) {
    this.store = store;
    this.trouble = trouble;
  }

  @Override
  public List<Optional<FeatureRow>> read(List<Read> reads) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    return store.read(reads);
  }

  @Override
  public int write(String view, List<FeatureRow> rows) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    return store.write(view, rows);
  }

  @Override
  public void delete(List<Read> rows) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    store.delete(rows);
  }

  @Override
  public void close() {
    store.close();
  }
}
