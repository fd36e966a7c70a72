package io.github.qwop.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Observation;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;

/**
 * A trained policy, played greedily.
 *
 * @param network has one output for each action of the set; what comes after them, to give up, is never chosen
 * @param observation what it sees
 * @param actionSet what its actions hold
 * @param framesPerDecision game updates of one action
 */
public record PolicyPrior(Mlp network, Observation observation, ActionSet actionSet, int framesPerDecision)
        implements Prior {

    @Override
    public Player player() {
        MlpForward forward = new MlpForward(network);
        float[] seen = new float[observation.size()];
        int actions = actionSet.size();
        return (bodies, context) -> {
            observation.observe(bodies, context, seen, 0);
            float[] outputs = forward.run(seen, 0);
            int best = 0;
            for (int i = 1; i < actions; i++) {
                if (outputs[i] > outputs[best]) {
                    best = i;
                }
            }
            return actionSet.keys(best);
        };
    }
}
