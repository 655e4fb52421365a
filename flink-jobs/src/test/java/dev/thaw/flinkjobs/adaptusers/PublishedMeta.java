package dev.thaw.flinkjobs.adaptusers;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.TestEvents;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactManifest;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.artefact.Provenance;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.AdaptedPart;
import dev.thaw.models.meta.InnerLoop;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.training.TrainingProgress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A model meta-learned from users who each like every third film, as their region says, published
 * as a set of one model.
 */
record PublishedMeta(MetaModel model, ArtefactManifest set, Path folder) {
  static final int USERS = 40;
  private static final int FILMS = 30;
  static final Interactions DATA = data();

  static PublishedMeta publish(Path folder, long seed) {
    return publish(folder, seed, new InnerLoop(AdaptedPart.LATER, 1, 0.1));
  }

  static PublishedMeta publish(Path folder, long seed, InnerLoop inner) {
    RatingScale scale = RatingScale.of(DomainDefinitions.shipped().require(TestEvents.MOVIES));
    MetaConfig config =
        MetaConfig.DEFAULT
            .withSize(4, 8)
            .withEpochs(2)
            .withInner(new InnerLoop(AdaptedPart.LATER, 1, 0.1));
    MetaModel model =
        MetaTrainer.overBiases(config, 1, TrainingProgress.SILENT)
            .fit(
                new MetaData(DATA, scale, profiles(), Map.of(), Map.of()),
                new SplittableRandom(seed))
            .withInner(inner);
    ArtefactStore store = ArtefactStore.open(folder);
    ArtefactRef ref =
        store.write(
            ArtefactKind.META,
            model,
            new Provenance("melu", Map.of(), "test", seed, "test", Map.of()));
    ArtefactManifest set =
        store.publish(List.of(ref), Map.of(), TestEvents.START.plusSeconds(seed));
    return new PublishedMeta(model, set, folder);
  }

  ArtefactAnnouncement announced(ArtefactAnnouncement.Status status) {
    return new ArtefactAnnouncement(set.version(), folder.toString(), set.created(), status);
  }

  static UserId user(int number) {
    return UserId.of("u" + (10 + number));
  }

  static UserProfile profile(int number) {
    return new UserProfile(
        user(number), Map.of("region", "r" + number % 3), List.of(), TestEvents.START);
  }

  private static Map<UserId, UserProfile> profiles() {
    Map<UserId, UserProfile> profiles = new HashMap<>();
    for (int u = 0; u < USERS; u++) {
      profiles.put(user(u), profile(u));
    }
    return profiles;
  }

  private static Interactions data() {
    InteractionsBuilder all = Interactions.builder(TestEvents.MOVIES);
    SplittableRandom random = new SplittableRandom(5);
    for (int user = 0; user < USERS; user++) {
      for (int i = 0; i < FILMS; i++) {
        if (random.nextDouble() < 0.4) {
          double rating = i % 3 == user % 3 ? 5 : 2;
          var unused =
              all.add(
                  user(user),
                  ItemId.of("m" + i),
                  rating,
                  TestEvents.START.toEpochMilli() + 1000L * i);
        }
      }
    }
    return all.build();
  }
}
