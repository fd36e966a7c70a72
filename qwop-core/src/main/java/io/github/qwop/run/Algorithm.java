package io.github.qwop.run;

import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.ppo.PpoSpec;

/** The learning algorithms that a run can choose by name; each brings its default hyper-parameters. */
public enum Algorithm {
    QR_DQN,
    DQN,
    PPO,
    A2C;

    /** Hyper-parameters of stable-baselines3, or of sb3-contrib. */
    public LearnerSpec defaults() {
        return switch (this) {
            case QR_DQN -> DqnSpec.QR_DQN;
            case DQN -> DqnSpec.DQN;
            case PPO -> PpoSpec.PPO;
            case A2C -> PpoSpec.A2C;
        };
    }
}
