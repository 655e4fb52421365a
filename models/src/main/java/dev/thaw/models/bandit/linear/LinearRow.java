package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.models.binary.FloatArrays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A row of the view {@code arm_linear} as readers see it. Sums are written in single precision: 8.9
 * kB a cell and space at most, and an error of 6e-8 of each.
 *
 * @param cells what is counted apart, in the order of their names: sums are the same on every
 *     reader
 */
public record LinearRow(List<Cell> cells) {

  /**
   * @param name of what is counted apart
   * @param space where the features come from that it was learned of
   */
  public record Cell(String name, String space, LinearSums sums) {}

  public LinearRow {
    cells = List.copyOf(cells);
  }

  static FeatureRow of(EntityKey key, Map<String, LinearArm> arms) {
    if (arms.isEmpty()) {
      throw new IllegalArgumentException("an arm without evidence has no row, key was " + key);
    }
    List<Cell> cells = new ArrayList<>();
    List<Long> dropped = new ArrayList<>();
    arms.forEach(
        (name, arm) ->
            arm.spaces()
                .forEach(
                    (space, sums) -> {
                      cells.add(new Cell(name, space, sums));
                      dropped.add(arm.dropped());
                    }));
    List<LinearSums> sums = cells.stream().map(Cell::sums).toList();
    return new FeatureRow(
        key,
        Map.of(
            "cells", new FeatureValue.Texts(cells.stream().map(Cell::name).toList()),
            "spaces", new FeatureValue.Texts(cells.stream().map(Cell::space).toList()),
            "dimensions", integers(sums.stream().mapToLong(LinearSums::dimension).toArray()),
            "precision", floats(sums.stream().map(LinearSums::gram).toList()),
            "b", floats(sums.stream().map(LinearSums::moment).toList()),
            "impressions", integers(sums.stream().mapToLong(LinearSums::impressions).toArray()),
            "dropped", integers(dropped.stream().mapToLong(each -> each).toArray()),
            "times", integers(sums.stream().mapToLong(LinearSums::frontier).toArray())),
        Instant.ofEpochMilli(sums.stream().mapToLong(LinearSums::frontier).max().orElseThrow()));
  }

  private static FeatureValue integers(long[] values) {
    return FeatureValue.Int64s.copyOf(values);
  }

  private static FeatureValue floats(List<double[]> parts) {
    double[] all = parts.stream().flatMapToDouble(Arrays::stream).toArray();
    return FeatureValue.Float32s.copyOf(FloatArrays.rounded(all));
  }

  /**
   * @throws IllegalArgumentException if a feature is missing, or what they say can't be
   */
  public static LinearRow read(FeatureRow row) {
    if (row.get("cells").orElse(null) instanceof FeatureValue.Texts cells
        && row.get("spaces").orElse(null) instanceof FeatureValue.Texts spaces
        && row.get("dimensions").orElse(null) instanceof FeatureValue.Int64s dimensions
        && row.get("precision").orElse(null) instanceof FeatureValue.Float32s precision
        && row.get("b").orElse(null) instanceof FeatureValue.Float32s b
        && row.get("impressions").orElse(null) instanceof FeatureValue.Int64s impressions
        && row.get("times").orElse(null) instanceof FeatureValue.Int64s times) {
      return new LinearRow(
          cells(
              cells.values(),
              spaces.values(),
              dimensions.toArray(),
              Features.wide(precision.toArray()),
              Features.wide(b.toArray()),
              impressions.toArray(),
              times.toArray()));
    }
    throw new IllegalArgumentException(
        "row of arm_linear must have cells, spaces, dimensions, precision, b, impressions and"
            + " times, had "
            + row.features().keySet());
  }

  private static List<Cell> cells(
      List<String> names,
      List<String> spaces,
      long[] dimensions,
      double[] precision,
      double[] b,
      long[] impressions,
      long[] times) {
    List<Integer> lengths =
        List.of(names.size(), spaces.size(), dimensions.length, impressions.length, times.length);
    if (lengths.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "cells, spaces, dimensions, impressions and times must be equally many, were " + lengths);
    }
    List<Cell> cells = new ArrayList<>();
    int gramAt = 0;
    int momentAt = 0;
    for (int i = 0; i < dimensions.length; i++) {
      int d = LinearSums.requireDimension(dimensions[i]);
      int gramEnd = gramAt + LinearSums.triangle(d);
      int momentEnd = momentAt + d;
      if (gramEnd > precision.length || momentEnd > b.length) {
        throw lengths(precision, b, dimensions);
      }
      cells.add(
          new Cell(
              names.get(i),
              spaces.get(i),
              LinearSums.restored(
                  Arrays.copyOfRange(precision, gramAt, gramEnd),
                  Arrays.copyOfRange(b, momentAt, momentEnd),
                  impressions[i],
                  times[i])));
      gramAt = gramEnd;
      momentAt = momentEnd;
    }
    if (gramAt != precision.length || momentAt != b.length) {
      throw lengths(precision, b, dimensions);
    }
    return cells;
  }

  private static IllegalArgumentException lengths(double[] precision, double[] b, long[] d) {
    return new IllegalArgumentException(
        "precision and b must be as long as features of %s make them, were %d and %d"
            .formatted(Arrays.toString(d), precision.length, b.length));
  }
}
