package io.github.qwop.learn.dqn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Course;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.replay.Priorities;
import io.github.qwop.learn.replay.ReplayBuffer;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.Adam;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.model.QNetwork;
import io.github.qwop.model.QPass;
import io.github.qwop.parallel.Workers;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * QR-DQN (Dabney and others, 2018) and DQN (Mnih and others, 2015) with the well-known improvements as switches, as
 * stable-baselines3 and sb3-contrib train them. See {@link DqnSpec} for what the counts mean.
 *
 * <p>PyTorch computes the networks' products; the gradient of the loss with respect to the quantiles, which would be a
 * batch × quantiles × quantiles tensor, comes from {@link QuantileHuber} in closed form.
 *
 * <p>Prioritized replay (Schaul and others, 2016) draws one transition from each of as many equal ranges of all
 * priorities as there are draws. An error is the difference of two means over quantiles, the target's and the current
 * one's: what the value would change by, however the quantiles lie. A drawn transition's loss is weighted by (N ·
 * P)^−β, N being how many there are and P the probability of the draw, over the largest weight in the batch.
 *
 * <p>Demonstrations stay for ever (Hester and others, 2018), and their drawn ones have the {@link MarginLoss} of their
 * actions' mean values besides, which fades over a part of the training. They are in a replay buffer of their own, of
 * which a share of each batch is drawn evenly, and that share fades too; or, with {@code demoBonus}, they are drawn by
 * their priorities like all else, and that number is added to their errors.
 */
public final class DqnLearner implements Learner {

    private static final String REPLAY = "replay";
    private static final String PRIORITIES = "priorities";

    /** Only there if an optimiser was taken over. */
    private static final String INHERITED = "inherited";

    /** Parts of a batch whose losses are computed side by side. */
    private static final int PARTS = 8;

    private final Workers workers;
    private final DqnSpec spec;
    private final VectorEnv env;
    private final Course course;
    private final QNetwork online;
    private final QNetwork target;
    private final Adam adam;
    private final ReplayBuffer replay;
    private final Priorities priorities;
    private final QuantileHuber[] losses = new QuantileHuber[PARTS];
    private final double[] sampleLosses;
    private final ReplayBuffer demonstrated;
    /** Whether demonstrations have priorities among those of the replay buffer, whose slots theirs follow. */
    private final boolean shared;

    private final MarginLoss marginLoss;

    /** Updates that the optimiser had done in another training. */
    private long inheritedUpdates;

    private boolean pretrained;
    private boolean actorIsStale = true;
    private GreedyPolicy actor;

    private final int[] actions;
    private final float[] before;
    private final int[] slots;
    private final int[] taken;
    private final ReplayBuffer.Sample sample = new ReplayBuffer.Sample();
    private final NativeFloats observationBatch;
    private final NativeFloats nextBatch;
    /** [batch], and with a loss over one step for that another [batch]; as all that belongs to the targets. */
    private final float[] rewards;

    private final float[] discounts;
    private final float[] weights;
    private final float[] gradient;
    private final float[] oneStepGradient;
    private final float[] marginGradient;
    private int demoCount;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanNorm = new RunningMean();
    private final RunningMean meanValue = new RunningMean();
    private final RunningMean meanMargin = new RunningMean();

