package io.github.qwop.run;

import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.imitation.CloningSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import java.util.Locale;

/** The learning algorithms that a run can choose by name; each brings its default hyper-parameters. */
public enum Algorithm {
    QR_DQN,
    DQN,
    PPO,
    A2C,
    /** Behavioural cloning. */
    BC;

    /** The name as in a POM. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The algorithm of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Algorithm of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Hyper-parameters of stable-baselines3, of sb3-contrib, or of imitation. */
    public LearnerSpec defaults() {
        return switch (this) {
            case QR_DQN -> DqnSpec.QR_DQN;
            case DQN -> DqnSpec.DQN;
            case PPO -> PpoSpec.PPO;
            case A2C -> PpoSpec.A2C;
            case BC -> CloningSpec.DEFAULT;
        };
    }
}
