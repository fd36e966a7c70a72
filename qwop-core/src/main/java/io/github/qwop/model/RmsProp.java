package io.github.qwop.model;

import io.github.qwop.parallel.Workers;
import java.util.Arrays;
import java.util.List;

/** RMSprop (Tieleman and Hinton, 2012). */
public final class RmsProp extends Optimiser {

    private final List<float[]> squares = zeroMoments();
    private final double alpha;
    private final double epsilon;
    private final Kind kind;

    /** Whose semantics it has. */
    public enum Kind {
        /** Epsilon is added to the root; the mean square begins at 0, so that the first steps are large ones. */
        PYTORCH,
        /** Epsilon is added under the root; the mean square begins at 1, so that the first steps are small ones. */
        TENSORFLOW
    }

    /**
     * An optimiser for all tensors of some parameters.
     *
     * @param alpha share of the mean square that stays at each update
     * @param workers share the tensors among them
     */
    public RmsProp(Parameters parameters, double alpha, double epsilon, Kind kind, Workers workers) {
        super(parameters, workers);
        this.alpha = alpha;
        this.epsilon = epsilon;
        this.kind = kind;
        begin();
    }

    @Override
    void begin() {
        squares.forEach(square -> Arrays.fill(square, kind == Kind.TENSORFLOW ? 1 : 0));
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
                (float) (kind == Kind.TENSORFLOW ? epsilon : 0),
                (float) (kind == Kind.TENSORFLOW ? 0 : epsilon));
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
            float under,
            float beside) {
        for (int k = from; k < to; k++) {
            float g = gradient[k] * rescale;
            float s = keep * square[k] + fresh * g * g;
            square[k] = s;
            tensor[k] -= rate * g / ((float) Math.sqrt(s + under) + beside);
        }
    }

    @Override
    List<List<float[]>> moments() {
        return List.of(squares);
    }
}
