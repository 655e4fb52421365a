package dev.thaw.models.routing;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which method ranks best for users of one domain who were held out of the models' training, by how
 * much is known of them and whether a vector mapped from another domain may be used. Immutable.
 *
 * @param confidence that all lower bounds of a cell hold at once
 * @param cells by rising interactions
 */
public record RoutingTable(DomainId domain, double confidence, List<Cell> cells) {
  private static final int FORMAT = 1;

  public RoutingTable {
    cells = List.copyOf(cells);
  }

  /**
   * One row for users of the same kind.
   *
   * @param from items known of the user, up to those of the next cell of its kind
   * @param mapped whether there is a mapped vector that routing may use
   * @param preferred the method that goes first, null where none ranked better than the configured
   *     order
   * @param users measured
   * @param ndcg nDCG at 10 of the configured order
   * @param compared each method put first, with its paired difference in nDCG at 10
   */
  public record Cell(
      int from,
      boolean mapped,
      @Nullable Method preferred,
      int users,
      double ndcg,
      List<Compared> compared) {
    public Cell {
      compared = List.copyOf(compared);
    }

    /** The configured order with the preferred method before all others. */
    List<Method> order(List<Method> configured) {
      return preferred == null ? configured : RoutingConfig.first(preferred, configured);
    }

    /** For an explanation; empty where the configured order stays. */
    String why() {
      return compared.stream()
          .filter(each -> each.method() == preferred)
          .map(
              each ->
                  "ranked %d held-out users better than the configured order, by %s"
                      .formatted(users, each.difference()))
          .findFirst()
          .orElse("");
    }
  }

  /**
   * @param difference route with the method first, minus the configured order, smoothed over
   *     numbers of interactions; bounds that hold for all of the cell at once
   */
  public record Compared(Method method, Interval difference) {}

  /**
   * The row of a user; without a preferred method where too few such users were measured.
   *
   * @param known items known of the user
   * @param mapped whether there is a mapped vector that routing may use
   */
  public Optional<Cell> cell(long known, boolean mapped) {
    return cells.stream()
        .filter(each -> each.mapped() == mapped && each.from() <= known)
        .reduce((earlier, later) -> later);
  }

  /** For a provenance or a report: the figures of every cell, by a name of the cell. */
  public Map<String, String> toMap() {
    Map<String, String> all = new TreeMap<>();
    for (Cell cell : cells) {
      Method preferred = cell.preferred();
      all.put(
          "from %02d %s".formatted(cell.from(), cell.mapped() ? "mapped" : "not mapped"),
          "%s, %d users, %.4f configured, %s"
              .formatted(
                  preferred == null ? "configured order" : preferred.label() + " first",
                  cell.users(),
                  cell.ndcg(),
                  cell.compared().stream()
                      .map(each -> each.method().label() + " " + each.difference())
                      .toList()));
    }
    return all;
  }

  /** All of it; {@link #read} gives an equal table. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeText(domain.value()).writeDouble(confidence);
    out.writeCount(cells.size());
    for (Cell cell : cells) {
      Method preferred = cell.preferred();
      out.writeCount(cell.from()).writeByte(cell.mapped() ? 1 : 0);
      out.writeText(preferred == null ? "" : preferred.label());
      out.writeCount(cell.users()).writeDouble(cell.ndcg()).writeCount(cell.compared().size());
      for (Compared each : cell.compared()) {
        Interval difference = each.difference();
        out.writeText(each.method().label()).writeDouble(difference.mean());
        out.writeDouble(difference.low()).writeDouble(difference.high());
        out.writeCount(difference.users());
      }
    }
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static RoutingTable read(BinaryReader in) {
    in.expect(FORMAT, "format");
    DomainId domain = new DomainId(in.readText());
    double confidence = in.readDouble();
    int size = in.readSize(1);
    List<Cell> cells = new ArrayList<>(size);
    for (int c = 0; c < size; c++) {
      cells.add(readCell(in));
    }
    return new RoutingTable(domain, confidence, cells);
  }

  private static Cell readCell(BinaryReader in) {
    int from = Math.toIntExact(in.readCount());
    boolean mapped = in.readByte() == 1;
    String preferred = in.readText();
    int users = Math.toIntExact(in.readCount());
    double ndcg = in.readDouble();
    int size = in.readSize(1);
    List<Compared> compared = new ArrayList<>(size);
    for (int c = 0; c < size; c++) {
      Method method = method(in, in.readText());
      compared.add(
          new Compared(
              method,
              new Interval(
                  in.readDouble(),
                  in.readDouble(),
                  in.readDouble(),
                  Math.toIntExact(in.readCount()))));
    }
    return new Cell(
        from, mapped, preferred.isEmpty() ? null : method(in, preferred), users, ndcg, compared);
  }

  private static Method method(BinaryReader in, String label) {
    try {
      return Method.of(label);
    } catch (IllegalArgumentException e) {
      throw in.damaged("method \"" + label + "\", which is none");
    }
  }
}
