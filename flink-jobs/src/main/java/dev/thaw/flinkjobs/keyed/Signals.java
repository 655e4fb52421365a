package dev.thaw.flinkjobs.keyed;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.Signal;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** Streams of signals. */
public final class Signals {
  private Signals() {}

  /** The erasures of a view's keys. */
  public static DataStream<Signal> ofErasures(
      DataStream<Erasure> erasures, ViewKeys keys, DomainDefinitions domains) {
    List<DomainId> names = domains.all().stream().map(DomainDefinition::name).toList();
    return erasures
        .<Signal>flatMap(
            (erasure, out) -> {
              long time = erasure.time().toEpochMilli();
              keys.erased(erasure, names).forEach(key -> out.collect(Signal.erased(key, time)));
            })
        .returns(Signal.TYPE)
        .name("erased-keys")
        // leaves at once, so that no more than a buffer of records can overtake it
        .setBufferTimeout(0);
  }

  /** The artefact sets announced. */
  public static DataStream<Signal> ofSets(DataStream<Change<ArtefactAnnouncement>> announcements) {
    return announcements
        .<Signal>flatMap((change, out) -> collectSet(change, out))
        .returns(Signal.TYPE)
        .name("announced-sets");
  }

  private static void collectSet(Change<ArtefactAnnouncement> change, Collector<Signal> out) {
    ArtefactAnnouncement announcement = change.record;
    if (announcement != null) {
      out.collect(Signal.announced(announcement));
    }
  }
}
