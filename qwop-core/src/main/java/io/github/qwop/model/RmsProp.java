package io.github.qwop.model;

import io.github.qwop.parallel.Workers;
import java.util.List;

/** RMSprop (Tieleman and Hinton, 2012) with PyTorch's semantics: epsilon is added to the root. */
public final class RmsProp extends Optimiser {

    private final List<float[]> squares = zeroMoments();
    private final double alpha;
    private final double epsilon;

    /**
     * An optimiser for all tensors of some parameters.
     *
     * @param alpha share of the mean square that stays at each update
     * @param workers share the tensors among them
     */
    public RmsProp(Parameters parameters, double alpha, double epsilon, Workers workers) {
        super(parameters, workers);
        this.alpha = alpha;
        this.epsilon = epsilon;
    }

    @Override
    void step(int i, int from, int to, float[] tensor, float[] gradient, float rescale, double learningRate) {
        move(
                from,
                to,
                tensor,
                gradient,
                squares.get(i),
                rescale,
                (float) alpha,
                (float) (1 - alpha),
                (float) learningRate,
                (float) epsilon);
    }

    /** Only arrays and floats, so that the loop vectorises. */
    private static void move(
            int from,
            int to,
            float[] tensor,
            float[] gradient,
            float[] square,
            float rescale,
            float keep,
            float fresh,
            float rate,
            float epsilon) {
        for (int k = from; k < to; k++) {
            float g = gradient[k] * rescale;
            float s = keep * square[k] + fresh * g * g;
            square[k] = s;
            tensor[k] -= rate * g / ((float) Math.sqrt(s) + epsilon);
        }
    }

    @Override
    List<List<float[]>> moments() {
        return List.of(squares);
    }
}
