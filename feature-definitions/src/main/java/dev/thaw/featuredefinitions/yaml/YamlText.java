package dev.thaw.featuredefinitions.yaml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Text to nodes; nodes keep their lines, which plain objects would lose. */
final class YamlText {
  private YamlText() {}

  static Node read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new YamlFault(file.toString(), 1, "", "is not UTF-8: " + e.getMessage());
    } catch (IOException e) {
      throw new YamlFault(file.toString(), 1, "", "can't be read: " + e);
    }
  }

  static Node parse(String file, String text) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root == null) {
        throw new YamlFault(file, 1, "", "is empty");
      }
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new YamlFault(file, line, "", "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new YamlFault(file, 1, "", "is not YAML: " + e.getMessage());
    }
  }

  /** From 1. */
  static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