    /**
     * A learner before its first step.
     *
     * @param env reset here
     * @param demonstrations of the same environment; not saved with the learner, so give the same to one that is
     *     restored
     * @param totalSteps environment steps of the whole training: what schedules run over
     * @param seed the run's seed
     * @param workers share the two networks, the samples' losses and the tensors among them
     * @throws IllegalArgumentException if no array can hold the replay buffer
     */
    public DqnLearner(
            DqnSpec spec,
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        this.workers = workers;
        this.spec = spec;
        this.env = env;
        course = new Course(env, totalSteps, seed, listener);
        int envs = env.envCount();
        int size = env.observationSize();
        int largest = ReplayBuffer.largestCapacity(envs, size);
        if (spec.bufferSize() > largest) {
            throw new IllegalArgumentException("learner.bufferSize is " + spec.bufferSize() + " with observations of "
                    + size + " numbers: give at most " + largest + ", which is what one array can hold.");
        }
        QNetwork.Form form = new QNetwork.Form(
                size,
                env.actionCount(),
                spec.nQuantiles(),
                spec.netArch(),
                spec.activationFn(),
                spec.layerNorm(),
                spec.dueling());
        online = new QNetwork(form, course.initialisation(), false);
        target = new QNetwork(form, course.initialisation(), false);
        adam = new Adam(
                online.parameters(),
                spec.adamBeta1(),
                spec.adamBeta2(),
                spec.resolvedAdamEps(),
                spec.weightDecay(),
                workers);
        replay = new ReplayBuffer(spec.bufferSize(), envs, size);
        Arrays.setAll(losses, i -> new QuantileHuber(spec.nQuantiles()));
        sampleLosses = new double[spec.batchSize()];
        demonstrated = ReplayBuffer.of(demonstrations);
        shared = spec.demoBonus() != null && demonstrated.usableRows() > 0;
        priorities = new Priorities(
                spec.prioritized() ? replay.slots() + (shared ? demonstrated.slots() : 0) : 1, spec.prioritizedAlpha());
        for (int row = 0; shared && row < demonstrated.usableRows(); row++) {
            priorities.addNew(replay.slots() + demonstrated.slot(row, 0));
        }
        marginLoss = new MarginLoss(env.actionCount(), spec.margin());
        actor = new GreedyPolicy(actor());

        int batch = spec.batchSize();
        int targets = hasOneStepLoss() ? 2 * batch : batch;
        actions = new int[envs];
        before = new float[envs * size];
        slots = new int[batch];
        taken = new int[batch];
        observationBatch = new NativeFloats(batch * size);
        nextBatch = new NativeFloats(targets * size);
        rewards = new float[targets];
        discounts = new float[targets];
        weights = new float[batch];
        gradient = new float[batch * spec.nQuantiles()];
        oneStepGradient = new float[hasOneStepLoss() ? gradient.length : 0];
        marginGradient = new float[batch * env.actionCount()];
        env.reset();
    }

    @Override
    public void iterate() {
        if (isRehearsing()) {
            update();
            if (updates() % updatesPerTarget() == 0) {
                target.parameters().follow(online.parameters(), spec.tau());
            }
            return;
        }
        for (int i = 0; i < spec.trainFreq() && !course.isOver(); i++) {
            collect();
        }
        if (course.steps() > spec.learningStarts() && replay.usableRows() > 0) {
            for (int i = 0; i < spec.gradientSteps(); i++) {
                update();
            }
        }
    }

    /** Whether it still learns from demonstrations alone, before the first step of its own. */
    private boolean isRehearsing() {
        return demonstrated.usableRows() > 0 && updates() < spec.demoPretrainSteps();
    }

    /** Updates of this training. */
    private long updates() {
        return adam.updates() - inheritedUpdates;
    }

    private boolean hasOneStepLoss() {
        return spec.nStep() > 1 && spec.oneStepWeight() > 0;
    }

    /** Updates of the network between two of the target's, at the pace of the training proper. */
    private long updatesPerTarget() {
        double stepsPerUpdate = (double) spec.trainFreq() * env.envCount() / spec.gradientSteps();
        return Math.max(1, Math.round(spec.targetUpdateInterval() / stepsPerUpdate));
    }

