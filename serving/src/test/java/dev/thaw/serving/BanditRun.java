package dev.thaw.serving;

import static dev.thaw.serving.ServerFixture.ids;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thaw.featuredefinitions.config.BanditPolicyConfig;
import dev.thaw.featuredefinitions.config.ExplorationBudgetConfig;
import dev.thaw.featuredefinitions.config.ServingConfig;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmEvidence;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.PosteriorSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many users ask a server for four films, some of which were shown before. */
final class BanditRun implements AutoCloseable {
  private final ServerFixture thaw;
  private final Map<ItemId, ArmEvidence> evidence = new HashMap<>();
  private final List<JsonNode> answers;
  private final List<String> eligible;

  private BanditRun(ServerFixture thaw, int answers) throws InterruptedException {
    this.thaw = thaw;
    thaw.films();
    for (int i = 0; i < 30; i += 2) {
      evidence.put(ItemId.of("m" + i), counted(thaw, i));
    }
    thaw.server.refresh();
    this.answers =
        IntStream.range(0, answers).parallel().mapToObj(i -> thaw.recommend("v" + i, 4)).toList();
    this.eligible = texts(impressions().get(0).path("eligible"));
  }

  static BanditRun of(Path folder, BanditPolicyConfig policy, int answers)
      throws InterruptedException {
    return new BanditRun(new ServerFixture(folder, policy, ExplorationBudgetConfig.NONE), answers);
  }

  /** Writes what showing a film earned. */
  static ArmEvidence counted(ServerFixture thaw, int film) {
    ArmEvidence shown = new ArmEvidence(40 + 5L * film, 2 + film % 7);
    thaw.write(
        "arm_posterior",
        EntityKey.of("item_id", "m" + film),
        Map.of(
            "impressions", new FeatureValue.Int64((long) shown.impressions()),
            "rewards", new FeatureValue.Float64(shown.rewards())));
    return shown;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  static double propensity(JsonNode answer, int slot) {
    return answer.at("/items/" + slot + "/propensity").asDouble();
  }

  ServingConfig serving() {
    return thaw.config.serving();
  }

  List<JsonNode> answers() {
    return answers;
  }

  /** Ids in the order of the arms. */
  List<String> eligible() {
    return eligible;
  }

  /** One of each answer. */
  List<JsonNode> impressions() throws InterruptedException {
    while (thaw.delivered.records.stream()
            .filter(each -> each.topic().equals("thaw.impressions"))
            .count()
        < answers.size()) {
      Thread.sleep(20);
    }
    return thaw.delivered.of("thaw.impressions");
  }

  /** How often each arm was drawn into a slot. */
  int[] counts(int slot) {
    int[] counts = new int[eligible.size()];
    answers.forEach(answer -> counts[eligible.indexOf(ids(answer).get(slot))]++);
    return counts;
  }

  /** What the server decided on, from what it wrote down and what the store says. */
  Decision<PosteriorSnapshot> decision() {
    return Decision.of(new PosteriorSnapshot("fixed", evidence), arms(eligible, evidence), 0);
  }

  /** With the priors of their places. */
  static List<Arm> arms(List<String> eligible, Map<ItemId, ArmEvidence> evidence) {
    double rewards = 5 + evidence.values().stream().mapToDouble(ArmEvidence::rewards).sum();
    double shown = 100 + evidence.values().stream().mapToDouble(ArmEvidence::impressions).sum();
    List<Arm> arms = new ArrayList<>();
    for (int rank = 0; rank < eligible.size(); rank++) {
      arms.add(
          new Arm(
              ItemId.of(eligible.get(rank)),
              ArmPriors.DEFAULT.ranked(rewards / shown, 1 - (double) rank / eligible.size())));
    }
    return arms;
  }

  @Override
  public void close() {
    thaw.close();
  }
}
