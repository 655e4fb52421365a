package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.RecordKind;
import dev.thaw.featuredefinitions.wire.Rejection;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.flinkjobs.streams.ContentChange;
import dev.thaw.models.encoder.EncodedItem;
import dev.thaw.models.encoder.ItemEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes batches; an item that the encoder refuses does not take the others with it, nor does a
 * part of an item that can't be read take the rest of it. What was encoded before is taken from
 * memory or from the item's row.
 */
final class ContentEncoding implements AutoCloseable {
  private static final String PARTIAL = "-partial";

  private final ItemEncoder encoder;
  private final StoredVectors stored;
  private final NewestVectors newest = new NewestVectors();

  /** Encoder and stored vectors are closed with this. */
  ContentEncoding(ItemEncoder encoder, StoredVectors stored) {
    this.encoder = encoder;
    this.stored = stored;
  }

  /**
   * What became of an item.
   *
   * @param encoded null where nothing could be made of it: it keeps what was made of it before
   * @param unread parts that could not be read
   */
  record Outcome(@Nullable Encoded encoded, List<EncodedItem.Unread> unread) {
    List<DeadLetter> letters(ContentChange change, WireFormat<CatalogueItem> form) {
      CatalogueItem item = Objects.requireNonNull(change.item);
      return unread.stream()
          .map(
              part ->
                  DeadLetter.ofJob(
                      EncodeItems.NAME,
                      RecordKind.ITEM,
                      new Rejection(
                          part.field(), part.value(), "can't be encoded: " + part.reason()),
                      form.write(item),
                      Instant.ofEpochMilli(change.time)))
          .toList();
    }
  }

  /**
   * @param vector empty where there was nothing to read
   * @param hash of what was read
   */
  record Encoded(Optional<Embedding> vector, String hash) {}

  /** One outcome per item, in order. Contents that are known or there twice are encoded once. */
  List<Outcome> encode(List<CatalogueItem> items) {
    List<String> hashes = items.stream().map(encoder::contentHash).toList();
    Map<String, CatalogueItem> unknown = new LinkedHashMap<>();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      String hash = hashes.get(i);
      Optional<Encoded> known = newest.find(hash);
      if (known.isPresent()) {
        outcomes.put(hash, whole(known.get()));
      } else {
        unknown.put(hash, items.get(i));
      }
    }
    Map<String, Encoded> before = stored.of(unknown);
    before.values().forEach(newest::add);
    before.forEach((hash, encoded) -> outcomes.put(hash, whole(encoded)));
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
      List<EncodedItem> made = encoder.encode(new ArrayList<>(unknown.values()));
      for (int i = 0; i < hashes.size(); i++) {
        outcomes.put(hashes.get(i), outcome(made.get(i), hashes.get(i)));
      }
    } catch (IllegalArgumentException e) {
      if (unknown.size() == 1) {
        String title = Objects.requireNonNull(unknown.get(hashes.get(0))).title();
        outcomes.put(
            hashes.get(0),
            new Outcome(
                null,
                List.of(new EncodedItem.Unread("title", title, String.valueOf(e.getMessage())))));
      } else {
        unknown.forEach((hash, item) -> outcomes.putAll(encode(Map.of(hash, item))));
      }
    }
    return outcomes;
  }

  private static Outcome whole(Encoded encoded) {
    return new Outcome(encoded, List.of());
  }

  private Outcome outcome(EncodedItem item, String hash) {
    if (item.unread().isEmpty()) {
      Encoded encoded = new Encoded(item.vector(), hash);
      newest.add(encoded);
      return whole(encoded);
    }
    // under a hash that is asked for never: the next time the item is encoded, all of it is tried
    return new Outcome(
        item.vector().isEmpty() ? null : new Encoded(item.vector(), hash + PARTIAL), item.unread());
  }

  @Override
  public void close() {
    try (stored) {
      encoder.close();
    }
  }
}
