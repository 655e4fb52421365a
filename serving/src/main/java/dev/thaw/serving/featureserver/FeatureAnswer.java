package dev.thaw.serving.featureserver;

import dev.thaw.featuredefinitions.online.FeatureValue;
import java.util.List;
import java.util.Map;

/**
 * What was read.
 *
 * @param joinKeys columns of the request that are join keys
 * @param outputs the features, each of one of the views
 * @param views one for each projection
 */
record FeatureAnswer(
    Map<String, List<FeatureValue>> joinKeys,
    List<Selection.Output> outputs,
    List<ViewRows> views) {

  ViewRows rows(Selection.Output output) {
    return views.get(output.projection());
  }
}
