package dev.thaw.vectorindex;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Gaussian clusters, as embeddings of a catalogue are: about fifty items a centre, noise of half
 * the centre's spread. Item i is called {@code i<i>}, is in domain movies, books or music by turns,
 * is cold if i is a multiple of 10 and not available if it is one of 7.
 */
public final class ClusteredVectors {
  private static final String[] DOMAINS = {"movies", "books", "music"};

  private final VectorSpace space;
  private final float noise;
  private final RandomGenerator random;
  private final float[][] centres;

  public ClusteredVectors(VectorSpace space, int items, float noise, long seed) {
    this.space = space;
    this.noise = noise;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.centres = new float[Math.max(1, items / 50)][];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = gaussian(1);
    }
  }

  public Embedding next() {
    float[] vector = gaussian(noise);
    float[] centre = centres[random.nextInt(centres.length)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] += centre[i];
    }
    return Embedding.copyOf(space, vector);
  }

  /** Items {@code from} to {@code to}, exclusive. */
  public List<IndexedItem> items(int from, int to) {
    List<IndexedItem> items = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      items.add(item(i, next()));
    }
    return items;
  }

  public static IndexedItem item(int i, Embedding embedding) {
    return new IndexedItem(
        ItemId.of("i" + i), DomainId.of(DOMAINS[i % 3]), i % 10 == 0, i % 7 != 0, embedding);
  }

  private float[] gaussian(float scale) {
    float[] vector = new float[space.dimension()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = scale * (float) random.nextGaussian();
    }
    return vector;
  }
}
