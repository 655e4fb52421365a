package dev.thaw.featuredefinitions.views;

import java.io.Serializable;
import java.util.List;

/**
 * Views that one method reads together.
 *
 * @param views names of views
 */
public record FeatureService(String name, List<String> views, String description)
    implements Serializable {
  public FeatureService {
    views = List.copyOf(views);
  }
}
