package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.PassingStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose task dies once, with rows that it has not written. */
public final class FailingStore extends PassingStore {
  private final AtomicInteger writesUntilFailure;

  /**
   * @param writesUntilFailure counted down, below zero once it has failed
   */
  public FailingStore(OnlineStore store, AtomicInteger writesUntilFailure) {
    super(store);
    this.writesUntilFailure = writesUntilFailure;
  }

  @Override
  public int write(String view, List<FeatureRow> rows) {
    if (writesUntilFailure.decrementAndGet() == 0) {
      throw new IllegalStateException("the failure of this test");
    }
    return super.write(view, rows);
  }
}
