package io.github.qwop.learn.ppo;

import io.github.qwop.learn.Categorical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * PPO's loss (Schulman and others, 2017) of a batch and its gradient with respect to logits and values, in closed form:
 * −mean min(ratio · A, clip(ratio) · A) + vfCoef · mean (return − value)² − entCoef · mean entropy + cloneKl · mean
 * divergence from a policy to stay near (as in kickstarting, Schmitt and others, 2018). What was computed last stands
 * in the fields.
 */
final class PpoLoss {

    private final int actionCount;
    private final boolean plain;

    /** d loss / d logits, [batch × actions]. */
    final float[] logitGradient;

    /** d loss / d values, [batch]. */
    final float[] valueGradient;

    private final Categorical policy;
    private final Categorical clone;

    /** −mean min(ratio · A, clip(ratio) · A), or −mean A · ln π. */
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

    /** Mean divergence of the policy to stay near from the present one; 0 if there is no such. */
    double cloneDivergence;

    /**
     * What the loss is made of now.
     *
     * @param clipRangeVf null for no limit
     * @param cloneKl weight of the divergence; 0 if there is no policy to stay near
     * @param valueOnly whether the policy is left as it is
     */
    record Weights(
            double entCoef,
            double vfCoef,
            double clipRange,
            @Nullable Double clipRangeVf,
            double cloneKl,
            boolean valueOnly) {}

    /**
     * A loss of so many transitions at most.
     *
     * @param plain whether the policy's loss is told as the plain policy gradient's, −mean A · ln π, which has the same
     *     gradient as long as no ratio has moved from 1
     */
    PpoLoss(int batchCapacity, int actionCount, boolean plain) {
        this.actionCount = actionCount;
        this.plain = plain;
        logitGradient = new float[batchCapacity * actionCount];
        valueGradient = new float[batchCapacity];
        policy = new Categorical(actionCount);
        clone = new Categorical(actionCount);
    }

    /**
     * Computes everything.
     *
     * @param batch what was played, its advantages as they are to be used
     * @param logits the present policy's outputs, [count × actions]
     * @param values the present values, [count]
     */
    void differentiate(Minibatch batch, float[] logits, float[] values, Weights weights) {
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
        cloneDivergence = 0;
        for (int i = 0; i < count; i++) {
            differentiatePolicy(batch, i, logits, weights);
            differentiateValue(batch, i, values[i], weights);
        }
        policyLoss /= count;
        valueLoss /= count;
        entropyLoss /= count;
        approxKl /= count;
        clipFraction /= count;
        cloneDivergence /= count;
        loss = weights.vfCoef() * valueLoss;
        if (!weights.valueOnly()) {
            loss = policyLoss + weights.entCoef() * entropyLoss + loss + weights.cloneKl() * cloneDivergence;
        }
    }

    private void differentiatePolicy(Minibatch batch, int i, float[] logits, Weights weights) {
        int offset = i * actionCount;
        double clipRange = weights.clipRange();
        policy.read(logits, offset);
        double logProbability = policy.logProbability(batch.actions[i]);
        double logRatio = logProbability - batch.logProbabilities[i];
        double ratio = StrictMath.exp(logRatio);
        double advantage = batch.advantages[i];
        double clipped = Math.max(1 - clipRange, Math.min(ratio, 1 + clipRange));
        policyLoss -= plain ? advantage * logProbability : Math.min(advantage * ratio, advantage * clipped);
        entropyLoss -= policy.entropy();
        approxKl += ratio - 1 - logRatio;
        clipFraction += Math.abs(ratio - 1) > clipRange ? 1 : 0;

        // Clipping only stops the ratio where it has already moved the way the advantage pushes it.
        boolean stopped = advantage > 0 ? ratio > 1 + clipRange : ratio < 1 - clipRange;
        double push = stopped ? 0 : -advantage * ratio / batch.count;
        policy.differentiate(batch.actions[i], push, -weights.entCoef() / batch.count, logitGradient, offset);
        if (weights.cloneKl() > 0) {
            stayNearClone(batch, offset, weights.cloneKl() / batch.count);
        }
        if (weights.valueOnly()) {
            Arrays.fill(logitGradient, offset, offset + actionCount, 0);
        }
    }

    private void stayNearClone(Minibatch batch, int offset, double weight) {
        clone.read(batch.cloneLogits, offset);
        cloneDivergence += clone.divergence(policy);
        for (int a = 0; a < actionCount; a++) {
            logitGradient[offset + a] += (float) (weight * (policy.probability(a) - clone.probability(a)));
        }
    }

    private void differentiateValue(Minibatch batch, int i, double value, Weights weights) {
        Double clipRange = weights.clipRangeVf();
        double moved = value - batch.values[i];
        boolean stopped = clipRange != null && Math.abs(moved) > clipRange;
        double used = stopped && clipRange != null ? batch.values[i] + Math.copySign(clipRange, moved) : value;
        double error = used - batch.returns[i];
        valueLoss += error * error;
        valueGradient[i] = stopped ? 0 : (float) (weights.vfCoef() * 2 * error / batch.count);
    }
}
