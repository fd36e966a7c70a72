package io.github.qwop.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** What stands first in files of networks with normalised layers; without it, the meaning does. */
    private static final String FORMAT = "network-";

    private static final String NORMALISED = FORMAT + 2;

    /** A file that names more layers is damaged, and told as such before they are looked for. */
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

    /** Writes the network: in the first format if that can hold it, so that earlier versions read it. */
    public void write(DataOutput out) throws IOException {
        if (mlp.layerNorm()) {
            out.writeUTF(NORMALISED);
        }
        out.writeUTF(meaning.name());
        out.writeInt(actionCount);
        out.writeUTF(mlp.activation().name());
        out.writeInt(mlp.layers().size());
        for (DenseLayer layer : mlp.layers()) {
            out.writeInt(layer.inputs());
            out.writeInt(layer.outputs());
            Floats.write(out, layer.weight());
            Floats.write(out, layer.bias());
            if (mlp.layerNorm()) {
                writeNorm(out, layer.norm());
            }
        }
    }

    private static void writeNorm(DataOutput out, @Nullable LayerNorm norm) throws IOException {
        out.writeInt(norm == null ? 0 : norm.parts());
        if (norm != null) {
            Floats.write(out, norm.scale());
            Floats.write(out, norm.shift());
        }
    }

    private static @Nullable LayerNorm readNorm(DataInput in) throws IOException {
        int parts = in.readInt();
        return parts == 0 ? null : new LayerNorm(parts, Floats.read(in), Floats.read(in));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is something else, or of a later version
     */
    public static ActionNetwork read(DataInput in) throws IOException {
        try {
            String first = in.readUTF();
            boolean normalised = first.equals(NORMALISED);
            if (first.startsWith(FORMAT) && !normalised) {
                throw new IOException("the network has the format " + first + ", and this version reads up to "
                        + NORMALISED + ": use the version of the plugin that wrote it");
            }
            Meaning meaning = Meaning.valueOf(normalised ? in.readUTF() : first);
            int actionCount = in.readInt();
            Activation activation = Activation.valueOf(in.readUTF());
            int count = in.readInt();
            if (count < 1 || count > MOST_LAYERS) {
                throw new IOException("a network of " + count + " layers");
            }
            List<DenseLayer> layers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                layers.add(new DenseLayer(
                        in.readInt(),
                        in.readInt(),
                        Floats.read(in),
                        Floats.read(in),
                        normalised ? readNorm(in) : null));
            }
            return new ActionNetwork(new Mlp(layers, activation), actionCount, meaning);
        } catch (IllegalArgumentException e) {
            throw new IOException("the network is not readable: " + e.getMessage(), e);
        }
    }
}
