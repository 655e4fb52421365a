package dev.thaw.models.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs independent work on rows in several threads. A row's result must depend on the row alone, so
 * that the number of threads changes nothing.
 */
public final class RowTasks implements AutoCloseable {
  private static final int CHUNK = 32;

  private final int chunk;

  private final int threads;
  private final ExecutorService pool;

  /**
   * @param threads at least 1
   */
  public RowTasks(int threads) {
    this(threads, CHUNK);
  }

  /**
   * @param chunk rows that a thread takes at a time, fewer where a row is much work
   */
  public RowTasks(int threads, int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk must be >= 1, was " + chunk);
    }
    this.chunk = chunk;
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be >= 1, was " + threads);
    }
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "training");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Work on one row with the scratch memory of one thread. */
  @FunctionalInterface
  public interface RowTask<S> {
    void run(S scratch, int row);
  }

  /**
   * Runs the task for rows {@code 0..rows-1} and waits; what one of them throws is thrown here.
   *
   * @param scratch called once per thread
   */
  public <S> void forEach(int rows, Supplier<S> scratch, RowTask<S> task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(
          pool.submit(
              () -> {
                S mine = scratch.get();
                for (int from = next.getAndAdd(chunk); from < rows; from = next.getAndAdd(chunk)) {
                  for (int row = from; row < Math.min(rows, from + chunk); row++) {
                    task.run(mine, row);
                  }
                }
              }));
    }
    for (Future<?> each : running) {
      await(each);
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("training was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
