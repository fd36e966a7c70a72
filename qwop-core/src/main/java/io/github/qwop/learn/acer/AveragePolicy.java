package io.github.qwop.learn.acer;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.model.Parameters;
import io.github.qwop.model.TensorMlp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The mean of past policies, by their networks' values, near which the trust region keeps the present one. */
final class AveragePolicy implements AutoCloseable {

    private final Parameters parameters = new Parameters(false);
    private final TensorMlp network;
    private final int inputs;

    /** The mean of one policy. */
    AveragePolicy(Mlp policy) {
        network = new TensorMlp(parameters, ActorCritic.POLICY, policy.layers(), policy.activation(), false);
        inputs = policy.inputs();
    }

    /** Its logits for some observations, [rows × actions]. */
    float[] logits(NativeFloats observations, int rows) {
        try (NDManager manager = parameters.manager().newSubManager()) {
            return network.forward(observations.tensor(manager, new Shape(rows, inputs)))
                    .toFloatArray();
        }
    }

    /**
     * Takes a policy into the mean.
     *
     * @param networks those of the present policy, and others
     * @param share of it, 1 forgets all others
     */
    void follow(Parameters networks, double share) {
        parameters.follow(networks, share);
    }

    void save(DataOutput out) throws IOException {
        parameters.save(out);
    }

    void restore(DataInput in) throws IOException {
        parameters.restore(in);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
