package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import java.util.List;
import java.util.Optional;

/**
 * Holds out users of the target who have a history in one of its sources, so that everybody who is
 * tested could be mapped.
 */
public record SourceUsersSplit(UserSplit users) implements Protocol {
  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    return data.domain(target).sources().isEmpty()
        ? Optional.of("it has no source domain")
        : cut(data, target).obstacle(users.minInteractions());
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    return cut(data, target).experiment(users, origin(), user -> user);
  }

  private Cut cut(EvaluationData data, DomainId target) {
    List<DomainId> sources = data.domain(target).sources();
    return Cut.of(
        data,
        target,
        all ->
            users.some(
                users.able(all).stream().filter(user -> isKnown(data, sources, user)).toList()));
  }

  private static boolean isKnown(EvaluationData data, List<DomainId> sources, UserId user) {
    return sources.stream()
        .map(source -> data.interactions().get(source))
        .anyMatch(there -> there != null && hasHistory(there, user));
  }

  private static boolean hasHistory(Interactions there, UserId user) {
    int row = there.indexOf(user);
    return row >= 0 && there.rowLength(row) > 0;
  }

  @Override
  public String origin() {
    return "users of a source held out of the target, " + users;
  }
}
