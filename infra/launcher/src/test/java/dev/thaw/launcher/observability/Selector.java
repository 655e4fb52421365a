package dev.thaw.launcher.observability;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A metric in an expression with what its labels must be. */
public record Selector(String metric, List<Condition> conditions) {
  private static final Pattern ALTERNATIVES = Pattern.compile("([^|()]*)\\(([^()]*)\\)([^|()]*)");

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

  /** One for each alternative of {@code before(a|b)after}: all of them have to be there. */
  Set<Selector> alternatives() {
    Set<Selector> found = new LinkedHashSet<>(List.of(this));
    for (Condition condition : conditions) {
      String value = condition.value();
      Matcher group = ALTERNATIVES.matcher(value.contains("(") ? value : "(" + value + ")");
      if (condition.operator().equals("=~") && group.matches()) {
        for (String each : group.group(2).split("\\|")) {
          found.add(with(condition, group.group(1) + each + group.group(3)));
        }
      }
    }
    return found;
  }

  private Selector with(Condition condition, String value) {
    return new Selector(
        metric,
        conditions.stream()
            .map(c -> c == condition ? new Condition(c.label(), c.operator(), value) : c)
            .toList());
  }

  boolean matches(Series series) {
    return series.name().equals(metric) && conditions.stream().allMatch(c -> c.holds(series));
  }

  @Override
  public String toString() {
    return metric + conditions;
  }
}
