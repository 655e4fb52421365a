package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What concerns the state of keys without being one of their records: a key was erased, or an
 * artefact set was announced. A plain Flink POJO; not changed after it was made.
 */
public final class Signal {
  public static final TypeInformation<Signal> TYPE =
      Types.POJO(
          Signal.class,
          Map.of(
              "erasedKey", Types.STRING,
              "time", Types.LONG,
              "announcement", StreamTypes.ARTEFACT_ANNOUNCEMENT));

  /** Null if this is an announcement. */
  public @Nullable String erasedKey;

  /** Epoch milliseconds; of an erasure in event time. */
  public long time;

  /** Null if this is an erasure. */
  public @Nullable ArtefactAnnouncement announcement;

  /** For Flink. */
  public Signal() {}

  /** The key and all that happened up to this time are to be forgotten. */
  public static Signal erased(String key, long time) {
    Signal signal = new Signal();
    signal.erasedKey = Objects.requireNonNull(key);
    signal.time = time;
    return signal;
  }

  public static Signal announced(ArtefactAnnouncement announcement) {
    Signal signal = new Signal();
    signal.announcement = Objects.requireNonNull(announcement);
    signal.time = announcement.time().toEpochMilli();
    return signal;
  }
}
