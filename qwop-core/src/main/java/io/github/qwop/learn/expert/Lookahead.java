package io.github.qwop.learn.expert;

import io.github.qwop.env.Simulator;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.MlpForward;

/**
 * What each action is worth in a state, by policy rollout (Tesauro and Galperin, 1997): the action is played in a copy
 * of the environment, then the policy greedily, and what is left after the last step is what the critic values it at.
 */
final class Lookahead implements AutoCloseable {

    private final Simulator simulator;
    private final int actionCount;
    private final int horizon;
    private final double gamma;
    private final float[] seen;
    private final int[] next = new int[1];
    private long played;

    /**
     * A lookahead in one environment.
     *
     * @param simulator of that environment; closed with this
     * @param horizon steps of a rollout, its first action included, at least 1
     */
    Lookahead(Simulator simulator, int observationSize, int actionCount, int horizon, double gamma) {
        this.simulator = simulator;
        this.actionCount = actionCount;
        this.horizon = horizon;
        this.gamma = gamma;
        seen = new float[observationSize];
    }

    /**
     * Values the actions where the environment stands now.
     *
     * @param critic one output, a state's value
     * @param values receives the discounted return of each action, from index {@code offset} on
     */
    void value(GreedyPolicy policy, MlpForward critic, float[] values, int offset) {
        for (int a = 0; a < actionCount; a++) {
            values[offset + a] = (float) follow(a, policy, critic);
        }
    }

    private double follow(int first, GreedyPolicy policy, MlpForward critic) {
        simulator.begin();
        double sum = 0;
        double discount = 1;
        next[0] = first;
        for (int step = 0; step < horizon; step++) {
            simulator.step(next[0]);
            played++;
            sum += discount * simulator.reward();
            discount *= gamma;
            if (simulator.terminated()) {
                return sum;
            }
            simulator.observe(seen, 0);
            if (simulator.truncated()) {
                break;
            }
            if (step + 1 < horizon) {
                policy.act(seen, 1, next);
            }
        }
        return sum + discount * critic.run(seen, 0)[0];
    }

    /** Steps played since this was last asked. */
    long takePlayed() {
        long taken = played;
        played = 0;
        return taken;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
