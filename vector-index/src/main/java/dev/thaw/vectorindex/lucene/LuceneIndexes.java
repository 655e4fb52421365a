package dev.thaw.vectorindex.lucene;

import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.vectorindex.SpaceWriter;
import dev.thaw.vectorindex.VectorIndex;
import dev.thaw.vectorindex.VectorIndexException;
import dev.thaw.vectorindex.VectorIndexes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Indexes below a folder of this machine. Everybody in the process who opens the same folder shares
 * its writers, so that a job and a server in one process see one index; another process is refused.
 * The folder is given free when the last one closes.
 */
public final class LuceneIndexes implements VectorIndexes {
  private final LuceneFolder folder;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LuceneIndexes(LuceneFolder folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder, making it if absent.
   *
   * @throws VectorIndexException if the folder can't be used, or another process holds it
   */
  public static LuceneIndexes open(Path folder) {
    return open(folder, HnswSettings.DEFAULT);
  }

  /**
   * Opens the folder with settings of its own; where it is already open in this process, the
   * settings of the first stay.
   *
   * @throws VectorIndexException if the folder can't be used, or another process holds it
   */
  public static LuceneIndexes open(Path folder, HnswSettings settings) {
    return new LuceneIndexes(LuceneFolder.open(folder, settings));
  }

  @Override
  public VectorIndex openOrCreate(VectorSpace space) {
    return space(space.name()).openOrCreate(space);
  }

  @Override
  public Optional<VectorIndex> find(String spaceName, String modelVersion) {
    return space(spaceName).find(modelVersion);
  }

  @Override
  public Optional<VectorIndex> active(String spaceName) {
    return space(spaceName).active();
  }

  @Override
  public void activate(VectorSpace space) {
    space(space.name()).activate(space);
  }

  @Override
  public List<VectorSpace> versions(String spaceName) {
    return space(spaceName).versions().stream().map(VectorIndex::space).toList();
  }

  @Override
  public SpaceWriter writer(String spaceName) {
    return space(spaceName).writer();
  }

  @Override
  public void drop(VectorSpace space) {
    space(space.name()).drop(space);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      folder.release();
    }
  }

  private LuceneSpace space(String name) {
    if (closed.get()) {
      throw new VectorIndexException("indexes in " + folder.path() + " are closed");
    }
    return folder.space(name);
  }
}
