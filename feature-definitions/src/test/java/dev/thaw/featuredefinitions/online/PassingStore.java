package dev.thaw.featuredefinitions.online;

import java.util.List;
import java.util.Optional;

/** The real store behind what a test lets happen to some of its calls; all others pass. */
public abstract class PassingStore implements OnlineStore {
  private final OnlineStore store;

  protected PassingStore(OnlineStore store) {
    this.store = store;
  }

  @Override
  public List<Optional<FeatureRow>> read(List<Read> reads) {
    return store.read(reads);
  }

  @Override
  public int write(String view, List<FeatureRow> rows) {
    return store.write(view, rows);
  }

  @Override
  public void delete(List<Read> rows) {
    store.delete(rows);
  }

  @Override
  public void close() {
    store.close();
  }
}
