package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.FloatArrays;
import dev.thaw.models.kernel.TangentKernel;
import dev.thaw.models.training.InvertedLists;
import dev.thaw.models.training.RowTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * How alike an item is to some known ones: {@link TangentKernel} over the weighted mean of two
 * cosines, that of the content vectors and that of the sets of words, plus the plain product of
 * both, which grows with what two items share and is 1 in the mean over the known items with
 * themselves. The one tells items apart that share a word with many others, the other goes on where
 * none is near; on held-out items of MovieLens 1M the sum ranks better than either. An item without
 * vector and words is like none. Immutable, thread-safe.
 */
final class ContentKernel {
  /** Of the words' cosine, that of the content vectors being 1. */
  private static final double WORDS = 4;

  /** Of the product of the content vectors, a common attribute being 1. */
  private static final double VECTORS = 24;

  private final ContentFeatures features;
  private final List<ContentFeatures.Row> rows;
  private final double[] norms;
  private final double meanProduct;
  private final double[] squaredLengths;
  private final int[][] rowsOf;

  /** Of the words in the rows of {@link #rowsOf}. */
  private final float[][] weightsOf;

  /**
   * @param rows of the items that others are compared with, made by these features
   */
  ContentKernel(ContentFeatures features, List<ContentFeatures.Row> rows) {
    this.features = features;
    this.rows = List.copyOf(rows);
    this.norms = rows.stream().mapToDouble(ContentKernel::norm).toArray();
    this.meanProduct =
        rows.stream()
            .mapToDouble(ContentKernel::square)
            .filter(each -> each > 0)
            .average()
            .orElse(1);
    this.rowsOf =
        InvertedLists.of(rows.stream().map(ContentFeatures.Row::words).toList(), features.words());
    this.squaredLengths = rows.stream().mapToDouble(ContentFeatures.Row::squaredLength).toArray();
    this.weightsOf = weightsOf();
  }

  private float[][] weightsOf() {
    float[][] weights = new float[rowsOf.length][];
    for (int word = 0; word < weights.length; word++) {
      weights[word] = new float[rowsOf[word].length];
      for (int at = 0; at < weights[word].length; at++) {
        weights[word][at] = rows.get(rowsOf[word][at]).weight(word);
      }
    }
    return weights;
  }

  private static double norm(ContentFeatures.Row row) {
    return Math.sqrt((row.vector() == null ? 0 : 1) + (row.words().length == 0 ? 0 : WORDS));
  }

  private static double square(ContentFeatures.Row row) {
    return (row.vector() == null ? 0 : VECTORS) + row.squaredLength();
  }

  ContentFeatures features() {
    return features;
  }

  /** Items that others are compared with. */
  int size() {
    return rows.size();
  }

  /** One value per known item. O(known items x content dimension). */
  double[] of(ContentFeatures.Row row) {
    double[] values = new double[rows.size()];
    double norm = norm(row);
    if (norm > 0) {
      double squaredLength = row.squaredLength();
      addCommonWords(row, values);
      for (int other = 0; other < values.length; other++) {
        values[other] =
            norms[other] == 0 ? 0 : value(row, norm, squaredLength, other, values[other]);
      }
    }
    return values;
  }

  /** Products of the weighted words. */
  private void addCommonWords(ContentFeatures.Row row, double[] values) {
    for (int i = 0; i < row.words().length; i++) {
      int word = row.words()[i];
      for (int at = 0; at < rowsOf[word].length; at++) {
        values[rowsOf[word][at]] += row.weights()[i] * weightsOf[word][at];
      }
    }
  }

  private double value(
      ContentFeatures.Row row, double norm, double squaredLength, int other, double common) {
    ContentFeatures.Row known = rows.get(other);
    double cosine = 0;
    if (common > 0) {
      cosine += WORDS * common / Math.sqrt(squaredLength * squaredLengths[other]);
    }
    double product = common;
    float[] own = row.vector();
    float[] its = known.vector();
    if (own != null && its != null) {
      double near = InnerProduct.of(own, its, own.length);
      cosine += near;
      product += VECTORS * near;
    }
    return TangentKernel.of(cosine / (norm * norms[other])) + product / meanProduct;
  }

  /**
   * Of the known items with each other.
   *
   * @param threads change nothing but the time
   */
  DMatrixRMaj matrix(int threads) {
    int size = rows.size();
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    try (RowTasks tasks = new RowTasks(threads)) {
      tasks.forEach(
          size,
          () -> matrix.data,
          (into, row) -> System.arraycopy(of(rows.get(row)), 0, into, row * size, size));
    }
    return matrix;
  }

  void write(BinaryWriter out) {
    features.write(out);
    out.writeCount(rows.size());
    float[] none = {};
    for (ContentFeatures.Row row : rows) {
      FloatArrays.write(out, row.vector() == null ? none : row.vector());
      out.writeCount(row.words().length);
      Arrays.stream(row.words()).forEach(out::writeCount);
    }
  }

  static ContentKernel read(BinaryReader in) {
    ContentFeatures features = ContentFeatures.read(in);
    int size = in.readSize(2);
    List<ContentFeatures.Row> rows = new ArrayList<>(size);
    for (int row = 0; row < size; row++) {
      float[] vector = FloatArrays.read(in);
      if (vector.length != 0 && vector.length != features.contentDimension()) {
        throw in.damaged(
            "content vector of length " + vector.length + ", not " + features.contentDimension());
      }
      rows.add(
          features.row(
              vector.length == 0 ? null : vector, in.readNumbers(features.words(), "word")));
    }
    return new ContentKernel(features, rows);
  }
}
