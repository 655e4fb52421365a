package dev.thaw.models.encoder;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on a shared session. */
final class OnnxTextEncoder implements TextEncoder {
  private final SharedSessions.Key key;
  private final OnnxSession session;
  private final int batchSize;
  private final AtomicBoolean closed = new AtomicBoolean();

  OnnxTextEncoder(SharedSessions.Key key, OnnxSession session, int batchSize) {
    this.key = key;
    this.session = session;
    this.batchSize = batchSize;
  }

  @Override
  public VectorSpace space() {
    return session.space();
  }

  @Override
  public List<Embedding> encode(List<String> texts) {
    if (closed.get()) {
      throw new IllegalStateException("encoder " + space().key() + " is closed");
    }
    if (texts.isEmpty()) {
      return List.of();
    }
    float[][] vectors = session.encode(texts, batchSize);
    List<Embedding> embeddings = new ArrayList<>(vectors.length);
    for (float[] vector : vectors) {
      embeddings.add(Embedding.copyOf(session.space(), vector));
    }
    return embeddings;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      SharedSessions.TEXTS.release(key);
    }
  }
}
