package dev.thaw.models.routing;

import java.util.Arrays;

/** How much history a user has in a domain. */
public enum Stage {
  NONE("0"),
  FEW("1-2"),
  SOME("3-19"),
  MANY("20+");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /**
   * @throws IllegalArgumentException naming all labels if no stage has this one
   */
  public static Stage of(String label) {
    for (Stage stage : values()) {
      if (stage.label.equals(label)) {
        return stage;
      }
    }
    throw new IllegalArgumentException(
        "stage must be one of "
            + Arrays.stream(values()).map(Stage::label).toList()
            + ", was \""
            + label
            + '"');
  }

  /** {@code 0}, {@code 1-2}, {@code 3-19} or {@code 20+}, as answers and impressions name it. */
  public String label() {
    return label;
  }
}
