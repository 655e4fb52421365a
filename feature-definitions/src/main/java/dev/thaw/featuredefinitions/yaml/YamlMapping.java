package dev.thaw.featuredefinitions.yaml;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file, read key by key. Every method throws {@link YamlFault} with the place
 * if the value is missing or has another form than asked for. Not thread-safe.
 */
public final class YamlMapping {
  private final String file;
  private final String path;
  private final int line;
  private final @Nullable Map<String, String> environment;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMapping(
      String file, String path, MappingNode node, @Nullable Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
    this.path = path;
    this.line = YamlText.lineOf(node);
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new YamlFault(
            file, YamlText.lineOf(tuple.getKeyNode()), path, "keys must be plain words");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw new YamlFault(file, YamlText.lineOf(key), child(key.getValue()), "is given twice");
      }
    }
  }

  /**
   * @throws YamlFault if the file can't be read or is not one YAML mapping
   */
  public static YamlMapping read(Path file) {
    return mapping(file.toString(), "", YamlText.read(file), null);
  }

  /** Reads a file in whose values {@code ${NAME}} stands for a variable of the environment. */
  public static YamlMapping read(Path file, Map<String, String> environment) {
    return mapping(file.toString(), "", YamlText.read(file), environment);
  }

  /**
   * @param file name for messages
   */
  public static YamlMapping parse(String file, String text) {
    return mapping(file, "", YamlText.parse(file, text), null);
  }

  /** Refuses every key but these. */
  public YamlMapping only(String... keys) {
    List<String> known = List.of(keys);
    values.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            throw fault(key, "unknown key, known are " + String.join(", ", known));
          }
        });
    return this;
  }

  /** Refuses files of another version of their format. */
  public YamlMapping requireVersion(int version) {
    if (integer("version") != version) {
      throw fault("version", "must be " + version + ", was " + integer("version"));
    }
    return this;
  }

  public Set<String> keys() {
    return new TreeSet<>(values.keySet());
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public String text(String key) {
    return scalar(key, require(key)).getValue();
  }

  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  public Optional<String> optionalText(String key) {
    return optional(key).map(node -> scalar(key, node).getValue());
  }

  public double number(String key) {
    String text = scalarOf(key, require(key), "a number", Tag.INT, Tag.FLOAT);
    try {
      double number = Double.parseDouble(text.replace("_", ""));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the other forms YAML calls a number
    }
    throw fault(key, "must be a finite decimal number, was " + text);
  }

  public OptionalDouble optionalNumber(String key) {
    return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
  }

  public long integer(String key) {
    String text = scalarOf(key, require(key), "an integer", Tag.INT);
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw fault(key, "must be a decimal 64-bit integer, was " + text);
    }
  }

  public int intNumber(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    long value = integer(key);
    if (value != (int) value) {
      throw fault(key, "must be a 32-bit integer, was " + value);
    }
    return (int) value;
  }

  public boolean flag(String key, boolean otherwise) {
    Node node = values.get(key);
    if (node == null) {
      return otherwise;
    }
    String text = scalarOf(key, node, "true or false", Tag.BOOL);
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(key, "must be true or false, was " + text);
    }
    return text.equals("true");
  }

  public Duration duration(String key) {
    String text = text(key);
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw fault(key, String.valueOf(e.getMessage()));
    }
  }

  public Duration duration(String key, Duration otherwise) {
    return has(key) ? duration(key) : otherwise;
  }

  /** One of the words, without regard to case, as a constant of the enum. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    String text = text(key);
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
      names.add(constant.name());
    }
    throw fault(key, "must be one of " + String.join(", ", names) + ", was \"" + text + '"');
  }

  /** A list of words; one word alone is a list of one; a missing key is an empty list. */
  public List<String> texts(String key) {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(scalar(key, node).getValue());
    }
    List<String> texts = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      texts.add(scalar(key + "[" + texts.size() + "]", element).getValue());
    }
    return texts;
  }

  /** The same, each made into a value that checks itself. */
  public <T> List<T> texts(String key, Function<String, T> value) {
    try {
      return texts(key).stream().map(value).toList();
    } catch (YamlFault e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw fault(key, String.valueOf(e.getMessage()));
    }
  }

  public YamlMapping mapping(String key) {
    return mapping(file, child(key), require(key), environment);
  }

  public Optional<YamlMapping> optionalMapping(String key) {
    return has(key) ? Optional.of(mapping(key)) : Optional.empty();
  }

  public List<YamlMapping> mappings(String key) {
    if (!(require(key) instanceof SequenceNode sequence)) {
      throw fault(key, "must be a list");
    }
    List<YamlMapping> mappings = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      mappings.add(mapping(file, child(key) + "[" + mappings.size() + "]", element, environment));
    }
    return mappings;
  }

  /**
   * Builds a value that checks itself. If its message starts with a key of this mapping, the fault
   * names that key and its line.
   */
  public <T> T build(Supplier<T> value) {
    try {
      return value.get();
    } catch (YamlFault e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      int space = reason.indexOf(' ');
      String key = space < 0 ? "" : reason.substring(0, space);
      if (has(key)) {
        throw fault(key, reason.substring(space + 1));
      }
      throw new YamlFault(file, line, path, reason);
    }
  }

  /** A fault at the key, or at this mapping where it has no such key. */
  public YamlFault fault(String key, String reason) {
    Node node = values.get(key);
    return new YamlFault(file, node == null ? line : YamlText.lineOf(node), child(key), reason);
  }

  private static YamlMapping mapping(
      String file, String path, Node node, @Nullable Map<String, String> environment) {
    if (node instanceof MappingNode mapping) {
      return new YamlMapping(file, path, mapping, environment);
    }
    throw new YamlFault(file, YamlText.lineOf(node), path, "must be a mapping of keys to values");
  }

  private Optional<Node> optional(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private Node require(String key) {
    @Nullable Node node = values.get(key);
    if (node == null) {
      throw fault(key, "is missing");
    }
    return node;
  }

  private ScalarNode scalar(String key, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      try {
        return environment == null ? scalar : EnvironmentVariables.replace(scalar, environment);
      } catch (IllegalArgumentException e) {
        throw new YamlFault(
            file, YamlText.lineOf(node), child(key), String.valueOf(e.getMessage()));
      }
    }
    throw new YamlFault(file, YamlText.lineOf(node), child(key), "must be one word or number");
  }

  private String scalarOf(String key, Node node, String wanted, Tag... tags) {
    ScalarNode scalar = scalar(key, node);
    if (!List.of(tags).contains(scalar.getTag())) {
      throw fault(key, "must be " + wanted + ", was \"" + scalar.getValue() + '"');
    }
    return scalar.getValue();
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
