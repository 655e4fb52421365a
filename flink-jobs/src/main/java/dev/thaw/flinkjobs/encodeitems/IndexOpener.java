package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.vectorindex.VectorIndexes;
import java.io.Serializable;

/** Opens the configured vector indexes where a task runs. */
@FunctionalInterface
public interface IndexOpener extends Serializable {
  VectorIndexes open();
}
