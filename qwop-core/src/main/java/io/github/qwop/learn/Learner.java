package io.github.qwop.learn;

import io.github.qwop.model.Mlp;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A learner at work on a vector environment. One thread at a time. */
public interface Learner extends AutoCloseable {

    /** Section of the network's values, which another run can start from. */
    String PARAMETERS = "parameters";

    /** Section of what the optimiser remembers, which another run can go on with. */
    String OPTIMISER = "optimiser";

    /** Section of the target network's values, if the learner has one, which another run can go on with. */
    String TARGET = "target";

    /**
     * Collects some experience and learns from it: the smallest piece of work after which the learner can be saved. It
     * never plays more environment steps than the total it was made for.
     */
    void iterate();

    /** Environment steps played, over all environments together. */
    long steps();

    /** The greedy policy's network as it is now: one output per action, the largest is taken. */
    Mlp actor();

    /** The whole network as it is now, for export: as {@link #actor}, or one group of quantiles per action. */
    Mlp network();

    /**
     * Figures since the last call, by the names that {@link LearnerSpec#metrics} declares; NaN where there is none yet.
     * The names are always the same.
     */
    Map<String, Double> metrics();

    /** The parts of the network and of what its optimiser remembers: enough to act, to roll back or to start from. */
    List<Section> networkSections();

    /** The other parts of its state, in the order in which they are read. */
    List<Section> ownSections();

    /** Writes everything that {@link #restore} needs to go on bit for bit. */
    default void save(StateWriter writer) throws IOException {
        saveNetwork(writer);
        Section.saveAll(ownSections(), writer);
    }

    /** Writes the network and the optimiser alone: enough to act, to export, to roll back or to start from. */
    default void saveNetwork(StateWriter writer) throws IOException {
        Section.saveAll(networkSections(), writer);
    }

    /**
     * Goes on from a saved state, in a learner made with the same settings.
     *
     * @throws IOException if the state cannot be read or is of another form
     */
    default void restore(StateReader reader) throws IOException {
        Section.restoreAll(networkSections(), reader);
        Section.restoreAll(ownSections(), reader);
    }

    /** Whether the last {@link #iterate}, and all before it, left the policy as it was, while its values learned. */
    default boolean holdsPolicy() {
        return false;
    }

    /**
     * Takes over the network as another training left it, and of the sections {@link #OPTIMISER} and {@link #TARGET}
     * those that there are: they must be of the same kind of learner. A target network that is not there begins as a
     * copy.
     *
     * @throws IOException if one of them has another form
     */
    void startFrom(StateReader reader) throws IOException;

    /**
     * Takes over a network that was trained elsewhere.
     *
     * @throws IllegalArgumentException if it has another form
     */
    void startFrom(Mlp network);

    /**
     * Takes over a policy that was trained elsewhere with the value network that was trained beside it. Learners
     * without a value network of its own take the policy alone.
     *
     * @throws IllegalArgumentException if one of them has another form
     */
    default void startFrom(Mlp network, Mlp value) {
        startFrom(network);
    }

    /**
     * Returns to an earlier network with gentler settings, after a collapse.
     *
     * @param reader what {@link #saveNetwork} wrote
     * @param then environment steps at which it did
     * @param rateFactor multiplies the learning rate from now on, 0 to 1
     */
    void rollBack(StateReader reader, long then, double rateFactor) throws IOException;

    @Override
    void close();
}
