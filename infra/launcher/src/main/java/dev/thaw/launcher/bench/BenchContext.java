package dev.thaw.launcher.bench;

import dev.thaw.launcher.console.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how long is measured.
 *
 * @param home folder for the parts that are started; each benchmark has one of its own below it
 * @param data a data folder, for what is measured on one
 * @param splits folders of splits that others made, for what is measured on them
 * @param server that runs already, for what is measured on one
 * @param items in the generated catalogue
 * @param users with rows in the store
 * @param measured time of one timed phase; its warm-up takes as long
 * @param threads of models that can use several
 * @param seed of everything generated
 */
public record BenchContext(
    Path home,
    @Nullable Path data,
    List<Path> splits,
    @Nullable URI server,
    int items,
    int users,
    Duration measured,
    int threads,
    long seed,
    Progress progress) {

  public BenchContext {
    splits = List.copyOf(splits);
    require("items", items, 1_000, 10_000_000);
    require("users", users, 1_000, 10_000_000);
    require("seconds", measured.toSeconds(), 1, 600);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be in [" + least + ", " + most + "], was " + value);
    }
  }

  BenchContext withItems(int newItems) {
    return new BenchContext(
        home, data, splits, server, newItems, users, measured, threads, seed, progress);
  }

  BenchContext withUsers(int newUsers) {
    return new BenchContext(
        home, data, splits, server, items, newUsers, measured, threads, seed, progress);
  }

  /** A new folder. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(home.resolve(name));
  }
}
