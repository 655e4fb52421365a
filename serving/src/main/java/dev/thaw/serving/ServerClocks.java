package dev.thaw.serving;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What a server knows of time.
 *
 * @param data of event times and time to live; that of the data where old data is replayed
 * @param wall by which recent items are accepted and forgotten
 * @param nanos monotonic, for deadlines and breakers
 */
public record ServerClocks(InstantSource data, InstantSource wall, LongSupplier nanos) {

  /** The clock of the data, the others the machine's. */
  public static ServerClocks ofData(InstantSource data) {
    return new ServerClocks(data, InstantSource.system(), System::nanoTime);
  }

  public ServerClocks withNanos(LongSupplier monotonic) {
    return new ServerClocks(data, wall, monotonic);
  }
}
