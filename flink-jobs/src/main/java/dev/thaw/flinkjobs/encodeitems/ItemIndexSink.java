package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.flinkjobs.factorspaces.Placements;
import dev.thaw.flinkjobs.streams.EncodedContent;
import dev.thaw.models.artefact.ArtefactStore;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes content vectors, places in the factor spaces and flags to the vector index, in batches,
 * durably before each checkpoint. Writing a change again is harmless.
 */
public final class ItemIndexSink implements Sink<EncodedContent> {
  private static final long serialVersionUID = 1L;

  private final IndexOpener indexes;
  private final String artefacts;
  private final DomainDefinitions domains;
  private final Duration flushInterval;

  /**
   * @param artefacts folder of the artefact store, which knows how factor spaces were made
   */
  public ItemIndexSink(
      IndexOpener indexes, Path artefacts, DomainDefinitions domains, Duration flushInterval) {
    this.indexes = indexes;
    this.artefacts = artefacts.toString();
    this.domains = domains;
    this.flushInterval = flushInterval;
  }

  @Override
  public SinkWriter<EncodedContent> createWriter(WriterInitContext context) {
    return new ItemIndexWriter(
        indexes.open(),
        new Placements(ArtefactStore.open(Path.of(artefacts))),
        domains,
        flushInterval.toMillis(),
        context.getProcessingTimeService());
  }
}
