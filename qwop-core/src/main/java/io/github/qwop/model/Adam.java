package io.github.qwop.model;

import io.github.qwop.parallel.Workers;
import java.util.List;

/** Adam (Kingma and Ba, 2015) with PyTorch's semantics: epsilon is added to the bias-corrected root. */
public final class Adam extends Optimiser {

    /** Moments are told to the seventh decimal of these: far below anything that moves a value. */
    private static final float MEAN_FLOOR = 1e-20f;

    private static final float VARIANCE_FLOOR = 1e-28f;

    private final List<float[]> means = zeroMoments();
    private final List<float[]> variances = zeroMoments();
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;

    /** An optimiser for all tensors of some parameters. */
    public Adam(Parameters parameters, double beta1, double beta2, double epsilon) {
        this(parameters, beta1, beta2, epsilon, 0, Workers.one());
    }

    /**
     * An optimiser for all tensors of some parameters.
     *
     * @param weightDecay what every value is multiplied by before it is added to its gradient, after the gradient was
     *     limited: the gradient of the L2 penalty {@code weightDecay}/2 · Σ value²
     * @param workers share the tensors among them
     */
    public Adam(
            Parameters parameters, double beta1, double beta2, double epsilon, double weightDecay, Workers workers) {
        super(parameters, workers);
        this.weightDecay = weightDecay;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    @Override
    void step(int i, int from, int to, float[] tensor, float[] gradient, float rescale, double learningRate) {
        // The bias corrections are folded into the rate and epsilon, which spares a division per value.
        double root = Math.sqrt(1 - Math.pow(beta2, (double) updates()));
        double rate = learningRate * root / (1 - Math.pow(beta1, (double) updates()));
        float factor = rescale;
        if (weightDecay > 0) {
            decay(from, to, tensor, gradient, rescale, (float) weightDecay);
            factor = 1;
        }
        move(
                from,
                to,
                tensor,
                gradient,
                means.get(i),
                variances.get(i),
                factor,
                (float) beta1,
                (float) (1 - beta1),
                (float) beta2,
                (float) (1 - beta2),
                (float) rate,
                (float) (epsilon * root));
    }

    private static void decay(int from, int to, float[] tensor, float[] gradient, float rescale, float weight) {
        for (int k = from; k < to; k++) {
            gradient[k] = gradient[k] * rescale + weight * tensor[k];
        }
    }

    /** Only arrays and floats, so that the loop vectorises. */
    private static void move(
            int from,
            int to,
            float[] tensor,
            float[] gradient,
            float[] mean,
            float[] variance,
            float rescale,
            float keepMean,
            float newMean,
            float keepVariance,
            float newVariance,
            float rate,
            float epsilon) {
        for (int k = from; k < to; k++) {
            float g = gradient[k] * rescale;
            // What is added and taken away keeps them from becoming subnormal, which a processor is slow with: a unit
            // that is off sends no gradient, and its moments would fade through such numbers for ever.
            float m = keepMean * mean[k] + newMean * g + MEAN_FLOOR - MEAN_FLOOR;
            float v = keepVariance * variance[k] + newVariance * g * g + VARIANCE_FLOOR - VARIANCE_FLOOR;
            mean[k] = m;
            variance[k] = v;
            tensor[k] -= rate * m / ((float) Math.sqrt(v) + epsilon);
        }
    }

    @Override
    List<List<float[]>> moments() {
        return List.of(means, variances);
    }
}
