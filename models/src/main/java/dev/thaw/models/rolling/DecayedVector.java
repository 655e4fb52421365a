package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@link DecayedNumber} of vectors, all of one space. When the newest vector is of another space,
 * as after a change of encoder, the mean starts anew there; older vectors of other spaces are left
 * out, since vectors of two spaces have no mean.
 */
final class DecayedVector extends Part {
  static final int KIND = 5;

  private @Nullable VectorSpace space;
  private long newest;
  private double weight;
  private float[] sums = {};

  boolean add(long time, Embedding vector, double halfLife) {
    if (!vector.space().equals(space)) {
      if (space != null && time < newest) {
        return false;
      }
      space = vector.space();
      sums = new float[vector.dimension()];
      weight = 0;
      newest = time;
    }
    if (time > newest) {
      double decay = DecayedNumber.decay(time - newest, halfLife);
      weight *= decay;
      scale((float) decay);
      newest = time;
    }
    double own = DecayedNumber.decay(newest - time, halfLife);
    weight += own;
    float scale = (float) own;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += scale * vector.get(i);
    }
    return true;
  }

  private void scale(float by) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= by;
    }
  }

  float[] mean() {
    float[] mean = new float[sums.length];
    float inverse = (float) (1 / weight);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sums[i] * inverse;
    }
    return mean;
  }

  @Override
  void dropUntil(long until) {
    if (space != null && newest <= until) {
      clear();
    }
  }

  @Override
  long oldest() {
    return newest;
  }

  @Override
  boolean isEmpty() {
    return space == null;
  }

  @Override
  void clear() {
    space = null;
    newest = 0;
    weight = 0;
    sums = new float[0];
  }

  @Override
  DecayedVector copy() {
    DecayedVector copy = new DecayedVector();
    copy.space = space;
    copy.newest = newest;
    copy.weight = weight;
    copy.sums = sums.clone();
    return copy;
  }

  @Override
  int kind() {
    return KIND;
  }

  @Override
  void write(BinaryWriter out) {
    VectorSpace in = space;
    out.writeByte(in == null ? 0 : 1);
    if (in == null) {
      return;
    }
    out.writeText(in.name()).writeText(in.modelVersion()).writeByte(in.metric().ordinal());
    out.writeSigned(newest).writeDouble(weight).writeCount(sums.length);
    for (float sum : sums) {
      out.writeFloat(sum);
    }
  }

  static DecayedVector read(BinaryReader in) {
    DecayedVector vector = new DecayedVector();
    if (in.readByte() == 0) {
      return vector;
    }
    String name = in.readText();
    String version = in.readText();
    int metric = in.readByte();
    if (metric >= Metric.values().length) {
      throw in.damaged("metric " + metric);
    }
    vector.newest = in.readSigned();
    vector.weight = in.readDouble();
    vector.sums = new float[in.readSize(4)];
    for (int i = 0; i < vector.sums.length; i++) {
      vector.sums[i] = in.readFloat();
    }
    vector.space = new VectorSpace(name, version, vector.sums.length, Metric.values()[metric]);
    return vector;
  }
}
