package io.github.qwop.learn.expert;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.ActorCriticLearner;
import io.github.qwop.learn.Course;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.ExplainedVariance;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.VectorPolicy;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Adam;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.parallel.Workers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expert iteration (Anthony and others, 2017): in rounds, the policy plays with actions drawn from it, some of the
 * states that it comes to are planned from ({@link Lookahead}), and the policy learns what was planned
 * ({@link Labels}), the critic what the policy comes to. States are thus the policy's own, as in DAgger (Ross and
 * others, 2011). See {@link ExpertIterationSpec}.
 *
 * <p>The last round is cut to the total of the training; one that is then shorter than a batch is not learned from.
 */
public final class ExpertIterationLearner extends ActorCriticLearner {

    private static final double ADAM_BETA1 = 0.9;
    private static final double ADAM_BETA2 = 0.999;

    private final ExpertIterationSpec spec;
    private final Lookahead[] lookaheads;
    private final Labels labels;
    /** Labels of a whole batch. */
    private final int wholeBatch;

    private final ExpertLoss loss;
    private final NativeFloats observations;

    private long planned;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanPolicyLoss = new RunningMean();
    private final RunningMean meanValueLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanGain = new RunningMean();
    private final RunningMean meanExplainedVariance = new RunningMean();

    /**
     * A learner before its first step.
     *
     * @param env reset here; its environments must be able to be {@linkplain VectorEnv#simulator planned with}
     * @param totalSteps environment steps of the whole training, those of rollouts not counted: what schedules run over
     * @param seed the run's seed
     * @param workers ask the policy, and learn the networks side by side; it is the environment's that plan
     * @throws IllegalArgumentException as {@link ExpertIterationSpec#check} and {@link VectorEnv#simulator} have it
     */
    public ExpertIterationLearner(
            ExpertIterationSpec spec,
            VectorEnv env,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        this(spec, new Course(env, totalSteps, seed, listener), lookaheads(spec, env, totalSteps), workers);
    }

    private ExpertIterationLearner(ExpertIterationSpec spec, Course course, Lookahead[] lookaheads, Workers workers) {
        super(
                spec,
                course,
                ActorCritic.Values.OF_STATES,
                wholeBatch(spec, course.env()),
                parameters -> new Adam(parameters, ADAM_BETA1, ADAM_BETA2, spec.adamEps(), 0, workers),
                workers);
        this.spec = spec;
        this.lookaheads = lookaheads;
        wholeBatch = wholeBatch(spec, env);
        int size = env.observationSize();
        int actionCount = env.actionCount();
        labels = new Labels((int) spec.labels(env.envCount()), size, actionCount);
        loss = new ExpertLoss(wholeBatch, actionCount, spec.vfCoef());
        observations = new NativeFloats(wholeBatch * size);
    }

    /** Asked for before anything is made: not every environment can be planned with. */
    private static Lookahead[] lookaheads(ExpertIterationSpec spec, VectorEnv env, long totalSteps) {
        spec.check(totalSteps, env.envCount());
        Lookahead[] lookaheads = new Lookahead[env.envCount()];
        Arrays.setAll(
                lookaheads,
                e -> new Lookahead(
                        env.simulator(e), env.observationSize(), env.actionCount(), spec.horizon(), spec.gamma()));
        return lookaheads;
    }

    private static int wholeBatch(ExpertIterationSpec spec, VectorEnv env) {
        int labels = (int) spec.labels(env.envCount());
        return spec.batchSize() == 0 ? labels : Math.min(spec.batchSize(), labels);
    }

    @Override
    public void iterate() {
        if (course.isOver()) {
            return;
        }
        collect();
        if (labels.count() >= wholeBatch) {
            meanGain.add(labels.improve(spec.maxKl().at(course.progressRemaining())));
            meanExplainedVariance.add(explainedVariance());
            learnInPasses(spec.nEpochs(), labels.count(), wholeBatch, this::update);
        }
    }

