package dev.thaw.flinkjobs.entry;

import dev.thaw.flinkjobs.ends.JobEnds;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.training.TrainingRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What training jobs read; all of it ends. */
public sealed interface TrainingInputs {
  /** Events and erasures of all domains. */
  DataStream<TrainingRecord> events(JobEnds ends);

  DataStream<TrainingRecord> items(JobEnds ends);

  DataStream<TrainingRecord> vectors(JobEnds ends);

  DataStream<TrainingRecord> profiles(JobEnds ends);

  /** The topics, as they are when the job starts. */
  record OfTopics() implements TrainingInputs {
    @Override
    public DataStream<TrainingRecord> events(JobEnds ends) {
      JobEnds.UserEvents users = ends.upToNow().userEvents();
      return TrainingRecord.ofEvents(users.events())
          .union(TrainingRecord.ofErasures(users.erasures()));
    }

    @Override
    public DataStream<TrainingRecord> items(JobEnds ends) {
      return TrainingRecord.ofItems(ends.upToNow().items());
    }

    @Override
    public DataStream<TrainingRecord> vectors(JobEnds ends) {
      return TrainingRecord.ofVectors(ends.upToNow().itemVectors());
    }

    @Override
    public DataStream<TrainingRecord> profiles(JobEnds ends) {
      return TrainingRecord.ofProfiles(ends.upToNow().profiles());
    }
  }

  /**
   * A data folder: {@code events.jsonl}, {@code items.jsonl} and, if there are any, {@code
   * users.jsonl}; content vectors are those of the topic.
   *
   * @param now what the clock says; times too far ahead are refused
   */
  record OfFolder(Path folder, Instant now) implements TrainingInputs {
    @Override
    public DataStream<TrainingRecord> events(JobEnds ends) {
      return TrainingRecord.ofEvents(ends.eventsIn(folder.resolve("events.jsonl"), now));
    }

    @Override
    public DataStream<TrainingRecord> items(JobEnds ends) {
      return TrainingRecord.ofItems(
          ends.itemsIn(folder.resolve("items.jsonl"), now)
              .map(item -> new Change<>(item.itemId().value(), item))
              .returns(Change.type(StreamTypes.ITEM)));
    }

    @Override
    public DataStream<TrainingRecord> vectors(JobEnds ends) {
      return ends.hasBroker()
          ? TrainingRecord.ofVectors(ends.upToNow().itemVectors())
          : ends.nothing(TrainingRecord.TYPE);
    }

    @Override
    public DataStream<TrainingRecord> profiles(JobEnds ends) {
      Path file = folder.resolve("users.jsonl");
      return Files.exists(file)
          ? TrainingRecord.ofProfiles(
              ends.profilesIn(file, now)
                  .map(profile -> new Change<>(profile.userId().value(), profile))
                  .returns(Change.type(StreamTypes.PROFILE)))
          : ends.nothing(TrainingRecord.TYPE);
    }
  }
}
