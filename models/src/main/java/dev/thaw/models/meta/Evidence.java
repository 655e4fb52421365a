package dev.thaw.models.meta;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.meta.EvidenceCandidates.Candidate;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of a domain that tell most of a newcomer, best first, as one meta-learned model sees
 * it.
 *
 * @param metaVersion of that model
 */
public record Evidence(DomainId domain, String metaVersion, List<Candidate> candidates) {
  /** As many as an onboarding chooses its varied questions among. */
  private static final int KEPT = 300;

  public Evidence {
    candidates = List.copyOf(candidates);
  }

  /**
   * @param data whose items are the model's
   */
  public static Evidence of(MetaModel model, MetaData data) {
    List<Candidate> ranked = EvidenceCandidates.rank(model, data);
    return new Evidence(
        model.domain(), model.version(), ranked.subList(0, Math.min(KEPT, ranked.size())));
  }

  public void write(BinaryWriter out) {
    out.writeText(domain.value()).writeText(metaVersion).writeCount(candidates.size());
    candidates.forEach(
        each ->
            out.writeText(each.item().value())
                .writeDouble(each.gradientNorm())
                .writeCount(each.ratings())
                .writeDouble(each.score()));
  }

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static Evidence read(BinaryReader in) {
    DomainId domain = DomainId.of(in.readText());
    String version = in.readText();
    int size = in.readSize(18);
    List<Candidate> candidates = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      candidates.add(
          new Candidate(
              ItemId.of(in.readText()),
              in.readDouble(),
              Math.toIntExact(in.readCount()),
              in.readDouble()));
    }
    return new Evidence(domain, version, candidates);
  }
}
