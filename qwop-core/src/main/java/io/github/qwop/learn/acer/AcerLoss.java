package io.github.qwop.learn.acer;

import io.github.qwop.learn.Categorical;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * ACER's loss of a batch (Wang and others, 2017) and its gradient with respect to logits and values of actions, in
 * closed form. With f the policy's probabilities, μ those with which was played, ρ = f / μ, and targets by
 * {@link Retrace}, the policy makes larger, for each step with the action i,
 *
 * <pre>min(c, ρᵢ) (Qret − V) ln fᵢ + Σₐ max(0, 1 − c / ρₐ) fₐ (Qₐ − V) ln fₐ + entCoef · entropy</pre>
 *
 * <p>where all that stands before a logarithm counts as a number: the first part's weights are cut off at c, and the
 * second one makes good what that leaves out. Its gradient g with respect to f is then the nearest one to it that does
 * not lead away from the average policy faster than δ: g − max(0, (k·g − δ) / k·k) k, with k = −f̄ / f, the gradient of
 * the divergence of f from the average's f̄. The values of the actions taken go towards Qret by half the squared error.
 * All are means over the batch.
 *
 * <p>What was computed last stands in the fields.
 */
final class AcerLoss {

    /** Keeps from dividing by 0, as in the authors' code. */
    private static final double TINY = 1e-6;

    private final int actionCount;
    private final Categorical distribution;
    private final Categorical average;

    /** d loss / d logits, [rows × actions]. */
    final float[] logitGradient;

    /** d loss / d values of actions, [rows × actions]. */
    final float[] valueGradient;

    /** By step of one trajectory, and the one after the last. */
    private final double[] values;

    private final double[] taken;
    private final double[] ratios;
    private final boolean[] ended;
    private final double[] after;
    private final double[] targets;

    private final double[] gradient;
    private final double[] away;

    /** Of the actions taken, with cut weights. */
    double takenLoss;

    /** Of what the cut leaves out. */
    double correctionLoss;

    /** Half the mean squared error of the values. */
    double valueLoss;

    /** −mean entropy. */
    double entropyLoss;

    /** All together. */
    double loss;

    /** How much of the targets' variance the values tell: 1 − var(Qret − Q) / var(Qret); NaN if there is none. */
    double explainedVariance;

    /** Mean of what the trust region takes off the gradient, in multiples of k. */
    double adjustment;

    /** Mean divergence of the policy from the average one. */
    double divergence;

    /**
     * What the loss is made of.
     *
     * @param gamma discount
     * @param qCoef weight of the values' loss
     * @param entCoef weight of the entropy
     * @param correctionTerm c
     * @param delta δ; null for no trust region
     */
    record Weights(
            double gamma,
            double qCoef,
            double entCoef,
            double correctionTerm,
            @Nullable Double delta) {}

    AcerLoss(int envs, int steps, int actionCount) {
        this.actionCount = actionCount;
        distribution = new Categorical(actionCount);
        average = new Categorical(actionCount);
        logitGradient = new float[Batch.mostRows(envs, steps) * actionCount];
        valueGradient = new float[logitGradient.length];
        values = new double[steps + 1];
        taken = new double[steps];
        ratios = new double[steps];
        ended = new boolean[steps];
        after = new double[steps];
        targets = new double[steps];
        gradient = new double[actionCount];
        away = new double[actionCount];
    }

    /**
     * Computes everything.
     *
     * @param logits the present policy's, [rows × actions]
     * @param actionValues [rows × actions]
     * @param averageLogits the average policy's, [rows × actions]
     */
    void differentiate(Batch batch, float[] logits, float[] actionValues, float[] averageLogits, Weights weights) {
        int numbers = batch.rows * actionCount;
        if (logits.length != numbers || actionValues.length != numbers || averageLogits.length != numbers) {
            throw new IllegalStateException("Logits, values and average logits have " + logits.length + ", "
                    + actionValues.length + " and " + averageLogits.length + " numbers, not " + batch.rows + " × "
                    + actionCount + ".");
        }
        takenLoss = 0;
        correctionLoss = 0;
        valueLoss = 0;
        entropyLoss = 0;
        adjustment = 0;
        divergence = 0;
        Arrays.fill(logitGradient, 0, numbers, 0);
        Arrays.fill(valueGradient, 0, numbers, 0);
        double targetSum = 0;
        double targetSquares = 0;
        double errorSum = 0;
        int count = batch.count();
        for (int e = 0; e < batch.trajectories.length; e++) {
            trace(batch, e, logits, actionValues, weights.gamma());
            for (int t = 0; t < batch.steps; t++) {
                int offset = batch.row(e, t) * actionCount;
                distribution.read(logits, offset);
                average.read(averageLogits, offset);
                Trajectory trajectory = batch.trajectories[e];
                differentiatePolicy(trajectory, t, actionValues, offset, weights, count);
                double error = taken[t] - targets[t];
                valueLoss += error * error / 2;
                valueGradient[offset + trajectory.actions[t]] = (float) (weights.qCoef() * error / count);
                errorSum += error;
                targetSum += targets[t];
                targetSquares += targets[t] * targets[t];
            }
        }
        double targetVariance = targetSquares / count - targetSum * targetSum / count / count;
        double errorVariance = 2 * valueLoss / count - errorSum * errorSum / count / count;
        explainedVariance = targetVariance > 0 ? 1 - errorVariance / targetVariance : Double.NaN;
        takenLoss /= count;
        correctionLoss /= count;
        valueLoss /= count;
        entropyLoss /= count;
        adjustment /= count;
        divergence /= count;
        loss = takenLoss + correctionLoss + weights.qCoef() * valueLoss + weights.entCoef() * entropyLoss;
    }