    /** One step of all environments. */
    private void collect() {
        int envs = env.envCount();
        // A network that comes trained fills the buffer with what it can do; an untrained one, with random actions.
        boolean rehearsed = demonstrated.usableRows() > 0 && spec.demoPretrainSteps() > 0;
        boolean random = course.steps() < spec.learningStarts() && !pretrained && !rehearsed;
        if (random || course.exploration().nextDouble() < spec.exploration(course.progressRemaining())) {
            for (int e = 0; e < envs; e++) {
                actions[e] = course.exploration().nextInt(env.actionCount());
            }
        } else {
            if (actorIsStale) {
                actor = new GreedyPolicy(actor());
                actorIsStale = false;
            }
            actor.act(env.observations(), envs, actions);
        }
        System.arraycopy(env.observations(), 0, before, 0, before.length);
        long steps = course.steps();
        course.step(actions);
        if (spec.prioritized()) {
            prioritizeNewest(envs);
        }
        replay.add(
                before,
                actions,
                env.rewards(),
                env.terminated(),
                env.truncated(),
                env.observations(),
                env.finalObservations());
        // A learner that was rolled back learns more slowly, and its targets follow more slowly by the same factor.
        long interval = Math.round(spec.targetUpdateInterval() / course.rateFactor());
        if (course.steps() / interval > steps / interval) {
            target.parameters().follow(online.parameters(), spec.tau());
        }
    }

    private void prioritizeNewest(int envs) {
        int expiring = replay.expiringRow();
        for (int e = 0; e < envs; e++) {
            priorities.addNew(replay.nextRow() + e);
            if (expiring >= 0) {
                priorities.forget(expiring + e);
            }
        }
    }

    /** One gradient step. */
    void update() {
        drawBatch();
        int batch = spec.batchSize();
        int size = env.observationSize();
        try (NDManager manager = online.parameters().manager().newSubManager()) {
            QPass[] pass = new QPass[1];
            float[][] quantiles = new float[2][];
            workers.run(2, i -> {
                if (i == 0) {
                    quantiles[i] = targets(nextBatch.tensor(manager, new Shape(rewards.length, size)));
                } else {
                    pass[0] = online.pass(observationBatch.tensor(manager, new Shape(batch, size)), workers);
                    quantiles[i] = pass[0].quantiles(taken);
                }
            });
            differentiate(quantiles[1], quantiles[0]);
            if (demoCount > 0) {
                differentiateMargin(pass[0].means());
                pass[0].backward(gradient, marginGradient);
            } else {
                pass[0].backward(gradient, null);
            }
            meanNorm.add(adam.update(course.rate(spec.learningRate()), spec.maxGradNorm()));
            actorIsStale = true;
        }
    }

    /** How much demonstrations count now: fully as long as there is nothing else. */
    private double demonstrationWeight() {
        return isRehearsing() ? 1 : spec.demonstrationWeight(course.progressRemaining());
    }

    /** How many of a batch are drawn from the demonstrations' own buffer now: they stand first in it. */
    private int drawnApart() {
        if (shared || demonstrated.usableRows() == 0) {
            return 0;
        }
        double share = isRehearsing() ? 1 : spec.demoRatio() * demonstrationWeight();
        return (int) Math.round(share * spec.batchSize());
    }

    private void drawBatch() {
        int batch = spec.batchSize();
        int apart = drawnApart();
        double beta = spec.prioritizedBeta() + (1 - spec.prioritizedBeta()) * (1 - course.progressRemaining());
        double largest = 0;
        demoCount = 0;
        for (int i = 0; i < batch; i++) {
            if (i < apart) {
                slots[i] = replay.slots() + demonstrated.slot(course.sampling().nextInt(demonstrated.usableRows()), 0);
                weights[i] = 1;
            } else if (spec.prioritized()) {
                slots[i] = priorities.draw(course.sampling(), i - apart, batch - apart);
                double probability = priorities.priority(slots[i]) / priorities.total();
                double weight = Math.pow(probability, -beta);
                weights[i] = (float) weight;
                largest = Math.max(largest, weight);
            } else {
                slots[i] = replay.slot(
                        course.sampling().nextInt(replay.usableRows()),
                        course.sampling().nextInt(replay.envs()));
                weights[i] = 1;
            }
            if (hasOneStepLoss()) {
                read(i, 1, batch + i);
            }
            read(i, spec.nStep(), i);
            demoCount += isDemonstrated(i) ? 1 : 0;
            taken[i] = sample.action();
        }
        if (spec.prioritized()) {
            for (int i = apart; i < batch; i++) {
                weights[i] /= (float) largest;
            }
        }
    }

