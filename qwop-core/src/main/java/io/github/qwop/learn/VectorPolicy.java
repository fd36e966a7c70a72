package io.github.qwop.learn;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import java.util.Arrays;

/** A policy in all environments at once, which workers share among them. */
public final class VectorPolicy {

    private final VectorEnv env;
    private final Workers workers;
    private final MlpForward[] forwards;
    private final float[] logits;

    /** The policy as it is now; what it learns later is not in here. */
    public VectorPolicy(Mlp policy, VectorEnv env, Workers workers) {
        this.env = env;
        this.workers = workers;
        forwards = new MlpForward[Math.min(workers.count(), env.envCount())];
        Arrays.setAll(forwards, i -> new MlpForward(policy));
        logits = new float[env.envCount() * env.actionCount()];
    }

    /**
     * Asks it about what the environments show now.
     *
     * @return one row for each environment, one column for each action; the next call writes over it
     */
    public float[] logits() {
        int envs = env.envCount();
        int actionCount = env.actionCount();
        workers.run(forwards.length, i -> {
            for (int e = i * envs / forwards.length; e < (i + 1) * envs / forwards.length; e++) {
                float[] outputs = forwards[i].run(env.observations(), e * env.observationSize());
                System.arraycopy(outputs, 0, logits, e * actionCount, actionCount);
            }
        });
        return logits;
    }
}
