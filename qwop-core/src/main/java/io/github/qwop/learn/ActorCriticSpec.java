package io.github.qwop.learn;

import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hyper-parameters of an {@link ActorCriticLearner}. */
public interface ActorCriticSpec extends LearnerSpec {

    /** The optimiser's rate. */
    Schedule learningRate();

    /** Largest global norm of a gradient; null for no limit. */
    @Nullable
    Double maxGradNorm();

    /** Sizes of hidden layers, of policy and values each. */
    List<Integer> netArch();

    /** What comes after hidden layers. */
    Activation activationFn();

    /** Whether the sums of hidden layers are normalised before it. */
    boolean layerNorm();

    /** Whether layers begin orthogonal. */
    boolean orthoInit();

    /** What both networks look like. */
    default ActorCritic.Form form() {
        return new ActorCritic.Form(netArch(), activationFn(), layerNorm(), orthoInit());
    }

    @Override
    default DemonstrationUse demonstrationUse() {
        return DemonstrationUse.NONE;
    }

    @Override
    default boolean drawsActions() {
        return true;
    }

    @Override
    default ActionNetwork.Meaning outputs() {
        return ActionNetwork.Meaning.LOGITS;
    }
}
