package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * Decayed sums as of the newest event: {@code weight = sum_i 2^(-(newest - t_i) / h)} and {@code
 * sum = sum_i 2^(-(newest - t_i) / h) x_i}. The newest event always weighs 1, so the weight is
 * never below 1 and nothing overflows however long the silence; the mean does not depend on the
 * instant it is asked at, as both sums decay alike.
 */
final class DecayedNumber extends Part {
  static final int KIND = 4;

  private long newest;
  private double weight;
  private double sum;

  void add(long time, double number, double halfLife) {
    if (weight == 0) {
      newest = time;
    } else if (time > newest) {
      double decay = decay(time - newest, halfLife);
      weight *= decay;
      sum *= decay;
      newest = time;
    }
    double own = decay(newest - time, halfLife);
    weight += own;
    sum += own * number;
  }

  static double decay(long age, double halfLife) {
    return age == 0 ? 1 : Math.exp(-Math.log(2) * (age / halfLife));
  }

  double mean() {
    return sum / weight;
  }

  @Override
  void dropUntil(long until) {
    if (newest <= until) {
      clear();
    }
  }

  @Override
  long oldest() {
    return newest;
  }

  @Override
  boolean isEmpty() {
    return weight == 0;
  }

  @Override
  void clear() {
    newest = 0;
    weight = 0;
    sum = 0;
  }

  @Override
  DecayedNumber copy() {
    DecayedNumber copy = new DecayedNumber();
    copy.newest = newest;
    copy.weight = weight;
    copy.sum = sum;
    return copy;
  }

  @Override
  int kind() {
    return KIND;
  }

  @Override
  void write(BinaryWriter out) {
    out.writeSigned(newest).writeDouble(weight).writeDouble(sum);
  }

  static DecayedNumber read(BinaryReader in) {
    DecayedNumber number = new DecayedNumber();
    number.newest = in.readSigned();
    number.weight = in.readDouble();
    number.sum = in.readDouble();
    return number;
  }
}
