package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.models.routing.Stage;
import dev.thaw.serving.snapshot.ContextSpace;
import dev.thaw.serving.snapshot.DomainModels;

/** What a contextual policy is told of the user of a request, see {@link ContextSpace}. */
final class UserContext {
  private UserContext() {}

  /** By the user's own vector, else by one that an enabled bridge has mapped. */
  static DecisionFeatures of(DomainModels models, UserState user, Stage stage) {
    UserState.UserVector own = user.folded();
    UserState.MappedVector mapped = user.mapped();
    float[] vector =
        own != null
            ? own.vector()
            : mapped != null && mapped.bridgeEnabled() ? mapped.vector().vector() : null;
    return ContextSpace.of(models).features(stage, vector);
  }
}
