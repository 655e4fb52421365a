package dev.thaw.serving.featureserver;

import dev.thaw.serving.api.CallerFault;
import dev.thaw.serving.featureserver.schema.Projection;
import dev.thaw.serving.featureserver.schema.ServedFeatures;
import dev.thaw.serving.featureserver.schema.ServedView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The features that a request is about, by its views. Resolving takes no look into the store.
 *
 * @param projections each view under each of its names once
 * @param outputs in the order in which they were asked for
 */
record Selection(List<Projection> projections, List<Output> outputs) {

  /**
   * A feature of the answer.
   *
   * @param projection position of its view
   */
  record Output(int projection, String feature, String name) {}

  /**
   * @throws CallerFault naming what is not known, and what is
   */
  static Selection of(FeatureRequest request, ServedFeatures known, AnswerNames names, int most) {
    List<Projection> projections =
        request.service() == null
            ? byReference(request.features(), known, most)
            : ofService(request.service(), known);
    Selection selection = named(projections, request, names);
    if (selection.outputs.size() > most) {
      throw CallerFault.of(
          "features", selection.outputs.size() + " of them", "at most " + most + " a request");
    }
    return selection;
  }

  private static List<Projection> ofService(String name, ServedFeatures known) {
    ServedFeatures.Service service = known.services().get(name);
    if (service == null) {
      throw CallerFault.of(
          "feature_service", name, "among " + new TreeSet<>(known.services().keySet()));
    }
    service
        .unserved()
        .ifPresent(
            reason -> {
              throw CallerFault.of("feature_service", name, "one that can be answered: " + reason);
            });
    service
        .projections()
        .forEach(each -> each.features().forEach(feature -> requireRead(each.view(), feature)));
    return service.projections();
  }

  private static List<Projection> byReference(
      List<String> references, ServedFeatures known, int most) {
    if (references.isEmpty() || references.size() > most) {
      throw CallerFault.of(
          "features",
          references.size() + " of them",
          "1 to " + most + " of the form view:feature, or a feature_service in their place");
    }
    Map<String, List<String>> byView = new LinkedHashMap<>();
    for (String reference : references) {
      int colon = reference.indexOf(':');
      if (colon < 0) {
        throw CallerFault.of("features", reference, "of the form view:feature");
      }
      ServedView view = view(reference, reference.substring(0, colon), known);
      String feature = reference.substring(colon + 1);
      requireRead(view, feature);
      byView.computeIfAbsent(view.name(), name -> new ArrayList<>()).add(feature);
    }
    return byView.entrySet().stream()
        .map(
            entry ->
                new Projection(
                    view(entry.getKey(), entry.getKey(), known),
                    entry.getKey(),
                    Map.of(),
                    entry.getValue()))
        .toList();
  }

  private static ServedView view(String reference, String name, ServedFeatures known) {
    if (known.onDemand().contains(name)) {
      throw CallerFault.of(
          "features",
          reference,
          "of views in the store: "
              + name
              + " is on demand, a Python function that is not run here");
    }
    ServedView view = known.views().get(name);
    if (view == null) {
      throw CallerFault.of(
          "features", reference, "of a view among " + new TreeSet<>(known.views().keySet()));
    }
    return view;
  }

  private static void requireRead(ServedView view, String feature) {
    if (view.features().contains(feature)) {
      return;
    }
    String reason = view.unread().get(feature);
    throw CallerFault.of(
        "features",
        view.name() + ":" + feature,
        reason == null ? "among those of the view, " + view.features() : "readable: " + reason);
  }

  private static Selection named(
      List<Projection> projections, FeatureRequest request, AnswerNames names) {
    Set<String> taken = new HashSet<>();
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < projections.size(); i++) {
      for (String feature : projections.get(i).features()) {
        String name = names.of(projections.get(i), feature);
        if (!taken.add(name)) {
          throw CallerFault.of(
              "features",
              name + " more than once",
              "different in the answer's names; full_feature_names tells those of several views"
                  + " apart");
        }
        outputs.add(new Output(i, feature, name));
      }
    }
    return new Selection(
        projections, request.service() == null ? asked(outputs, projections, request) : outputs);
  }

  /** References of one view need not stand together. */
  private static List<Output> asked(
      List<Output> outputs, List<Projection> projections, FeatureRequest request) {
    Map<String, Output> byReference = new LinkedHashMap<>();
    for (Output output : outputs) {
      byReference.put(projections.get(output.projection).alias() + ":" + output.feature, output);
    }
    return request.features().stream().map(byReference::get).toList();
  }
}
