package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.images.ImageSource;
import dev.thaw.models.images.UnreadableImageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Encodes the images of items. What is known of an image is its reference: another picture at the
 * same place is not noticed. Images are fetched a few at a time, so that what they take decoded
 * stays bounded.
 */
final class ImageItemEncoder implements ItemEncoder {
  private static final int FETCHED_AT_ONCE = 4;

  private final SharedSessions.Key key;
  private final OnnxImageSession session;
  private final ImageSource source;
  private final int batchSize;
  private final ExecutorService fetching;
  private final AtomicBoolean closed = new AtomicBoolean();

  ImageItemEncoder(
      SharedSessions.Key key, OnnxImageSession session, ImageSource source, int batchSize) {
    this.key = key;
    this.session = session;
    this.source = source;
    this.batchSize = batchSize;
    this.fetching =
        Executors.newFixedThreadPool(
            FETCHED_AT_ONCE,
            task -> {
              Thread thread = new Thread(task, "images");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public VectorSpace space() {
    return session.space();
  }

  @Override
  public String contentHash(CatalogueItem item) {
    return ModelVersion.hash(List.of(space().key(), item.image()));
  }

  @Override
  public List<EncodedItem> encode(List<CatalogueItem> items) {
    if (closed.get()) {
      throw new IllegalStateException("encoder " + space().key() + " is closed");
    }
    Collection<String> references = new LinkedHashSet<>();
    items.forEach(item -> references.add(item.image()));
    references.remove("");
    List<String> distinct = List.copyOf(references);
    Map<String, EncodedItem> made = new ConcurrentHashMap<>();
    made.put("", EncodedItem.NOTHING);
    for (int from = 0; from < distinct.size(); from += batchSize) {
      encode(distinct.subList(from, Math.min(distinct.size(), from + batchSize)), made);
    }
    return items.stream()
        .map(item -> made.getOrDefault(item.image(), EncodedItem.NOTHING))
        .toList();
  }

  private void encode(List<String> references, Map<String, EncodedItem> made) {
    Map<String, float[]> shown = new ConcurrentHashMap<>();
    List<Future<?>> running = new ArrayList<>();
    for (String reference : references) {
      running.add(fetching.submit(() -> read(reference, shown, made)));
    }
    running.forEach(ImageItemEncoder::await);
    List<String> readable = references.stream().filter(shown::containsKey).toList();
    float[][] vectors = session.encode(readable.stream().map(shown::get).toList());
    for (int i = 0; i < vectors.length; i++) {
      made.put(readable.get(i), encoded(readable.get(i), vectors[i]));
    }
  }

  private EncodedItem encoded(String reference, float[] vector) {
    return UnitVectors.normaliseIfPossible(vector)
        ? EncodedItem.of(Optional.of(Embedding.copyOf(space(), vector)))
        : unread(reference, UnitVectors.NO_DIRECTION);
  }

  private static EncodedItem unread(String reference, String reason) {
    return EncodedItem.without(new EncodedItem.Unread("image", reference, reason));
  }

  private void read(String reference, Map<String, float[]> shown, Map<String, EncodedItem> made) {
    try {
      shown.put(reference, source.read(reference, session.preprocessing()));
    } catch (UnreadableImageException e) {
      made.put(reference, unread(reference, String.valueOf(e.getMessage())));
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EncoderException("reading images was interrupted", e);
    } catch (ExecutionException e) {
      throw new EncoderException("reading an image failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      fetching.shutdownNow();
      SharedSessions.IMAGES.release(key);
    }
  }
}
