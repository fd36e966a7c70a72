package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Quantiles of the return of every action (Dabney and others, 2018), or with one quantile its mean (Mnih and others,
 * 2015); with a dueling head if wanted.
 *
 * <p>A dueling head is that of Wang and others (2016) for Atari games: the streams of value and advantage have a last
 * hidden layer each, of its full size, over the hidden layers before it, which they share. As there, the gradient that
 * the two together send into the shared layers is multiplied by 1/√2.
 */
public final class QNetwork implements AutoCloseable {

    /**
     * The network's form.
     *
     * @param observationSize number of inputs
     * @param actionCount number of actions
     * @param quantiles quantiles per action, 1 for a plain value
     * @param netArch sizes of the hidden layers, at least one
     * @param activation after hidden layers
     * @param layerNorm whether the sums of hidden layers are normalised, see {@link LayerNorm}
     * @param dueling whether value and advantage have streams of their own
     */
    public record Form(
            int observationSize,
            int actionCount,
            int quantiles,
            List<Integer> netArch,
            Activation activation,
            boolean layerNorm,
            boolean dueling) {

        /** Copies the list. */
        public Form {
            netArch = List.copyOf(netArch);
        }
    }

    /** What the gradients of two streams together are multiplied by. */
    private static final float OF_TWO_STREAMS = (float) Math.sqrt(0.5);

    private final Form form;
    private final boolean trained;
    private final Parameters parameters;
    private final PassMemory memory = new PassMemory();
    /** Without dueling: the whole network. With: what both streams share. */
    private final TensorMlp trunk;

    private final List<TensorMlp> streams = new ArrayList<>();

    /**
     * A network with PyTorch's default initialisation, drawn from a stream.
     *
     * @param trained whether gradients are computed; a target network needs none
     */
    public QNetwork(Form form, RandomStream random, boolean trained) {
        this.form = form;
        this.trained = trained;
        parameters = new Parameters(trained);
        List<Integer> hidden = form.netArch();
        int outputs = form.actionCount() * form.quantiles();
        List<DenseLayer> layers = new ArrayList<>();
        int width = form.observationSize();
        int shared = form.dueling() ? hidden.size() - 1 : hidden.size();
        for (int i = 0; i < shared; i++) {
            layers.add(hidden(random, width, hidden.get(i)));
            width = hidden.get(i);
        }
        if (!form.dueling()) {
            layers.add(Initialisation.uniform(random, width, outputs));
            trunk = new TensorMlp(parameters, "q", layers, form.activation(), false);
            return;
        }
        trunk = new TensorMlp(parameters, "trunk", layers, form.activation(), true);
        int last = hidden.get(shared);
        streams.add(stream(random, "advantage", width, last, outputs));
        streams.add(stream(random, "value", width, last, form.quantiles()));
    }

    private TensorMlp stream(RandomStream random, String name, int width, int hidden, int outputs) {
        return new TensorMlp(
                parameters,
                name,
                List.of(hidden(random, width, hidden), Initialisation.uniform(random, hidden, outputs)),
                form.activation(),
                false);
    }

    private DenseLayer hidden(RandomStream random, int inputs, int outputs) {
        DenseLayer layer = Initialisation.uniform(random, inputs, outputs);
        return form.layerNorm() ? layer.normalised() : layer;
    }

    /** The network's form. */
    public Form form() {
        return form;
    }

    /** The tensors. */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * Quantiles of all actions' returns.
     *
     * @param observations [batch × observations]; all results belong to its manager
     * @return [batch × actions × quantiles]
     */
    public NDArray forward(NDArray observations) {
        NDArray output = trunk.forward(observations);
        Shape shape = new Shape(-1, form.actionCount(), form.quantiles());
        if (!form.dueling()) {
            return output.reshape(shape);
        }
        NDArray shared = trained && output != observations ? rescaled(output) : output;
        NDArray advantage = streams.get(0).forward(shared).reshape(shape);
        NDArray value = streams.get(1).forward(shared).reshape(new Shape(-1, 1, form.quantiles()));
        return advantage.sub(advantage.mean(new int[] {1}, true)).add(value);
    }

    /** The same values with a smaller gradient: what is added to them is 0 in every bit. */
    private static NDArray rescaled(NDArray values) {
        // Not mul(number): the tensor that it makes of it is gone when the gradient is computed, and its memory with
        // it.
        NDArray scaled = values.mul(values.getManager().create(OF_TWO_STREAMS));
        return values.stopGradient().add(scaled.sub(scaled.stopGradient()));
    }

