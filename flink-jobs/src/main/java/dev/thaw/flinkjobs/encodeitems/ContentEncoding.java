package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.models.encoder.ItemEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Encodes batches; an item that the encoder refuses does not take the others with it. What was
 * encoded before is taken from memory or from the item's row.
 */
final class ContentEncoding implements AutoCloseable {
  private final ItemEncoder encoder;
  private final StoredVectors stored;
  private final NewestVectors newest = new NewestVectors();

  /** Encoder and stored vectors are closed with this. */
  ContentEncoding(ItemEncoder encoder, StoredVectors stored) {
    this.encoder = encoder;
    this.stored = stored;
  }

  /** What became of an item. */
  sealed interface Outcome permits Encoded, Unreadable {}

  /**
   * @param vector empty where there was nothing to read
   * @param hash of what was read
   */
  record Encoded(Optional<Embedding> vector, String hash) implements Outcome {}

  /**
   * @param reason what the encoder said
   */
  record Unreadable(String reason) implements Outcome {
    DeadLetter letter(ContentChange change, WireFormat<CatalogueItem> form) {
      CatalogueItem item = Objects.requireNonNull(change.item);
      return DeadLetter.ofJob(
          EncodeItems.NAME,
          RecordKind.ITEM,
          new Rejection("title", item.title(), "can't be encoded: " + reason),
          form.write(item),
          Instant.ofEpochMilli(change.time));
    }
  }

  /** One outcome per item, in order. Contents that are known or there twice are encoded once. */
  List<Outcome> encode(List<CatalogueItem> items) {
    List<String> hashes = items.stream().map(encoder::contentHash).toList();
    Map<String, CatalogueItem> unknown = new LinkedHashMap<>();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      String hash = hashes.get(i);
      Optional<Encoded> known = newest.find(hash);
      if (known.isPresent()) {
        outcomes.put(hash, known.get());
      } else {
        unknown.put(hash, items.get(i));
      }
    }
    Map<String, Encoded> before = stored.of(unknown);
    before.values().forEach(newest::add);
    outcomes.putAll(before);
    unknown.keySet().removeAll(before.keySet());
    outcomes.putAll(encode(unknown));
    return hashes.stream().map(hash -> Objects.requireNonNull(outcomes.get(hash))).toList();
  }

  private Map<String, Outcome> encode(Map<String, CatalogueItem> unknown) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    if (unknown.isEmpty()) {
      return outcomes;
    }
    List<String> hashes = List.copyOf(unknown.keySet());
    try {
      List<Optional<Embedding>> vectors = encoder.encode(new ArrayList<>(unknown.values()));
      for (int i = 0; i < hashes.size(); i++) {
        Encoded encoded = new Encoded(vectors.get(i), hashes.get(i));
        newest.add(encoded);
        outcomes.put(encoded.hash(), encoded);
      }
    } catch (IllegalArgumentException e) {
      if (unknown.size() == 1) {
        outcomes.put(hashes.get(0), new Unreadable(String.valueOf(e.getMessage())));
      } else {
        unknown.forEach((hash, item) -> outcomes.putAll(encode(Map.of(hash, item))));
      }
    }
    return outcomes;
  }

  @Override
  public void close() {
    try (stored) {
      encoder.close();
    }
  }
}
