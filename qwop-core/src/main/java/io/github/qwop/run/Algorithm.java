package io.github.qwop.run;

import io.github.qwop.learn.DemonstrationUse;
import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.acer.AcerSpec;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.expert.ExpertIterationSpec;
import io.github.qwop.learn.imitation.CloningSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.metric.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The learning algorithms that a run can choose by name; each brings its default hyper-parameters. */
@SuppressWarnings("ImmutableEnumChecker") // Records and unmodifiable sets, which their types do not say.
public enum Algorithm {
    QR_DQN(DqnSpec.QR_DQN, DqnSpec.PEER_NAMES),
    DQN(DqnSpec.DQN, DqnSpec.PEER_NAMES),
    PPO(PpoSpec.PPO, PpoSpec.PPO_PEER_NAMES),
    A2C(PpoSpec.A2C, PpoSpec.A2C_PEER_NAMES),
    ACER(AcerSpec.ACER, AcerSpec.PEER_NAMES),
    EXPERT_ITERATION(ExpertIterationSpec.DEFAULT, Set.of()),
    BC(CloningSpec.DEFAULT, CloningSpec.PEER_NAMES);

    private final LearnerSpec defaults;
    private final Set<String> peerNames;

    Algorithm(LearnerSpec defaults, Set<String> peerNames) {
        this.defaults = defaults;
        this.peerNames = peerNames;
    }

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

    /** Hyper-parameters of stable-baselines3, of sb3-contrib, of stable-baselines for ACER, or of imitation. */
    public LearnerSpec defaults() {
        return defaults;
    }

    /** What its learners tell of themselves. */
    public List<Metric> metrics() {
        return defaults.metrics();
    }

    /** Arguments of the peers' learner that are hyper-parameters here, by the same word in snake case. */
    public Set<String> peerNames() {
        return peerNames;
    }

    /** Whether it learns a policy alone, from demonstrations alone: without values that another could go on from. */
    public boolean clones() {
        return defaults.demonstrationUse() == DemonstrationUse.REQUIRED;
    }
}