    private boolean isDemonstrated(int i) {
        return slots[i] >= replay.slots();
    }

    /** Reads number i of the batch, and over some steps what its target of a number is made of. */
    private void read(int i, int nStep, int target) {
        boolean demo = isDemonstrated(i);
        (demo ? demonstrated : replay)
                .read(
                        demo ? slots[i] - replay.slots() : slots[i],
                        nStep,
                        spec.gamma(),
                        sample,
                        observationBatch.values(),
                        i * env.observationSize(),
                        nextBatch.values(),
                        target * env.observationSize());
        rewards[target] = sample.reward();
        discounts[target] = sample.discount();
    }

    /** Quantiles that the current ones are drawn to, [targets × quantiles]. */
    private float[] targets(NDArray nextObservations) {
        int quantiles = spec.nQuantiles();
        QPass next = target.pass(nextObservations, workers);
        float[] targets = next.quantiles(best(spec.doubleQ() ? online.pass(nextObservations, workers) : next));
        for (int i = 0; i < rewards.length; i++) {
            for (int k = 0; k < quantiles; k++) {
                targets[i * quantiles + k] = rewards[i] + discounts[i] * targets[i * quantiles + k];
            }
        }
        return targets;
    }

    /** The action of the largest mean for each of the observations; the first of equal ones. */
    private int[] best(QPass pass) {
        float[] means = pass.means();
        int actionCount = env.actionCount();
        int[] best = new int[rewards.length];
        for (int i = 0; i < best.length; i++) {
            for (int a = 1; a < actionCount; a++) {
                if (means[i * actionCount + a] > means[i * actionCount + best[i]]) {
                    best[i] = a;
                }
            }
        }
        return best;
    }

    private void differentiate(float[] current, float[] targets) {
        int batch = spec.batchSize();
        int quantiles = spec.nQuantiles();
        if (current.length != batch * quantiles || targets.length != rewards.length * quantiles) {
            throw new IllegalStateException("Current and target quantiles have " + current.length + " and "
                    + targets.length + " values, not " + batch + " and " + rewards.length + " × " + quantiles + ".");
        }
        workers.run(PARTS, part -> {
            for (int i = part * batch / PARTS; i < (part + 1) * batch / PARTS; i++) {
                sampleLosses[i] = weights[i] * differentiate(losses[part], i, current, targets);
            }
        });
        double lossSum = 0;
        double valueSum = 0;
        for (int i = 0; i < batch; i++) {
            lossSum += sampleLosses[i];
            double value = mean(current, i * quantiles, quantiles);
            valueSum += value;
            prioritize(i, mean(targets, i * quantiles, quantiles) - value);
        }
        meanLoss.add(lossSum / batch);
        meanValue.add(valueSum / batch);
    }

    /** Writes the gradient of a sample's loss, over several steps and perhaps over one, and returns the loss. */
    private double differentiate(QuantileHuber loss, int i, float[] current, float[] targets) {
        int offset = i * spec.nQuantiles();
        float scale = weights[i] / spec.batchSize();
        double sum = loss.differentiate(current, offset, targets, offset, scale, gradient);
        if (!hasOneStepLoss()) {
            return sum;
        }
        float share = (float) spec.oneStepWeight();
        int oneStep = gradient.length + offset;
        sum += share * loss.differentiate(current, offset, targets, oneStep, scale * share, oneStepGradient);
        for (int k = offset; k < offset + spec.nQuantiles(); k++) {
            gradient[k] += oneStepGradient[k];
        }
        return sum;
    }

    private void prioritize(int i, double error) {
        Double bonus = spec.demoBonus();
        if (shared && bonus != null && isDemonstrated(i)) {
            priorities.update(slots[i], Math.abs(error) + bonus);
        } else if (spec.prioritized() && !isDemonstrated(i)) {
            priorities.update(slots[i], error);
        }
    }

