package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/** The remembered part of one feature. */
abstract sealed class Part
    permits Cells, DistinctValues, NewestValue, DecayedNumber, DecayedVector {

  abstract Part copy();

  abstract boolean isEmpty();

  abstract void clear();

  /** Drops what was at or before the instant. */
  abstract void dropUntil(long time);

  /** Time of the oldest thing that leaves by itself; only called on parts that are not empty. */
  abstract long oldest();

  abstract int kind();

  abstract void write(BinaryWriter out);

  static Part read(BinaryReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case Cells.KIND -> Cells.read(in);
      case DistinctValues.KIND -> DistinctValues.read(in);
      case NewestValue.KIND -> NewestValue.read(in);
      case DecayedNumber.KIND -> DecayedNumber.read(in);
      case DecayedVector.KIND -> DecayedVector.read(in);
      default -> throw in.damaged("kind of feature state " + kind);
    };
  }
}
