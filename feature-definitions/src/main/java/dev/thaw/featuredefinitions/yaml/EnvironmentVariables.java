package dev.thaw.featuredefinitions.yaml;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Puts variables of the environment in place of {@code ${NAME}} or {@code ${NAME:-default}}. */
final class EnvironmentVariables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private EnvironmentVariables() {}

  /**
   * The scalar with its variables replaced; a plain one takes the type of what results, so that
   * {@code port: ${PORT}} is a number.
   *
   * @throws IllegalArgumentException naming a variable that is not set and has no default
   */
  static ScalarNode replace(ScalarNode scalar, Map<String, String> environment) {
    String text = scalar.getValue();
    if (!text.contains("${")) {
      return scalar;
    }
    String replaced = VARIABLE.matcher(text).replaceAll(match -> quoted(match, environment));
    boolean isPlain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    Tag tag = isPlain ? new Resolver().resolve(NodeId.scalar, replaced, true) : scalar.getTag();
    return new ScalarNode(
        tag, replaced, scalar.getStartMark(), scalar.getEndMark(), scalar.getScalarStyle());
  }

  private static String quoted(java.util.regex.MatchResult match, Map<String, String> environment) {
    String name = match.group(1);
    @Nullable String value = environment.getOrDefault(name, match.group(2));
    if (value == null) {
      throw new IllegalArgumentException("environment variable " + name + " is not set");
    }
    return Matcher.quoteReplacement(value);
  }
}
