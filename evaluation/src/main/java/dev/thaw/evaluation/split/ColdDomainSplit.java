package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.training.Shuffled;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A domain that has just opened: users are held out of it whole, and of the others only a few are
 * there to be learned from.
 *
 * @param known users of the target that are trained on, at least 1
 */
public record ColdDomainSplit(UserSplit users, int known) implements Protocol {
  public ColdDomainSplit {
    if (known < 1) {
      throw new IllegalArgumentException("a cold domain needs at least 1 user, was " + known);
    }
  }

  @Override
  public Optional<String> obstacle(EvaluationData data, DomainId target) {
    return cut(data, target).obstacle(users.minInteractions());
  }

  @Override
  public Experiment on(EvaluationData data, DomainId target) {
    return cut(data, target).experiment(users, origin(), user -> user);
  }

  private Cut cut(EvaluationData data, DomainId target) {
    return Cut.of(data, target, users::choose).trainedOn(this::few);
  }

  private Interactions few(Interactions training) {
    List<UserId> there =
        training.users().stream()
            .filter(user -> training.rowLength(training.indexOf(user)) > 0)
            .toList();
    List<UserId> shuffled = Shuffled.of(there, new SplittableRandom(users.seed()));
    Set<UserId> kept = new HashSet<>(shuffled.subList(0, Math.min(known, shuffled.size())));
    return training.ofUsers(kept::contains);
  }

  @Override
  public String origin() {
    return "a domain with " + known + " users known, others held out whole, " + users;
  }
}
