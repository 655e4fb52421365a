package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import java.io.IOException;

/** A domain that must be one of the configured ones. */
final class DomainField {
  private DomainField() {}

  static DomainDefinition read(JsonCursor in, DomainDefinitions domains) throws IOException {
    String name = in.text();
    return domains
        .named(name)
        .orElseThrow(() -> in.fault(in.path(), name, "must be " + domains.known()));
  }
}
