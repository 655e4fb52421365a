package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of one item: a {@link LinearArm} for each cell that is counted apart, such as the
 * configurations of an experiment. Mutable; belongs to one thread.
 */
public final class LinearCells {
  /** Cells of an item. */
  static final int MOST = 8;

  private static final int MAGIC = 'L';
  private static final int VERSION = 1;

  private final Map<String, LinearArm> cells = new TreeMap<>();

  /**
   * See {@link LinearArm#observe}. Where there are too many cells, that without evidence for
   * longest is added to the last resort.
   *
   * @param cell what the evidence is counted to
   * @param lastResort the cell that takes up others, and stays
   * @return whether it was learned from; if not, it is of a space that is no longer served
   */
  public boolean observe(
      String cell,
      String lastResort,
      String space,
      float[] x,
      double reward,
      long time,
      Fading fading) {
    LinearArm arm = cells.getOrDefault(cell, new LinearArm());
    boolean learned = arm.observe(space, x, reward, time, fading);
    cells.put(cell, arm);
    if (cells.size() > MOST) {
      cells.entrySet().stream()
          .filter(each -> !each.getKey().equals(lastResort))
          .min(
              Comparator.comparingLong(
                      (Map.Entry<String, LinearArm> each) -> each.getValue().frontier())
                  .thenComparing(Map.Entry.comparingByKey()))
          .ifPresent(oldest -> end(oldest.getKey(), oldest.getValue(), lastResort, fading));
    }
    return learned;
  }

  private void end(String cell, LinearArm arm, String lastResort, Fading fading) {
    cells.remove(cell);
    cells.computeIfAbsent(lastResort, first -> new LinearArm()).merge(arm, fading);
  }

  /** Event time of the newest evidence; {@link Fading#NEVER} before the first. */
  public long frontier() {
    return cells.values().stream().mapToLong(LinearArm::frontier).max().orElse(Fading.NEVER);
  }

  public boolean isEmpty() {
    return cells.isEmpty();
  }

  /**
   * The view {@code arm_linear}.
   *
   * @throws IllegalArgumentException if there is no evidence yet
   */
  public FeatureRow row(EntityKey key) {
    return LinearRow.of(key, cells);
  }

  /** An independent copy. */
  public LinearCells copy() {
    LinearCells copy = new LinearCells();
    cells.forEach((cell, arm) -> copy.cells.put(cell, arm.copy()));
    return copy;
  }

  public byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(32 + 20_000 * cells.size());
    out.writeByte(MAGIC).writeByte(VERSION).writeCount(cells.size());
    cells.forEach((cell, arm) -> arm.write(out.writeText(cell)));
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not an item's, or damaged
   */
  public static LinearCells fromBytes(byte[] bytes) {
    BinaryReader in = new BinaryReader("linear statistics", bytes);
    in.expect(MAGIC, "magic");
    in.expect(VERSION, "version");
    LinearCells read = new LinearCells();
    int cells = in.readSize(4);
    for (int i = 0; i < cells; i++) {
      read.cells.put(in.readText(), LinearArm.read(in));
    }
    if (cells > MOST || read.cells.size() != cells) {
      throw in.damaged(
          cells + " cells, " + read.cells.size() + " different ones of at most " + MOST);
    }
    in.requireEnd();
    return read;
  }
}
