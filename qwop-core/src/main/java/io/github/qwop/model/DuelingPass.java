package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A pass through a network with streams of value and advantage. Of every action all is needed: for their mean. */
final class DuelingPass implements QPass {

    /** What the gradients of two streams together are multiplied by. */
    private static final float OF_TWO_STREAMS = (float) Math.sqrt(0.5);

    private final PassMemory memory;
    private final QNetwork.Form form;
    private final NDManager manager;
    /** What both streams share; null where that is nothing. */
    private final TensorMlp.@Nullable Pass shared;

    private final TensorMlp.Pass advantage;
    private final TensorMlp.Pass value;
    private final int batch;

    /** Advantages less their mean, plus values: [batch × actions × quantiles]. */
    private final float[] all;

    private int[] chosen = {};

    DuelingPass(
            QNetwork.Form form,
            TensorMlp trunk,
            TensorMlp advantages,
            TensorMlp values,
            NDArray observations,
            PassMemory memory) {
        this.memory = memory;
        this.form = form;
        manager = observations.getManager();
        batch = (int) observations.getShape().get(0);
        shared = form.netArch().size() > 1 ? trunk.pass(observations) : null;
        NDArray features = shared == null ? observations : shared.output();
        advantage = advantages.pass(features);
        value = values.pass(features);
        all = advantage.output().toFloatArray();
        float[] base = value.output().toFloatArray();
        int quantiles = form.quantiles();
        for (int i = 0; i < batch; i++) {
            for (int k = 0; k < quantiles; k++) {
                float centre = base[i * quantiles + k] - mean(all, i, k);
                for (int a = 0; a < form.actionCount(); a++) {
                    all[at(i, a) + k] += centre;
                }
            }
        }
    }

    private int at(int row, int action) {
        return (row * form.actionCount() + action) * form.quantiles();
    }

    /** Of quantile k over the actions. */
    private float mean(float[] values, int row, int k) {
        float sum = 0;
        for (int a = 0; a < form.actionCount(); a++) {
            sum += values[at(row, a) + k];
        }
        return sum / form.actionCount();
    }

    @Override
    public float[] means() {
        int quantiles = form.quantiles();
        float[] means = new float[batch * form.actionCount()];
        for (int m = 0; m < means.length; m++) {
            float sum = 0;
            for (int k = 0; k < quantiles; k++) {
                sum += all[m * quantiles + k];
            }
            means[m] = sum / quantiles;
        }
        return means;
    }

    @Override
    public float[] quantiles(int[] actions) {
        chosen = Arrays.copyOf(actions, batch);
        int quantiles = form.quantiles();
        float[] some = new float[batch * quantiles];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(all, at(i, chosen[i]), some, i * quantiles, quantiles);
        }
        return some;
    }

    @Override
    public void backward(float[] ofQuantiles, float @Nullable [] ofMeans) {
        int actions = form.actionCount();
        int quantiles = form.quantiles();
        float[] toAdvantage = new float[batch * actions * quantiles];
        float[] toValue = new float[batch * quantiles];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(ofQuantiles, i * quantiles, toAdvantage, at(i, chosen[i]), quantiles);
            for (int a = 0; a < actions && ofMeans != null; a++) {
                for (int k = 0; k < quantiles; k++) {
                    toAdvantage[at(i, a) + k] += ofMeans[i * actions + a] / quantiles;
                }
            }
            for (int k = 0; k < quantiles; k++) {
                float mean = mean(toAdvantage, i, k);
                toValue[i * quantiles + k] = mean * actions;
                for (int a = 0; a < actions; a++) {
                    toAdvantage[at(i, a) + k] -= mean;
                }
            }
        }
        boolean down = shared != null;
        NDArray back = advantage.backward(
                memory.of(PassMemory.Use.OF_OUTPUT, toAdvantage.length)
                        .tensor(manager, toAdvantage, new Shape(batch, (long) actions * quantiles)),
                down);
        NDArray other = value.backward(
                memory.of(PassMemory.Use.OF_OTHER_OUTPUT, toValue.length)
                        .tensor(manager, toValue, new Shape(batch, quantiles)),
                down);
        if (shared != null && back != null && other != null) {
            shared.backward(back.add(other).mul(OF_TWO_STREAMS), false);
        }
    }
}
