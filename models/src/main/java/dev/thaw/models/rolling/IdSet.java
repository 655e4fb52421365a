package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.HashSet64;

/** Hashes of the ids of a stretch of event time. */
final class IdSet {
  final long first;
  long last;
  private final HashSet64 hashes;

  IdSet(long first, long last) {
    this(first, last, new HashSet64());
  }

  private IdSet(long first, long last, HashSet64 hashes) {
    this.first = first;
    this.last = last;
    this.hashes = hashes;
  }

  int size() {
    return hashes.size();
  }

  boolean contains(long hash) {
    return hashes.contains(hash);
  }

  void add(long hash) {
    hashes.add(hash);
  }

  IdSet copy() {
    return new IdSet(first, last, hashes.copy());
  }

  void write(BinaryWriter out) {
    out.writeSigned(first).writeCount(last - first);
    hashes.write(out);
  }

  static IdSet read(BinaryReader in) {
    long first = in.readSigned();
    return new IdSet(first, first + in.readCount(), HashSet64.read(in));
  }
}
