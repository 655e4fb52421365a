package dev.thaw.serving.featureserver.schema;

import com.google.protobuf.InvalidProtocolBufferException;
import feast.proto.core.EntityProto.Entity;
import feast.proto.core.FeatureServiceProto.FeatureServiceSpec;
import feast.proto.core.FeatureViewProto.FeatureViewSpec;
import feast.proto.core.OnDemandFeatureViewProto.OnDemandFeatureViewSpec;
import feast.proto.core.RegistryProto.Registry;
import feast.proto.core.StreamFeatureViewProto.StreamFeatureViewSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The registry that {@code feast apply} writes: a serialized {@code feast.core.Registry}, which may
 * hold several projects. Only read.
 */
public final class RegistryFile {
  private RegistryFile() {}

  /**
   * What a project may be asked for.
   *
   * @throws IllegalArgumentException if the file is no registry or has nothing of the project
   * @throws UncheckedIOException if it can't be read
   */
  public static ServedFeatures read(Path file, String project) {
    Registry registry = parse(file);
    Set<String> projects = projects(registry);
    if (!projects.contains(project)) {
      throw new IllegalArgumentException(
          "registry "
              + file
              + " must hold the project of the store, \""
              + project
              + "\"; it holds "
              + projects);
    }
    return of(registry, project);
  }

  private static Registry parse(Path file) {
    try {
      return Registry.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "registry " + file + " is none that feast apply wrote: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the registry " + file + ": " + e, e);
    }
  }

  private static Set<String> projects(Registry registry) {
    return Stream.of(
            registry.getEntitiesList().stream().map(e -> e.getSpec().getProject()),
            registry.getFeatureViewsList().stream().map(v -> v.getSpec().getProject()),
            registry.getStreamFeatureViewsList().stream().map(v -> v.getSpec().getProject()))
        .flatMap(names -> names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ServedFeatures of(Registry registry, String project) {
    RegistryEntities entities =
        RegistryEntities.of(
            registry.getEntitiesList().stream()
                .map(Entity::getSpec)
                .filter(spec -> spec.getProject().equals(project))
                .toList());
    Map<String, ServedView> views = new LinkedHashMap<>();
    for (var view : registry.getFeatureViewsList()) {
      FeatureViewSpec spec = view.getSpec();
      if (spec.getProject().equals(project)) {
        views.put(spec.getName(), RegistryView.of(spec).served(entities));
      }
    }
    for (var view : registry.getStreamFeatureViewsList()) {
      StreamFeatureViewSpec spec = view.getSpec();
      if (spec.getProject().equals(project)) {
        views.put(spec.getName(), RegistryView.of(spec).served(entities));
      }
    }
    Set<String> onDemand =
        registry.getOnDemandFeatureViewsList().stream()
            .map(view -> view.getSpec())
            .filter(spec -> spec.getProject().equals(project))
            .map(OnDemandFeatureViewSpec::getName)
            .collect(Collectors.toSet());
    Map<String, ServedFeatures.Service> services = new LinkedHashMap<>();
    for (var service : registry.getFeatureServicesList()) {
      FeatureServiceSpec spec = service.getSpec();
      if (spec.getProject().equals(project)) {
        services.put(spec.getName(), RegistryService.of(spec, views, onDemand));
      }
    }
    return new ServedFeatures(entities.joinKeys(), views, onDemand, services);
  }
}
