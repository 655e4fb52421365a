package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.vectorindex.VectorIndex;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The artefact set that serves: its models agree with each other and with the index versions they
 * name.
 *
 * @param version {@code none} before the first set
 * @param content index of the content space, null before the first item is encoded
 */
public record ActiveSet(
    String version, Map<DomainId, DomainModels> domains, @Nullable VectorIndex content) {
  public static final ActiveSet NONE = new ActiveSet("none", Map.of(), null);

  public ActiveSet {
    domains = Map.copyOf(domains);
  }

  ActiveSet withContent(VectorIndex index) {
    return new ActiveSet(version, domains, index);
  }

  public DomainModels domain(DomainId domain) {
    return domains.getOrDefault(domain, DomainModels.NONE);
  }
}
