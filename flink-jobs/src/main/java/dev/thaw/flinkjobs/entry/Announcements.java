package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement.Status;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.models.artefact.ArtefactManifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells jobs and servers what becomes of artefact sets. */
public final class Announcements {
  private final ThawConfig config;
  private final Producer<byte[], byte[]> producer;

  /** The producer stays the caller's: it is not closed here. */
  public Announcements(ThawConfig config, Producer<byte[], byte[]> producer) {
    this.config = config;
    this.producer = producer;
  }

  /**
   * Returns when the broker has it.
   *
   * @throws IllegalStateException if it doesn't take it
   */
  public void announce(ArtefactManifest set, Status status, Instant now) {
    byte[] value =
        WireFormats.artefactAnnouncements()
            .write(
                new ArtefactAnnouncement(
                    set.version(), config.artefacts().toString(), now, status));
    byte[] key = set.version().getBytes(StandardCharsets.UTF_8);
    String topic = config.kafka().topics().artefacts();
    try {
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "set " + set.version() + " could not be announced on " + topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while announcing set " + set.version(), e);
    }
  }
}
