package io.github.qwop.model;

/** Takes the action with the largest output of a network: the largest value, or the largest logit. */
public final class GreedyPolicy implements Policy {

    private final Mlp mlp;
    private final MlpForward forward;

    /** Acts on one output per action. */
    public GreedyPolicy(Mlp mlp) {
        this.mlp = mlp;
        forward = new MlpForward(mlp);
    }

    @Override
    public int observationSize() {
        return mlp.inputs();
    }

    @Override
    public int actionCount() {
        return mlp.outputs();
    }

    @Override
    public void act(float[] observations, int count, int[] actions) {
        for (int i = 0; i < count; i++) {
            actions[i] = argmax(forward.run(observations, i * mlp.inputs()));
        }
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
