package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.ItemToItemTuning;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the models of one run of the job, and says of each that it did. */
final class WrittenModels {
  private final RunArtefacts artefacts;
  private final Map<String, String> how;
  private final Consumer<String> out;

  /**
   * @param how the training was run, for every provenance beside its own parameters
   */
  WrittenModels(RunArtefacts artefacts, Map<String, String> how, Consumer<String> out) {
    this.artefacts = artefacts;
    this.how = how;
    this.out = out;
  }

  <M> void write(
      ArtefactKind<M> kind,
      M model,
      String trainer,
      Map<String, String> params,
      String hash,
      Map<String, Double> metrics) {
    Map<String, String> all = new HashMap<>(how);
    all.putAll(params);
    ArtefactRef ref = artefacts.write(kind, model, trainer, all, hash, metrics);
    out.accept(ref + " by " + trainer + (metrics.isEmpty() ? "" : ", validated " + metrics));
  }

  /** Chooses the item-to-item models of a domain, learns and writes them. */
  void writeItemToItem(
      Interactions positives,
      UserAttributes attributes,
      RatingScale scale,
      FactorChoices choices,
      String hash) {
    ItemToItemTuning.Choice choice = choices.itemToItem(positives, attributes, scale);
    write(
        ArtefactKind.ITEM_TO_ITEM,
        choices.fit(choice, positives, attributes, scale),
        "item-to-item",
        choice.toMap(),
        hash,
        choice.metrics());
  }
}
