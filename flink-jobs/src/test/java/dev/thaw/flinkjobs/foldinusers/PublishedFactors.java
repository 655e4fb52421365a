package dev.thaw.flinkjobs.foldinusers;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.factors.ImplicitAlsConfig;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.training.TrainingProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Factors trained on users who each like every third film, published as a set of one model. */
record PublishedFactors(FactorModel model, String space, ArtefactManifest set, Path folder) {
  static final int USERS = 12;
  static final Interactions DATA = data();

  static PublishedFactors publish(Path folder, int rank, long seed) {
    RatingScale scale = RatingScale.of(DomainDefinitions.shipped().require(TestEvents.MOVIES));
    FactorModel model =
        FactorTrainers.implicitAls(
                new ImplicitAlsConfig(rank, 1, 4, 8, 0), scale, 1, TrainingProgress.SILENT)
            .fit(DATA, new SplittableRandom(seed));
    ArtefactStore store = ArtefactStore.open(folder);
    ArtefactRef ref =
        store.write(
            ArtefactKind.FACTORS,
            model,
            new Provenance("implicit-als", Map.of(), "test", seed, "test", Map.of()));
    ArtefactManifest set =
        store.publish(List.of(ref), Map.of(), TestEvents.START.plusSeconds(seed));
    return new PublishedFactors(model, model.userSpace(ref.version()).key(), set, folder);
  }

  ArtefactAnnouncement announced(ArtefactAnnouncement.Status status) {
    return new ArtefactAnnouncement(set.version(), folder.toString(), set.created(), status);
  }

  static UserId user(int number) {
    return UserId.of("u" + (10 + number));
  }

  private static Interactions data() {
    InteractionsBuilder all = Interactions.builder(TestEvents.MOVIES);
    SplittableRandom random = new SplittableRandom(5);
    for (int user = 0; user < USERS; user++) {
      for (int i = 0; i < 30; i++) {
        if (i % 3 == user % 3 && random.nextDouble() < 0.7) {
          all.add(user(user), ItemId.of("m" + i), 5, TestEvents.START.toEpochMilli() + 1000L * i);
        }
      }
    }
    return all.build();
  }
}
