package dev.thaw.launcher.observability;

import java.util.List;

/** A metric in an expression with what its labels must be. */
public record Selector(String metric, List<Condition> conditions) {
  /**
   * One label's condition.
   *
   * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
   * @param value with a {@code $} where a dashboard's variable stands for it
   */
  public record Condition(String label, String operator, String value) {
    /** Only what says how a label must be needs a series that is so. */
    boolean holds(Series series) {
      String found = series.labels().get(label);
      if (found == null) {
        return false;
      }
      if (value.contains("$") || operator.startsWith("!")) {
        return true;
      }
      return operator.equals("=") ? found.equals(value) : found.matches(value);
    }

    @Override
    public String toString() {
      return label + operator + '"' + value + '"';
    }
  }

  public Selector {
    conditions = List.copyOf(conditions);
  }

  boolean matches(Series series) {
    return series.name().equals(metric) && conditions.stream().allMatch(c -> c.holds(series));
  }

  @Override
  public String toString() {
    return metric + conditions;
  }
}
