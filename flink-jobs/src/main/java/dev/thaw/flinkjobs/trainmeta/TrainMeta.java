package dev.thaw.flinkjobs.trainmeta;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.flinkjobs.training.DomainTraining;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.factors.BiasedFactorisationConfig;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.FactorTrainers;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.Evidence;
import dev.thaw.models.meta.MetaConfig;
import dev.thaw.models.meta.MetaData;
import dev.thaw.models.meta.MetaTrainer;
import dev.thaw.models.training.Trainer;
import dev.thaw.models.training.TrainingProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns, per domain that has ratings, the decision layers that a few ratings make a user's own,
 * over the rating factors of the run, from what the domain has: ids, attributes of users and items,
 * content. Of the model it also writes which items tell most of a newcomer. A model holds the
 * factors it was learned over and needs no others, so that one that serves may stay.
 */
public final class TrainMeta implements DomainTraining {
  /** Name of the job. */
  public static final String NAME = "train-meta";

  /** Users with two ratings or more; fewer can't teach a network. */
  static final int MIN_USERS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(TrainMeta.class);

  private final TrainingSettings settings;
  private final MetaConfig config;
  private final RunArtefacts artefacts;

  private TrainMeta(TrainingSettings settings, RunArtefacts artefacts) {
    this.settings = settings;
    this.config = MetaParameters.of(settings);
    this.artefacts = artefacts;
  }

  /**
   * Gives out what was written, in words.
   *
   * @param records events, catalogue, content vectors and profiles of all domains; bounded
   */
  public static DataStream<String> build(
      DataStream<TrainingRecord> records, TrainingSettings settings) {
    return DomainTraining.build(NAME, records, settings, TrainMeta::new);
  }

  @Override
  public List<ArtefactKind<?>> kinds() {
    return List.of(ArtefactKind.META, ArtefactKind.EVIDENCE);
  }

  @Override
  public List<String> train(TrainingData data, DomainId domain) {
    Optional<ArtefactSet.Versioned<FactorModel>> factors = artefacts.ratings(domain);
    return factors.isPresent()
        ? train(data, domain, factors.get())
        : none(domain, "it has no rating factors in this run");
  }

  private static List<String> none(DomainId domain, String why) {
    return List.of("no meta-learned model of " + domain + ": " + why);
  }

  private List<String> train(
      TrainingData data, DomainId domain, ArtefactSet.Versioned<FactorModel> factors) {
    // what came since the factors were trained is not in them
    Interactions ratings =
        data.ratings(domain).orElseThrow().onItems(factors.model().biases().items());
    long users = able(ratings);
    if (users < MIN_USERS) {
      return none(domain, "needs " + MIN_USERS + " users with 2 ratings, there are " + users);
    }
    DomainDefinition definition = data.definitions().get(domain).orElseThrow();
    MetaData known =
        new MetaData(
            ratings,
            RatingScale.of(definition),
            data.profiles(),
            data.catalogue(domain),
            vectors(data, ratings));
    MetaTrainer.Run run =
        MetaTrainer.over(
                factors.model(),
                likeThem(factors.model()),
                config,
                settings.threads(),
                TrainMeta::log)
            .run(known, settings.random(NAME + domain));
    return write(run, known, factors.version());
  }

  /** Factors that have not met a part of the users: residuals of a newcomer are larger. */
  private static Trainer<Interactions, FactorModel> likeThem(FactorModel factors) {
    return FactorTrainers.biasedFactorisation(
        BiasedFactorisationConfig.DEFAULT.withRank(factors.rank()),
        factors.scale(),
        TrainingProgress.SILENT);
  }

  private static Map<ItemId, Embedding> vectors(TrainingData data, Interactions ratings) {
    Map<ItemId, Embedding> own = new HashMap<>(data.vectors());
    own.keySet().removeIf(item -> ratings.items().indexOf(item) < 0);
    return own;
  }

  private static long able(Interactions ratings) {
    return IntStream.range(0, ratings.users().size())
        .filter(user -> ratings.rowLength(user) >= 2)
        .count();
  }

  private List<String> write(MetaTrainer.Run run, MetaData known, String factors) {
    Map<String, String> params = new HashMap<>(config.toMap());
    params.put("factors", factors);
    params.put("content", known.content().isEmpty() ? "none" : "vectors");
    params.put("catalogue", known.catalogue().isEmpty() ? "none" : "attributes");
    params.put("profiles", known.profiles().isEmpty() ? "none" : "attributes");
    String hash = known.ratings().dataHash();
    ArtefactRef model =
        artefacts.write(ArtefactKind.META, run.model(), "melu", params, hash, run.metrics());
    Evidence evidence = Evidence.of(run.model(), known);
    ArtefactRef asked =
        artefacts.write(
            ArtefactKind.EVIDENCE,
            evidence,
            "evidence-candidates",
            Map.of("meta", evidence.metaVersion()),
            hash,
            Map.of("candidates", (double) evidence.candidates().size()));
    return List.of(model + " over " + factors + ", held out " + run.metrics(), asked.toString());
  }

  private static void log(String what, int done, int of) {
    LOG.debug("{}: {} of {}", what, done, of);
  }
}
