package dev.thaw.featuredefinitions.domains;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All domains of an installation and the event types known in them. Immutable, thread-safe. */
public final class DomainDefinitions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, DomainDefinition> domains = new LinkedHashMap<>();
  private final LinkedHashMap<String, EventType> types = new LinkedHashMap<>();

  private DomainDefinitions(
      Collection<DomainDefinition> definitions, Collection<EventType> configuredTypes) {
    EventType.SHIPPED.forEach(type -> types.put(type.name(), type));
    configuredTypes.forEach(type -> types.putIfAbsent(type.name(), type));
    for (DomainDefinition domain : definitions) {
      if (domains.put(domain.name().value(), domain) != null) {
        throw new IllegalArgumentException("domains must differ in name, twice " + domain.name());
      }
    }
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("domains must name at least one domain, was empty");
    }
  }

  /**
   * @param configuredTypes event types beyond the shipped ones
   * @throws IllegalArgumentException if two have the same name or there is none
   */
  public static DomainDefinitions of(
      Collection<DomainDefinition> domains, Collection<EventType> configuredTypes) {
    return new DomainDefinitions(domains, configuredTypes);
  }

  /**
   * @throws dev.thaw.featuredefinitions.yaml.YamlFault naming file, line, key, value and bound
   */
  public static DomainDefinitions load(Path file) {
    return DomainsYaml.load(file);
  }

  /** The shipped {@code domains.yaml}. */
  public static DomainDefinitions shipped() {
    return DomainsYaml.shipped();
  }

  /** In the order of the file. */
  public List<DomainDefinition> all() {
    return List.copyOf(domains.values());
  }

  public Optional<DomainDefinition> get(DomainId domain) {
    return named(domain.value());
  }

  public Optional<DomainDefinition> named(String name) {
    return Optional.ofNullable(domains.get(name));
  }

  /**
   * @throws IllegalArgumentException naming the known domains
   */
  public DomainDefinition require(DomainId domain) {
    return get(domain)
        .orElseThrow(
            () -> new IllegalArgumentException("domain must be " + known() + ", was " + domain));
  }

  /** For messages: {@code one of movies, books}. */
  public String known() {
    return "one of " + String.join(", ", domains.keySet());
  }

  /** Shipped and configured ones. */
  public List<EventType> eventTypes() {
    return List.copyOf(types.values());
  }

  public Optional<EventType> eventType(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** False for events of unknown domains. */
  public boolean isPositive(Event event) {
    return get(event.domain()).map(domain -> domain.isPositive(event)).orElse(false);
  }

  /** See {@link DomainDefinition#strength}; empty for events of unknown domains. */
  public OptionalDouble strength(Event event) {
    DomainDefinition domain = domains.get(event.domain().value());
    return domain == null ? OptionalDouble.empty() : domain.strength(event);
  }

  /** As {@link #load} reads it. */
  public String toYaml() {
    List<EventType> configured = new ArrayList<>(types.values());
    configured.removeAll(EventType.SHIPPED);
    return DomainsYaml.write(configured, domains.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DomainDefinitions that
        && domains.equals(that.domains)
        && types.equals(that.types);
  }

  @Override
  public int hashCode() {
    return 31 * domains.hashCode() + types.hashCode();
  }

  @Override
  public String toString() {
    return "DomainDefinitions" + Map.copyOf(domains).keySet();
  }
}
