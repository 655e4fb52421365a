package dev.thaw.serving.snapshot;

/** Holds the artefact set that serves. */
public interface ActiveSets extends AutoCloseable {

  /** The same immutable set until another one has been loaded, checked and swapped in. */
  ActiveSet current();

  /** Whether a newer set exists that was refused, so that an older one goes on serving. */
  boolean isRefusing();

  @Override
  void close();
}
