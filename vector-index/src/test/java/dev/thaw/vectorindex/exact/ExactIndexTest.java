package dev.thaw.vectorindex.exact;

import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.VersionsContract;

class ExactIndexTest extends VersionsContract {
  @Override
  protected VectorIndexes open() {
    return new ExactIndexes();
  }
}