    /** Values, ratios and targets of one trajectory. */
    private void trace(Batch batch, int e, float[] logits, float[] actionValues, double gamma) {
        Trajectory trajectory = batch.trajectories[e];
        for (int t = 0; t <= batch.steps; t++) {
            values[t] = value(batch.row(e, t), logits, actionValues);
            if (t < batch.steps) {
                int action = trajectory.actions[t];
                taken[t] = actionValues[batch.row(e, t) * actionCount + action];
                ratios[t] =
                        distribution.probability(action) / (trajectory.probabilities[t * actionCount + action] + TINY);
            }
        }
        for (int t = 0; t < batch.steps; t++) {
            int last = batch.lastRows[e * batch.steps + t];
            ended[t] = trajectory.terminated[t] || trajectory.truncated[t];
            after[t] = last < 0 ? 0 : value(last, logits, actionValues);
        }
        Retrace.targets(trajectory.rewards, ended, after, values, taken, ratios, gamma, targets);
    }

    /** What the policy comes to: Σ f Q. */
    private double value(int row, float[] logits, float[] actionValues) {
        distribution.read(logits, row * actionCount);
        double sum = 0;
        for (int a = 0; a < actionCount; a++) {
            sum += distribution.probability(a) * actionValues[row * actionCount + a];
        }
        return sum;
    }

    private void differentiatePolicy(
            Trajectory trajectory, int t, float[] actionValues, int offset, Weights weights, int count) {
        double most = weights.correctionTerm();
        int action = trajectory.actions[t];
        for (int a = 0; a < actionCount; a++) {
            double f = distribution.probability(a);
            double ratio = f / (trajectory.probabilities[t * actionCount + a] + TINY);
            double left = Math.max(0, 1 - most / (ratio + TINY)) * f * (actionValues[offset + a] - values[t]);
            double direct = a == action ? Math.min(most, ratios[t]) * (targets[t] - values[t]) : 0;
            double log = StrictMath.log(f + TINY);
            takenLoss -= direct * log;
            correctionLoss -= left * log;
            gradient[a] = (direct + left) / (f + TINY) - weights.entCoef() * (distribution.logProbability(a) + 1);
            away[a] = -average.probability(a) / (f + TINY);
        }
        entropyLoss -= distribution.entropy();
        divergence += average.divergence(distribution);
        Double delta = weights.delta();
        if (delta != null) {
            adjustment += project(gradient, away, delta);
        }
        double mean = 0;
        for (int a = 0; a < actionCount; a++) {
            mean += distribution.probability(a) * gradient[a];
        }
        for (int a = 0; a < actionCount; a++) {
            logitGradient[offset + a] = (float) (-distribution.probability(a) * (gradient[a] - mean) / count);
        }
    }

    /**
     * Makes a gradient lead away no faster than allowed, and changes it as little as that takes.
     *
     * @param gradient g, which becomes g − max(0, (k·g − δ) / k·k) k
     * @param away k
     * @param delta δ
     * @return how often k was taken off
     */
    static double project(double[] gradient, double[] away, double delta) {
        double along = 0;
        double squares = 0;
        for (int a = 0; a < gradient.length; a++) {
            along += away[a] * gradient[a];
            squares += away[a] * away[a];
        }
        double times = Math.max(0, (along - delta) / (squares + TINY));
        for (int a = 0; a < gradient.length; a++) {
            gradient[a] -= times * away[a];
        }
        return times;
    }
}
