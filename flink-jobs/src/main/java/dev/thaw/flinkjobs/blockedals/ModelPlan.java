package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.factors.AlsParameters;
import java.util.Map;

/**
 * How a model is to be trained, and what its provenance will say of that.
 *
 * @param model see {@link Models}
 * @param parameters of the training
 * @param seed of the initial factors
 * @param params as they stand in the provenance
 * @param metrics by which the parameters were chosen
 * @param dataHash of all blocks of users
 */
public record ModelPlan(
    int model,
    AlsParameters parameters,
    long seed,
    Map<String, String> params,
    Map<String, Double> metrics,
    String dataHash) {}
