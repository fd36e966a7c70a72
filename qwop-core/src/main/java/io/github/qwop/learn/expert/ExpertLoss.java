package io.github.qwop.learn.expert;

import io.github.qwop.learn.Categorical;

/**
 * The loss of a batch of labels and its gradient, in closed form: mean divergence of the targets from the policy +
 * vfCoef · mean (value − label)². What was computed last stands in the fields.
 */
final class ExpertLoss {

    private final int actionCount;
    private final double vfCoef;
    private final Categorical policy;

    /** d loss / d logits, [batch × actions]. */
    final float[] logitGradient;

    /** d loss / d values, [batch]. */
    final float[] valueGradient;

    /** Mean Σ p ln(p / π), of the targets p. */
    double policyLoss;

    /** Mean squared error of the values. */
    double valueLoss;

    /** −mean entropy of the policy. */
    double entropyLoss;

    ExpertLoss(int batchCapacity, int actionCount, double vfCoef) {
        this.actionCount = actionCount;
        this.vfCoef = vfCoef;
        policy = new Categorical(actionCount);
        logitGradient = new float[batchCapacity * actionCount];
        valueGradient = new float[batchCapacity];
    }

    /** Both losses together. */
    double loss() {
        return policyLoss + vfCoef * valueLoss;
    }

    /**
     * Computes everything.
     *
     * @param order numbers of labels
     * @param from first index in {@code order}
     * @param count how many
     * @param logits the policy's outputs now, [count × actions]
     * @param values the critic's, [count]
     */
    void differentiate(Labels labels, int[] order, int from, int count, float[] logits, float[] values) {
        policyLoss = 0;
        valueLoss = 0;
        entropyLoss = 0;
        for (int i = 0; i < count; i++) {
            int label = order[from + i];
            policy.read(logits, i * actionCount);
            for (int a = 0; a < actionCount; a++) {
                double target = labels.targets[label * actionCount + a];
                policyLoss += target > 0 ? target * (StrictMath.log(target) - policy.logProbability(a)) : 0;
                logitGradient[i * actionCount + a] = (float) ((policy.probability(a) - target) / count);
            }
            entropyLoss -= policy.entropy();
            double error = values[i] - labels.values[label];
            valueLoss += error * error;
            valueGradient[i] = (float) (vfCoef * 2 * error / count);
        }
        policyLoss /= count;
        valueLoss /= count;
        entropyLoss /= count;
    }
}