    /** The margin loss of the demonstrations in the batch, from all actions' values [batch × actions]. */
    private void differentiateMargin(float[] values) {
        int batch = spec.batchSize();
        int actionCount = env.actionCount();
        if (values.length != batch * actionCount) {
            throw new IllegalStateException(
                    "There are " + values.length + " values, not " + batch + " × " + actionCount + ".");
        }
        // The loss of a sample is summed over its quantiles: the margin counts once for each of them.
        double weight = spec.marginWeight() * demonstrationWeight() * spec.nQuantiles();
        Arrays.fill(marginGradient, 0);
        double sum = 0;
        for (int i = 0; i < batch; i++) {
            if (isDemonstrated(i)) {
                double scale = weights[i] * weight / batch;
                sum += marginLoss.differentiate(values, i * actionCount, taken[i], scale, marginGradient);
            }
        }
        meanMargin.add(sum / demoCount);
    }

    private static double mean(float[] values, int offset, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += values[offset + k];
        }
        return sum / count;
    }

    @Override
    public long steps() {
        return course.steps();
    }

    @Override
    public Mlp actor() {
        return online.means();
    }

    @Override
    public Mlp network() {
        return online.toMlp();
    }

    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(DqnSpec.EPSILON.name(), spec.exploration(course.progressRemaining()));
        metrics.put(Metric.LEARNING_RATE.name(), course.rate(spec.learningRate()));
        metrics.put(Metric.UPDATES.name(), (double) updates());
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put(Metric.GRAD_NORM.name(), meanNorm.take());
        metrics.put(DqnSpec.VALUE.name(), meanValue.take());
        if (demonstrated.usableRows() > 0) {
            metrics.put(DqnSpec.MARGIN_LOSS.name(), meanMargin.take());
            metrics.put(DqnSpec.DEMONSTRATIONS.name(), (double) (shared ? demoCount : drawnApart()));
        }
        return metrics;
    }

    @Override
    public List<Section> networkSections() {
        return List.of(
                Section.of(PARAMETERS, online.parameters()::save, in -> {
                    online.parameters().restore(in);
                    actorIsStale = true;
                }),
                Section.of(OPTIMISER, adam::save, adam::restore));
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(TARGET, target.parameters()::save, target.parameters()::restore),
                Section.of(REPLAY, replay::save, replay::restore),
                Section.optional(PRIORITIES, spec::prioritized, priorities::save, priorities::restore),
                Section.of(Course.COUNTERS, this::saveCounters, this::restoreCounters),
                course.environmentSection(),
                Section.optional(
                        INHERITED,
                        () -> inheritedUpdates > 0,
                        out -> out.writeLong(inheritedUpdates),
                        in -> inheritedUpdates = in.readLong()));
    }

    private void saveCounters(DataOutput counters) throws IOException {
        course.saveSteps(counters);
        course.saveRate(counters);
        counters.writeBoolean(pretrained);
        course.saveStreams(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        course.restoreSteps(counters);
        course.restoreRate(counters);
        pretrained = counters.readBoolean();
        course.restoreStreams(counters);
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        online.parameters().restore(reader.section(PARAMETERS));
        pretrained = true;
        followOnline();
        if (reader.has(OPTIMISER)) {
            adam.restore(reader.section(OPTIMISER));
            inheritedUpdates = adam.updates();
        }
        if (reader.has(TARGET)) {
            target.parameters().restore(reader.section(TARGET));
        }
    }

    @Override
    public void startFrom(Mlp network) {
        online.set(network);
        pretrained = true;
        followOnline();
    }

    @Override
    public void rollBack(StateReader reader, long then, double factor) throws IOException {
        Section.restoreAll(networkSections(), reader);
        priorities.forgetErrors();
        course.slowDown(factor);
        followOnline();
    }

    private void followOnline() {
        target.parameters().follow(online.parameters(), 1);
        actorIsStale = true;
    }

    @Override
    public void close() {
        env.close();
        online.close();
        target.close();
    }
}
