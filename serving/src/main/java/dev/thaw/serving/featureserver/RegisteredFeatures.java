package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.serving.featureserver.schema.RegistryFile;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a registry: what {@code feast apply} adds to it is served from the next look on, by a
 * store that knows it. A registry that can't be used leaves what is served as it is. Every look
 * reads all of it: two registries applied within a tick of the file system's clock have the same
 * time and often the same size. Thread-safe.
 */
final class RegisteredFeatures implements Supplier<Served>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredFeatures.class);

  /** Longer than any request may take that was begun on what was served before. */
  private static final Duration AFTERLIFE = Duration.ofMinutes(1);

  private final Path registry;
  private final String project;
  private final Function<ServedFeatures, ServedFeatures> completed;
  private final Function<ServedFeatures, OnlineStore> opener;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "registry");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<OnlineStore> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private OnlineStore store;
  private boolean closed;
  private volatile Served served;

  /**
   * @param completed adds what is served beside the registry's
   * @param opener of a store that is closed with this
   * @param every how long what is applied waits at most
   * @throws IllegalArgumentException if the registry can't be used
   */
  RegisteredFeatures(
      Path registry,
      String project,
      Function<ServedFeatures, ServedFeatures> completed,
      Function<ServedFeatures, OnlineStore> opener,
      Duration every) {
    this.registry = registry;
    this.project = project;
    this.completed = completed;
    this.opener = opener;
    ServedFeatures known = known();
    this.store = opener.apply(known);
    open.add(store);
    this.served = new Served(known, store);
    var unused =
        looks.scheduleWithFixedDelay(
            this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Served get() {
    return served;
  }

  private ServedFeatures known() {
    return completed.apply(RegistryFile.read(registry, project));
  }

  private void look() {
    try {
      ServedFeatures known = known();
      if (!known.equals(served.known())) {
        follow(known);
      }
    } catch (RuntimeException e) {
      LOG.warn("what was registered before is served on: {}", e.getMessage());
    }
  }

  private synchronized void follow(ServedFeatures known) {
    if (closed) {
      return;
    }
    OnlineStore next = opener.apply(known);
    open.add(next);
    OnlineStore last = store;
    store = next;
    served = new Served(known, next);
    LOG.info("the registry has changed: views {}", known.views().keySet());
    var unused = looks.schedule(() -> retire(last), AFTERLIFE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void retire(OnlineStore last) {
    if (open.remove(last)) {
      last.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    looks.shutdownNow();
    open.forEach(OnlineStore::close);
    open.clear();
  }
}
