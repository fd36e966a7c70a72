package io.github.qwop.run;

import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.dqn.DqnSpec;

/** The learning algorithms that a run can choose by name; each brings its default hyper-parameters. */
public enum Algorithm {
    QR_DQN,
    DQN;

    /** Hyper-parameters of stable-baselines3, or of sb3-contrib. */
    public LearnerSpec defaults() {
        return switch (this) {
            case QR_DQN -> DqnSpec.QR_DQN;
            case DQN -> DqnSpec.DQN;
        };
    }
}
