package dev.thaw.flinkjobs.blockedals;

import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.ItemRatings;
import dev.thaw.models.training.RowTasks;
import java.io.Serializable;
import java.util.Objects;

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
        FactorBlock whole = inUnits(users, in, plan);
        out.state(whole, plan);
        out.factors(whole.begin(plan.parameters(), plan.seed()), plan);
      }
    }
  }

  /**
   * Items: the first half-step, after which a block knows all that does not change any more and is
   * kept for the later ones.
   *
   * @param last whether there are none
   */
  record BeginItems(boolean last) implements BlockStep {
    @Override
    public void run(Inbox in, int block, Outbox out, RowTasks tasks) {
      FactorBlock items = in.take(block);
      ModelPlan plan = in.plan();
      if (plan != null) {
        FactorBlock whole = inUnits(items.withFixedBiases(in.biases(block)), in, plan);
        if (!last) {
          out.state(whole, plan);
        }
        solve(whole, plan, last, in, out, tasks);
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
      solve(in.take(block), Objects.requireNonNull(in.plan()), last, in, out, tasks);
    }
  }

  private static void solve(
      FactorBlock block, ModelPlan plan, boolean last, Inbox in, Outbox out, RowTasks tasks) {
    FactorBlock solved =
        block.solve(
            plan.parameters(),
            in.grams(),
            in.factors(block.number(), plan.parameters().rank()),
            tasks);
    if (last) {
      out.state(solved.trained(), plan);
    } else {
      out.factors(solved, plan);
    }
  }

  private static FactorBlock inUnits(FactorBlock block, Inbox in, ModelPlan plan) {
    return plan.parameters().kind() == FactorKind.EXPLICIT ? block.withUnit(in.totals()) : block;
  }
}