    /** Plays a round, and plans from some of its states. */
    private void collect() {
        Mlp actor = networks.actor();
        VectorPolicy policy = new VectorPolicy(actor, env, workers);
        Planner planner = new Planner(actor, networks.critic());
        int envs = env.envCount();
        labels.clear();
        for (int row = 0; row < spec.nSteps() && !course.isOver(); row++) {
            float[] logits = policy.logits();
            course.tellEnvironments();
            if (row % spec.labelFreq() == 0) {
                planner.plan(labels.count());
                labels.add(envs, env.observations(), logits);
            }
            for (int e = 0; e < envs; e++) {
                decide(logits, e);
            }
            course.step(actions);
        }
    }

    /** The networks of a round, one of each for every thread that plays the environments. */
    private final class Planner {

        private final Workers players = env.workers();
        private final GreedyPolicy[] policies = new GreedyPolicy[Math.min(players.count(), lookaheads.length)];
        private final MlpForward[] critics = new MlpForward[policies.length];

        Planner(Mlp actor, Mlp critic) {
            Arrays.setAll(policies, i -> new GreedyPolicy(actor));
            Arrays.setAll(critics, i -> new MlpForward(critic));
        }

        /** Plans from where all environments stand: their labels are those from {@code first} on. */
        void plan(int first) {
            int envs = lookaheads.length;
            players.run(policies.length, i -> {
                for (int e = i * envs / policies.length; e < (i + 1) * envs / policies.length; e++) {
                    lookaheads[e].value(policies[i], critics[i], labels.returns, (first + e) * env.actionCount());
                }
            });
            for (Lookahead lookahead : lookaheads) {
                planned += lookahead.takePlayed();
            }
        }
    }

    /** One gradient step. */
    private boolean update(int[] order, int from, int count) {
        int size = env.observationSize();
        for (int i = 0; i < count; i++) {
            observations.values().put(i * size, labels.observations, order[from + i] * size, size);
        }
        networks.differentiate(observations, count, loss.logitGradient, loss.valueGradient, (logits, values) -> {
            loss.differentiate(labels, order, from, count, logits, values);
            return true;
        });
        move();
        meanLoss.add(loss.loss());
        meanPolicyLoss.add(loss.policyLoss);
        meanValueLoss.add(loss.valueLoss);
        meanEntropyLoss.add(loss.entropyLoss);
        return true;
    }

    private double explainedVariance() {
        float[] valued = new float[labels.count()];
        networks.value(labels.observations, valued.length, valued);
        return ExplainedVariance.of(labels.values, valued, valued.length);
    }

    /** Means over all batches since the last call. */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        metrics.put(Metric.UPDATES.name(), (double) optimiser.updates());
        metrics.put(ExpertIterationSpec.PLANNED_STEPS.name(), (double) planned);
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put(ExpertIterationSpec.PLANNED_KL.name(), meanPolicyLoss.take());
        metrics.put(Metric.VALUE_LOSS.name(), meanValueLoss.take());
        metrics.put(Metric.ENTROPY_LOSS.name(), meanEntropyLoss.take());
        metrics.put(ExpertIterationSpec.GAIN.name(), meanGain.take());
        metrics.put(Metric.EXPLAINED_VARIANCE.name(), meanExplainedVariance.take());
        metrics.put(Metric.GRAD_NORM.name(), takeGradNorm());
        return metrics;
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(Course.COUNTERS, this::saveCounters, this::restoreCounters), course.environmentSection());
    }

    private void saveCounters(DataOutput counters) throws IOException {
        course.saveSteps(counters);
        counters.writeLong(planned);
        course.saveRate(counters);
        course.saveStreams(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        course.restoreSteps(counters);
        planned = counters.readLong();
        course.restoreRate(counters);
        course.restoreStreams(counters);
    }

    @Override
    public void close() {
        for (Lookahead lookahead : lookaheads) {
            lookahead.close();
        }
        super.close();
    }
}