    /**
     * A forward pass that can be asked for what is needed of it, and gone back. Several may be asked for means at once,
     * and only one for quantiles and the way back.
     *
     * @param observations [batch × observations]; all results belong to its manager
     * @param workers share the actions among them
     */
    public QPass pass(NDArray observations, Workers workers) {
        return form.dueling()
                ? new DuelingPass(form, trunk, streams.get(0), streams.get(1), observations, memory)
                : new PlainPass(form, trunk, observations, memory, workers);
    }

    /** The mean over quantiles of each action, as a plain perceptron. */
    public Mlp means() {
        if (form.dueling() || form.quantiles() == 1) {
            return toMlp().averaged(form.actionCount());
        }
        // Averaged where it lies, because most of the network is quantiles, and this is asked for at each update.
        return new Mlp(trunk.layersWithMeans(form.actionCount(), form.quantiles()), form.activation());
    }

    /** The same function as one plain perceptron with actions × quantiles outputs: dueling heads are folded. */
    public Mlp toMlp() {
        if (!form.dueling()) {
            return new Mlp(trunk.layers(), form.activation());
        }
        List<DenseLayer> layers = new ArrayList<>(trunk.layers());
        List<DenseLayer> advantage = streams.get(0).layers();
        List<DenseLayer> value = streams.get(1).layers();
        layers.add(stacked(advantage.get(0), value.get(0)));
        layers.add(folded(advantage.get(1), value.get(1)));
        return new Mlp(layers, form.activation());
    }

    private static DenseLayer stacked(DenseLayer a, DenseLayer b) {
        LayerNorm first = a.norm();
        LayerNorm second = b.norm();
        return new DenseLayer(
                a.inputs(),
                a.outputs() + b.outputs(),
                joined(a.weight(), b.weight()),
                joined(a.bias(), b.bias()),
                first == null || second == null
                        ? null
                        : new LayerNorm(
                                2, joined(first.scale(), second.scale()), joined(first.shift(), second.shift())));
    }

    private static float[] joined(float[] a, float[] b) {
        float[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    /** Advantage less its mean over actions, plus value: linear, hence one layer over both streams' hidden values. */
    private DenseLayer folded(DenseLayer advantage, DenseLayer value) {
        int actions = form.actionCount();
        int quantiles = form.quantiles();
        int width = advantage.inputs() + value.inputs();
        float[] weight = new float[actions * quantiles * width];
        float[] bias = new float[actions * quantiles];
        for (int k = 0; k < quantiles; k++) {
            for (int i = 0; i <= advantage.inputs(); i++) {
                double mean = 0;
                for (int a = 0; a < actions; a++) {
                    mean += at(advantage, a * quantiles + k, i);
                }
                mean /= actions;
                for (int a = 0; a < actions; a++) {
                    int output = a * quantiles + k;
                    float centred = (float) (at(advantage, output, i) - mean);
                    if (i < advantage.inputs()) {
                        weight[output * width + i] = centred;
                    } else {
                        bias[output] = centred + value.bias()[k];
                    }
                }
            }
            for (int a = 0; a < actions; a++) {
                System.arraycopy(
                        value.weight(),
                        k * value.inputs(),
                        weight,
                        (a * quantiles + k) * width + advantage.inputs(),
                        value.inputs());
            }
        }
        return new DenseLayer(width, actions * quantiles, weight, bias);
    }

    /** A weight, or after the last one the bias. */
    private static float at(DenseLayer layer, int output, int input) {
        return input < layer.inputs() ? layer.weight()[output * layer.inputs() + input] : layer.bias()[output];
    }

    /**
     * Sets all tensors from a plain perceptron of the same form; not for dueling heads.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public void set(Mlp mlp) {
        int outputs = form.actionCount() * form.quantiles();
        if (form.dueling()
                || !mlp.hidden().equals(form.netArch())
                || mlp.activation() != form.activation()
                || mlp.layerNorm() != form.layerNorm()
                || mlp.inputs() != form.observationSize()
                || mlp.outputs() != outputs) {
            throw new IllegalArgumentException("The given network has hidden layers of " + mlp.hidden() + ", "
                    + mlp.outputs() + " outputs and " + mlp.activation() + normed(mlp.layerNorm())
                    + ", this learner's has " + form.netArch() + ", " + outputs + " and " + form.activation()
                    + normed(form.layerNorm()) + (form.dueling() ? ", and is dueling" : "") + ".");
        }
        trunk.set(mlp);
    }

    private static String normed(boolean layerNorm) {
        return layerNorm ? " with layer normalisation" : "";
    }

    @Override
    public void close() {
        parameters.close();
    }
}
