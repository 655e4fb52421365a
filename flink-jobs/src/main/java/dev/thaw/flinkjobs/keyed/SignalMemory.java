package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.streams.StreamTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * What a task has to remember of signals: the announcements it works by, and the keys erased
 * lately. After a restart every task has those of all tasks, so that parallelism may change.
 */
final class SignalMemory {
  private final ListState<ArtefactAnnouncement> storedAnnouncements;
  private final ListState<Tuple2<String, Long>> storedErasures;
  private final List<ArtefactAnnouncement> announcements = new ArrayList<>();
  private final Map<String, Long> erasures = new HashMap<>();

  SignalMemory(OperatorStateStore store) throws Exception {
    storedAnnouncements =
        store.getUnionListState(
            new ListStateDescriptor<>("announcements", StreamTypes.ARTEFACT_ANNOUNCEMENT));
    storedErasures =
        store.getUnionListState(
            new ListStateDescriptor<>("erasures", Types.TUPLE(Types.STRING, Types.LONG)));
  }

  /** Takes up what was stored, of keys those that are given to this task now. */
  void load(Predicate<String> ours) throws Exception {
    for (ArtefactAnnouncement each : storedAnnouncements.get()) {
      if (!announcements.contains(each)) {
        announcements.add(each);
      }
    }
    for (Tuple2<String, Long> each : storedErasures.get()) {
      if (ours.test(each.f0)) {
        erase(each.f0, each.f1);
      }
    }
  }

  void store(List<ArtefactAnnouncement> taken) throws Exception {
    storedAnnouncements.update(taken);
    List<Tuple2<String, Long>> erased = new ArrayList<>(erasures.size());
    erasures.forEach((key, time) -> erased.add(Tuple2.of(key, time)));
    storedErasures.update(erased);
  }

  /** As they were stored. */
  List<ArtefactAnnouncement> announcements() {
    return announcements;
  }

  void erase(String key, long time) {
    erasures.merge(key, time, Math::max);
  }

  /** Whether a record of this time is not newer than the erasure of its key. */
  boolean isErased(String key, long time) {
    Long erased = erasures.get(key);
    return erased != null && time <= erased;
  }

  /** Whether any key was erased lately; seldom true, hence asked first. */
  boolean hasErasures() {
    return !erasures.isEmpty();
  }

  /** Takes those out that are older, and gives them back by their keys. */
  Map<String, Long> takeBefore(long watermark, Duration remembered) {
    Map<String, Long> old = new HashMap<>();
    erasures.forEach(
        (key, time) -> {
          if (time + remembered.toMillis() < watermark) {
            old.put(key, time);
          }
        });
    erasures.keySet().removeAll(old.keySet());
    return old;
  }
}
