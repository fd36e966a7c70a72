package io.github.qwop.learn;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.Optimiser;
import io.github.qwop.model.Parameters;
import io.github.qwop.parallel.Workers;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * What learners with a policy that draws its actions and a network of values beside it have in common: how they begin,
 * play, take over networks and return to earlier ones. What is learned from the play is theirs. It is no place to begin
 * from outside: learners are made by their {@link LearnerSpec}.
 */
public abstract class ActorCriticLearner implements Learner {

    protected final VectorEnv env;
    protected final Course course;
    protected final Workers workers;
    protected final ActorCritic networks;
    protected final Optimiser optimiser;

    /** What the policy says of one environment. */
    protected final Categorical distribution;

    /** The decisions at hand, one for each environment. */
    protected final int[] actions;

    private final ActorCriticSpec spec;
    private final RunningMean meanNorm = new RunningMean();

    /** One gradient step from a batch. */
    @FunctionalInterface
    protected interface Update {

        /**
         * Learns from the samples whose numbers stand in {@code order} from {@code from} on.
         *
         * @return whether to go on
         */
        boolean learn(int[] order, int from, int count);
    }

    /**
     * A learner before its first step. It resets the environments.
     *
     * @param values what the second network tells
     * @param batchCapacity largest batch that is learned from at once
     * @param optimiser made for the networks' parameters
     * @param workers ask the policy, and learn the networks side by side
     * @throws IllegalArgumentException as {@link LearnerSpec#check} has it
     */
    protected ActorCriticLearner(
            ActorCriticSpec spec,
            Course course,
            ActorCritic.Values values,
            int batchCapacity,
            Function<Parameters, Optimiser> optimiser,
            Workers workers) {
        this.spec = spec;
        this.course = course;
        this.workers = workers;
        env = course.env();
        spec.check(course.totalSteps(), env.envCount());
        networks = new ActorCritic(
                spec.form(),
                env.observationSize(),
                env.actionCount(),
                values,
                batchCapacity,
                course.initialisation(),
                workers);
        this.optimiser = optimiser.apply(networks.parameters());
        distribution = new Categorical(env.actionCount());
        actions = new int[env.envCount()];
        env.reset();
    }

    /** Draws an environment's next action from the policy's outputs for all, and leaves it in {@link #distribution}. */
    protected final void decide(float[] logits, int e) {
        distribution.read(logits, e * env.actionCount());
        actions[e] = distribution.draw(course.exploration());
    }

    /**
     * Learns from samples in passes, each in another order, in batches of which a pass's last may be smaller.
     *
     * @return how many passes were begun
     */
    protected final int learnInPasses(int most, int samples, int batchSize, Update update) {
        int[] order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = i;
        }
        for (int pass = 1; pass <= most; pass++) {
            course.sampling().shuffle(order, samples);
            for (int from = 0; from < samples; from += batchSize) {
                if (!update.learn(order, from, Math.min(batchSize, samples - from))) {
                    return pass;
                }
            }
        }
        return most;
    }

    /** Moves both networks by their gradients. */
    protected final void move() {
        meanNorm.add(optimiser.update(rate(), spec.maxGradNorm()));
    }

    /** The learning rate as it is now. */
    protected final double rate() {
        return course.rate(spec.learningRate());
    }

    /** Mean norm of the gradients, before their limit, since the last call. */
    protected final double takeGradNorm() {
        return meanNorm.take();
    }

    @Override
    public final long steps() {
        return course.steps();
    }

    @Override
    public final Mlp actor() {
        return networks.actor();
    }

    @Override
    public final Mlp network() {
        return networks.actor();
    }

    @Override
    public final List<Section> networkSections() {
        return List.of(
                Section.of(PARAMETERS, networks.parameters()::save, networks.parameters()::restore),
                Section.of(OPTIMISER, optimiser::save, optimiser::restore));
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        networks.parameters().restore(reader.section(PARAMETERS));
        if (reader.has(OPTIMISER)) {
            optimiser.restore(reader.section(OPTIMISER));
        }
    }

    /** Takes over a policy alone; the values stay as they are. */
    @Override
    public void startFrom(Mlp network) {
        networks.setActor(network);
    }

    /** Takes over both, if its own second network tells what a state is worth too. */
    @Override
    public final void startFrom(Mlp network, Mlp value) {
        startFrom(network);
        if (spec.valuesStates()) {
            networks.setCritic(value);
        }
    }

    @Override
    public void rollBack(StateReader reader, long then, double rateFactor) throws IOException {
        Section.restoreAll(networkSections(), reader);
        course.slowDown(rateFactor);
    }

    @Override
    public void close() {
        env.close();
        networks.close();
    }
}
