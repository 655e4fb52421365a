package dev.thaw.launcher.observability;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in an expression of PromQL: its selectors and the labels it groups or joins by. Whether
 * it is PromQL at all is for promtool to say.
 */
public record PromExpression(List<Selector> selectors, Set<String> labels) {
  private static final Set<String> AGGREGATIONS =
      Set.of(
          "sum",
          "min",
          "max",
          "avg",
          "count",
          "topk",
          "bottomk",
          "quantile",
          "stddev",
          "stdvar",
          "group",
          "count_values",
          "limitk",
          "limit_ratio");
  private static final Set<String> GROUPINGS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|\\[[^]]*]|[0-9][\\w.]*"
              + "|\\$\\w+|(?<name>[a-zA-Z_:][\\w:]*)|.");
  private static final Pattern CONDITIONS = Pattern.compile("\\s*\\{((?:[^}\"]|\"[^\"]*\")*)}");
  private static final Pattern CONDITION =
      Pattern.compile("\\s*([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"\\s*,?");
  private static final Pattern LABELS = Pattern.compile("\\s*\\(([^)]*)\\)");
  private static final Pattern CALL = Pattern.compile("\\s*\\(");

  public PromExpression {
    selectors = List.copyOf(selectors);
    labels = Set.copyOf(labels);
  }

  public static PromExpression parse(String text) {
    List<Selector> selectors = new ArrayList<>();
    Set<String> labels = new LinkedHashSet<>();
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length() && token.find(at)) {
      at = token.end();
      String name = token.group("name");
      if (name == null || WORDS.contains(name) || AGGREGATIONS.contains(name)) {
        continue;
      }
      Matcher rest = GROUPINGS.contains(name) ? LABELS.matcher(text) : CALL.matcher(text);
      boolean opens = rest.region(at, text.length()).lookingAt();
      if (GROUPINGS.contains(name)) {
        if (opens) {
          List.of(rest.group(1).split(",")).forEach(each -> addName(labels, each));
          at = rest.end();
        }
      } else if (!opens) {
        Matcher conditions = CONDITIONS.matcher(text).region(at, text.length());
        boolean has = conditions.lookingAt();
        selectors.add(new Selector(name, has ? conditions(conditions.group(1)) : List.of()));
        at = has ? conditions.end() : at;
      }
    }
    return new PromExpression(selectors, labels);
  }

  private static void addName(Set<String> labels, String text) {
    if (!text.isBlank()) {
      labels.add(text.strip());
    }
  }

  private static List<Selector.Condition> conditions(String text) {
    List<Selector.Condition> conditions = new ArrayList<>();
    Matcher each = CONDITION.matcher(text);
    int at = 0;
    while (each.region(at, text.length()).lookingAt()) {
      conditions.add(new Selector.Condition(each.group(1), each.group(2), each.group(3)));
      at = each.end();
    }
    if (!text.substring(at).isBlank()) {
      throw new IllegalArgumentException("no condition of a label: " + text.substring(at));
    }
    return conditions;
  }
}
