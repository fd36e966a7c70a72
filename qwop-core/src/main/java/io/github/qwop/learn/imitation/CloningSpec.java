package io.github.qwop.learn.imitation;

import io.github.qwop.model.Activation;
import java.util.List;

/**
 * Hyper-parameters of behavioural cloning, by the names of the Python package imitation.
 *
 * @param learningRate Adam's rate
 * @param batchSize demonstrated steps per gradient step
 * @param nEpochs passes over the demonstrations
 * @param entWeight weight of the policy's entropy, which keeps it from certainty
 * @param netArch sizes of hidden layers
 * @param activationFn after hidden layers
 */
public record CloningSpec(
        double learningRate,
        int batchSize,
        int nEpochs,
        double entWeight,
        List<Integer> netArch,
        Activation activationFn) {

    /** imitation's values, with its usual number of passes. */
    public static final CloningSpec DEFAULT = new CloningSpec(1e-3, 32, 10, 1e-3, List.of(32, 32), Activation.TANH);

    /** Checks every value. */
    public CloningSpec {
        netArch = List.copyOf(netArch);
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException(
                    "learner.learningRate is " + learningRate + ": give a number above 0, such as 0.001.");
        }
        if (!(entWeight >= 0) || Double.isInfinite(entWeight)) {
            throw new IllegalArgumentException("learner.entWeight is " + entWeight + ": give a number, 0 or more.");
        }
        atLeastOne("batchSize", batchSize);
        atLeastOne("nEpochs", nEpochs);
        atLeastOne("netArch's number of layers", netArch.size());
        netArch.forEach(size -> atLeastOne("netArch's layer size", size));
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "learner." + name + " is " + value + ": give a whole number, at least 1.");
        }
    }
}
