package dev.thaw.featuredefinitions.views;

import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.util.List;

/**
 * Views that jobs write by name must be declared as those write them: the store refuses a feature
 * that is not declared, and nobody writes one that is declared beside them. What they write is what
 * the shipped file declares.
 */
final class WrittenViews {
  private WrittenViews() {}

  /**
   * @param root of the file that declares
   */
  static void check(YamlMapping root, FeatureDefinitions declared, FeatureDefinitions written) {
    for (FeatureView view : written.views()) {
      if (view.isRolling()) {
        continue;
      }
      YamlMapping place =
          root.mappings("views").stream()
              .filter(each -> each.text("name").equals(view.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      root.fault(
                          "views",
                          "must hold view "
                              + view.name()
                              + ", which "
                              + view.writer()
                              + " writes"));
      FeatureView actual = declared.view(view.name());
      require(place, "writer", view.writer(), actual.writer());
      require(place, "entities", written.joinKeys(view), declared.joinKeys(actual));
      requireFeatures(place, view, features(view), features(actual));
    }
  }

  private static List<String> features(FeatureView view) {
    return view.features().stream()
        .map(
            feature ->
                feature.name()
                    + " "
                    + feature.type()
                    + (feature.rolling() == null ? "" : " computed from events"))
        .sorted()
        .toList();
  }

  private static void require(YamlMapping view, String key, Object written, Object declared) {
    if (!written.equals(declared)) {
      throw view.fault(key, "must be " + written + ", as the job writes it, was " + declared);
    }
  }

  private static void requireFeatures(
      YamlMapping place, FeatureView view, List<String> written, List<String> declared) {
    for (String feature : written) {
      if (!declared.contains(feature)) {
        throw place.fault(
            "features",
            "must hold " + feature + ", which " + view.writer() + " writes, was " + declared);
      }
    }
    for (String feature : declared) {
      if (!written.contains(feature)) {
        throw place.fault(
            "features",
            "must be among " + written + ", which " + view.writer() + " writes, was " + feature);
      }
    }
  }
}
