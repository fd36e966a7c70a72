package io.github.qwop.learn.ppo;

import io.github.qwop.learn.Categorical;
import org.jspecify.annotations.Nullable;

/**
 * PPO's loss (Schulman and others, 2017) of a batch and its gradient with respect to logits and values, in closed form:
 * −mean min(ratio · A, clip(ratio) · A) + vfCoef · mean (return − value)² − entCoef · mean entropy. What was computed
 * last stands in the fields.
 */
final class PpoLoss {

    private final int actionCount;
    private final double entCoef;
    private final double vfCoef;

    /** d loss / d logits, [batch × actions]. */
    final float[] logitGradient;

    /** d loss / d values, [batch]. */
    final float[] valueGradient;

    private final Categorical policy;

    /** −mean min(ratio · A, clip(ratio) · A). */
    double policyLoss;

    /** Mean squared error of the values, clipped if they are. */
    double valueLoss;

    /** −mean entropy. */
    double entropyLoss;

    /** All together. */
    double loss;

    /** Estimate of the divergence from the policy that played: mean (ratio − 1 − ln ratio) (Schulman, 2020). */
    double approxKl;

    /** Share of the batch whose ratio is outside the clip range. */
    double clipFraction;

    PpoLoss(int batchCapacity, int actionCount, double entCoef, double vfCoef) {
        this.actionCount = actionCount;
        this.entCoef = entCoef;
        this.vfCoef = vfCoef;
        logitGradient = new float[batchCapacity * actionCount];
        valueGradient = new float[batchCapacity];
        policy = new Categorical(actionCount);
    }

    /**
     * Computes everything.
     *
     * @param batch what was played, its advantages as they are to be used
     * @param logits the present policy's outputs, [count × actions]
     * @param values the present values, [count]
     * @param clipRangeVf null for no limit
     */
    void differentiate(
            Minibatch batch, float[] logits, float[] values, double clipRange, @Nullable Double clipRangeVf) {
        int count = batch.count;
        if (logits.length != count * actionCount || values.length != count) {
            throw new IllegalStateException("Logits and values have " + logits.length + " and " + values.length
                    + " numbers, not " + count + " × " + actionCount + " and " + count + ".");
        }
        policyLoss = 0;
        valueLoss = 0;
        entropyLoss = 0;
        approxKl = 0;
        clipFraction = 0;
        for (int i = 0; i < count; i++) {
            differentiatePolicy(batch, i, logits, clipRange);
            differentiateValue(batch, i, values[i], clipRangeVf);
        }
        policyLoss /= count;
        valueLoss /= count;
        entropyLoss /= count;
        approxKl /= count;
        clipFraction /= count;
        loss = policyLoss + entCoef * entropyLoss + vfCoef * valueLoss;
    }

    private void differentiatePolicy(Minibatch batch, int i, float[] logits, double clipRange) {
        int offset = i * actionCount;
        policy.read(logits, offset);
        double logRatio = policy.logProbability(batch.actions[i]) - batch.logProbabilities[i];
        double ratio = StrictMath.exp(logRatio);
        double advantage = batch.advantages[i];
        double clipped = Math.max(1 - clipRange, Math.min(ratio, 1 + clipRange));
        policyLoss -= Math.min(advantage * ratio, advantage * clipped);
        entropyLoss -= policy.entropy();
        approxKl += ratio - 1 - logRatio;
        clipFraction += Math.abs(ratio - 1) > clipRange ? 1 : 0;

        // Clipping only stops the ratio where it has already moved the way the advantage pushes it.
        boolean stopped = advantage > 0 ? ratio > 1 + clipRange : ratio < 1 - clipRange;
        double push = stopped ? 0 : -advantage * ratio / batch.count;
        policy.differentiate(batch.actions[i], push, -entCoef / batch.count, logitGradient, offset);
    }

    private void differentiateValue(Minibatch batch, int i, double value, @Nullable Double clipRange) {
        double moved = value - batch.values[i];
        boolean stopped = clipRange != null && Math.abs(moved) > clipRange;
        double used = stopped && clipRange != null ? batch.values[i] + Math.copySign(clipRange, moved) : value;
        double error = used - batch.returns[i];
        valueLoss += error * error;
        valueGradient[i] = stopped ? 0 : (float) (vfCoef * 2 * error / batch.count);
    }
}
