package io.github.qwop.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network and what its outputs mean for actions: all that is needed to act and to export.
 *
 * @param mlp the network
 * @param actionCount number of actions; the outputs are as many equal groups of neighbours
 * @param meaning what an output is
 */
public record ActionNetwork(Mlp mlp, int actionCount, Meaning meaning) {

    /** What the outputs are. */
    public enum Meaning {
        /** Quantiles of an action's discounted return, one or more per action. */
        QUANTILES,
        /** One unnormalised log-probability per action. */
        LOGITS
    }

    /** A damaged file must not make us ask for more memory than a network can need. */
    private static final int MOST_LAYERS = 64;

    /** Checks that the outputs divide into actions. */
    public ActionNetwork {
        boolean fits = actionCount > 0 && mlp.outputs() % actionCount == 0;
        if (!fits || (meaning == Meaning.LOGITS && mlp.outputs() != actionCount)) {
            throw new IllegalArgumentException("A network with " + mlp.outputs() + " outputs does not fit "
                    + actionCount + " actions: name a policy that was trained with this action set.");
        }
    }

    /** Outputs per action. */
    public int quantiles() {
        return mlp.outputs() / actionCount;
    }

    /** One output per action: the value's estimate, or the logit. */
    public Mlp actor() {
        return quantiles() == 1 ? mlp : mlp.averaged(actionCount);
    }

    /** Writes the network. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(meaning.name());
        out.writeInt(actionCount);
        out.writeUTF(mlp.activation().name());
        out.writeInt(mlp.layers().size());
        for (DenseLayer layer : mlp.layers()) {
            out.writeInt(layer.inputs());
            out.writeInt(layer.outputs());
            Floats.write(out, layer.weight());
            Floats.write(out, layer.bias());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else
     */
    public static ActionNetwork read(DataInput in) throws IOException {
        try {
            Meaning meaning = Meaning.valueOf(in.readUTF());
            int actionCount = in.readInt();
            Activation activation = Activation.valueOf(in.readUTF());
            int count = in.readInt();
            if (count < 1 || count > MOST_LAYERS) {
                throw new IOException("a network of " + count + " layers");
            }
            List<DenseLayer> layers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                layers.add(new DenseLayer(in.readInt(), in.readInt(), Floats.read(in), Floats.read(in)));
            }
            return new ActionNetwork(new Mlp(layers, activation), actionCount, meaning);
        } catch (IllegalArgumentException e) {
            throw new IOException("the network is not readable: " + e.getMessage(), e);
        }
    }
}
