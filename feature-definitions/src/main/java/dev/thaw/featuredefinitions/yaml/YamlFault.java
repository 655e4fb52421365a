package dev.thaw.featuredefinitions.yaml;

/** What is wrong in a YAML file and where: {@code file:line: key: reason}. */
public final class YamlFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String key;

  /**
   * @param line from 1
   * @param key path of the key, such as {@code views[1].features[0].window}; empty for the file
   */
  public YamlFault(String file, int line, String key, String reason) {
    super(file + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + reason);
    this.file = file;
    this.line = line;
    this.key = key;
  }

  public String file() {
    return file;
  }

  public int line() {
    return line;
  }

  public String key() {
    return key;
  }
}
