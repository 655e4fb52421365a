package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.ItemRatings;
import dev.thaw.models.training.RowTasks;
import java.io.Serializable;

/**
 * What one step does for one block of one model, from what its task was told. The arithmetic is
 * that of {@link FactorBlock}.
 */
sealed interface BlockStep extends Serializable {
  void run(Inbox in, int block, Outbox out, RowTasks tasks);

  /**
   * Items: puts their columns and their rating biases together.
   *
   * @param blocks of users
   * @param shrinkage of the biases
   */
  record Columns(int blocks, double shrinkage) implements BlockStep {
    @Override
    public void run(Inbox in, int block, Outbox out, RowTasks tasks) {
      double[] totals = in.totals();
      double mean = totals[1] == 0 ? 0 : totals[0] / totals[1];
      FactorBlock items =
          ItemRatings.of(block, in.takeShares(block), blocks).withItemBiases(mean, shrinkage);
      out.state(items, null);
      out.biases(items);
    }
  }

  /**
   * Users: their rating biases, and how much these leave.
   *
   * @param shrinkage of the biases
   */
  record UserBiases(double shrinkage) implements BlockStep {
    @Override
    public void run(Inbox in, int block, Outbox out, RowTasks tasks) {
      double[] totals = in.totals();
      double mean = totals[1] == 0 ? 0 : totals[0] / totals[1];
      FactorBlock users = in.take(block).withUserBiases(mean, in.biases(block), shrinkage);
      out.state(users, null);
      out.biases(users);
      out.totals(users, users.squares());
    }
  }

  /** Users: the factors that training begins with; a model without a plan ends here. */
  record Begin() implements BlockStep {
    @Override
    public void run(Inbox in, int block, Outbox out, RowTasks tasks) {
      FactorBlock users = in.take(block);
      ModelPlan plan = in.plan();
      if (plan != null) {
        FactorBlock begun = inUnits(users, in, plan).begin(plan.parameters(), plan.seed());
        out.state(begun, plan);
        out.factors(begun, plan);
      }
    }
  }

  /**
   * Either side: the rows with the other side fixed.
   *
   * @param last whether nobody needs to hear of the result but who puts the model together
   */
  record Solve(boolean last) implements BlockStep {
    @Override
    public void run(Inbox in, int block, Outbox out, RowTasks tasks) {
      FactorBlock rows = in.take(block);
      ModelPlan plan = in.plan();
      if (plan == null) {
        return;
      }
      if (in.hasBiases()) {
        rows = rows.withFixedBiases(in.biases(block));
      }
      FactorBlock solved =
          inUnits(rows, in, plan)
              .solve(plan.parameters(), in.grams(), in.takeFactors(block), tasks);
      out.state(solved, plan);
      if (!last) {
        out.factors(solved, plan);
      }
    }
  }

  private static FactorBlock inUnits(FactorBlock block, Inbox in, ModelPlan plan) {
    return in.hasTotals() && plan.parameters().kind() == FactorKind.EXPLICIT
        ? block.withUnit(in.totals())
        : block;
  }
}
