package io.github.qwop.run.peers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.file.InputFile;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.torch.StateDict;
import io.github.qwop.model.torch.Tensor;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A model that stable-baselines3 or sb3-contrib saved: the network of an MlpPolicy of DQN, QR-DQN, PPO or A2C.
 *
 * <p>Such a file is a zip with {@code policy.pth}, a state dict, and {@code data}, the learner's attributes as JSON.
 * Layers' sizes are those of the tensors. Of the attributes only readable ones are used: what stands there as a pickle
 * is never looked into.
 *
 * @param algorithm what trained it
 * @param steps environment steps that it was trained for
 * @param settings of ours that the file tells, by dotted name
 * @param environment as far as the file tells it: its actions; all else has its default
 * @param network the network that acts; its quantiles, if any, in our order
 * @param value the value network of PPO and A2C
 */
public record Sb3Model(
        Algorithm algorithm,
        long steps,
        Map<String, String> settings,
        EnvSpec environment,
        ActionNetwork network,
        @Nullable Mlp value) {

    private static final String POLICY = "policy.pth";
    private static final String DATA = "data";
    private static final int MOST_DATA_BYTES = 1 << 22;
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private static final String Q_NET = "q_net.q_net.";
    private static final String QUANTILE_NET = "quantile_net.quantile_net.";
    private static final String SHARED = "mlp_extractor.shared_net.";
    private static final String POLICY_NET = "mlp_extractor.policy_net.";
    private static final String VALUE_NET = "mlp_extractor.value_net.";
    private static final String ACTION = "action_net";
    private static final String VALUE = "value_net";

    /** Networks that act, and beside them those of which nothing is needed. */
    private static final List<String> KNOWN = List.of(
            Q_NET,
            "q_net_target.q_net.",
            QUANTILE_NET,
            "quantile_net_target.quantile_net.",
            SHARED,
            POLICY_NET,
            VALUE_NET,
            ACTION + ".",
            VALUE + ".");

    private static final Set<String> FORM = Set.of(
            "algorithm",
            "environment.actionSet",
            "environment.tForTerminate",
            "learner.netArch",
            "learner.activationFn",
            "learner.layerNorm",
            "learner.nQuantiles");

    /** Copies the settings. */
    public Sb3Model {
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Whether a file is a zip with a policy as stable-baselines3 names it; our checkpoints have none. */
    public static boolean isModel(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(POLICY) != null || zip.getEntry("_stable_baselines3_version") != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a model.
     *
     * @throws SettingException if it is damaged, of another kind, or not for this game
     */
    public static Sb3Model open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingException("The stable-baselines3 model " + file + " " + InputFile.fault(file)
                    + ": give the model.zip of an MlpPolicy of DQN, QR-DQN, PPO or A2C, trained on qwop-gym.");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            JsonObject data = data(zip);
            StateDict policy;
            try (InputStream in = zip.getInputStream(entry(zip, POLICY))) {
                policy = StateDict.read(in);
            } catch (IOException e) {
                throw new IOException("of its " + POLICY + ": " + reason(e), e);
            }
            return new Reader(policy.tensors(), data).read();
        } catch (ZipException e) {
            throw refused(file, "it is truncated or no zip file", e);
        } catch (IOException e) {
            throw refused(file, reason(e), e);
        }
    }

    /** An end that comes too early has no words of its own. */
    private static String reason(IOException failure) {
        return failure instanceof EOFException ? "it ends too early" : String.valueOf(failure.getMessage());
    }

    private static SettingException refused(Path file, String reason, Exception cause) {
        return new SettingException(
                "The stable-baselines3 model " + file + " cannot be used: " + reason
                        + ". Give the model.zip of an MlpPolicy of DQN, QR-DQN, PPO or A2C, trained on qwop-gym.",
                cause);
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("its entry " + name + " is missing");
        }
        return entry;
    }

    private static JsonObject data(ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, DATA))) {
            String text = new String(InputFile.bytes(in, MOST_DATA_BYTES), StandardCharsets.UTF_8);
            if (JsonParser.parseString(text) instanceof JsonObject data) {
                return data;
            }
            throw new IOException("its entry " + DATA + " is no JSON object");
        } catch (JsonParseException e) {
            throw new IOException("its entry " + DATA + " is no JSON", e);
        }
    }

    /**
     * A line for the user about what the file is, and about what it does not tell.
     *
     * @param framesGiven whether the user has said how many frames its steps have
     */
    public String remark(Path file, boolean framesGiven) {
        return String.format(
                Locale.ROOT,
                "%s is a stable-baselines3 model of %s, %,d steps, %d actions.%s",
                file.getFileName(),
                algorithm.text(),
                steps,
                network.actionCount(),
                framesGiven
                        ? ""
                        : " It does not tell its frames per step: the default is " + environment.framesPerStep()
                                + ", set environment.framesPerStep if it was trained with others.");
    }

    /** The settings that a learner must have to take the network over. */
    public String form() {
        return settings.entrySet().stream()
                .filter(entry -> FORM.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " to " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Makes networks of tensors. */
    private record Reader(Map<String, Tensor> tensors, JsonObject data) {

        Sb3Model read() throws IOException {
            for (String name : tensors.keySet()) {
                if (KNOWN.stream().noneMatch(name::startsWith)) {
                    throw new IOException("its policy has " + name + ", which no MlpPolicy for discrete actions has");
                }
            }
            boolean quantiles = has(QUANTILE_NET);
            if (quantiles || has(Q_NET)) {
                Activation activation = activation(Activation.RELU);
                Mlp mlp = new Mlp(layers(quantiles ? QUANTILE_NET : Q_NET), activation);
                int actions = quantiles ? actionsOf(mlp.outputs()) : mlp.outputs();
                Mlp ours = quantiles ? grouped(mlp, actions) : mlp;
                return model(
                        quantiles ? Algorithm.QR_DQN : Algorithm.DQN,
                        new ActionNetwork(ours, actions, ActionNetwork.Meaning.QUANTILES),
                        null);
            }
            if (!tensors.containsKey(ACTION + WEIGHT)) {
                throw new IOException("its policy has neither " + Q_NET + "0.weight nor " + QUANTILE_NET
                        + "0.weight nor " + ACTION + WEIGHT);
            }
            Activation activation = activation(Activation.TANH);
            Mlp policy = new Mlp(stacked(POLICY_NET, ACTION), activation);
            return model(
                    data.has("n_epochs") ? Algorithm.PPO : Algorithm.A2C,
                    new ActionNetwork(policy, policy.outputs(), ActionNetwork.Meaning.LOGITS),
                    new Mlp(stacked(VALUE_NET, VALUE), activation));
        }

        private boolean has(String prefix) {
            return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        }

        /** What policy and value share, if anything (before stable-baselines3 1.8), the network's own, and the head. */
        private List<DenseLayer> stacked(String prefix, String head) throws IOException {
            List<DenseLayer> layers = new ArrayList<>(has(SHARED) ? layers(SHARED) : List.of());
            layers.addAll(has(prefix) ? layers(prefix) : List.of());
            layers.add(layer(head));
            return chained(layers);
        }

        /** A sequence's linear layers: activations stand between them and count. */
        private List<DenseLayer> layers(String prefix) throws IOException {
            TreeSet<Integer> indices = new TreeSet<>();
            for (String name : tensors.keySet()) {
                if (name.startsWith(prefix)) {
                    String index = name.substring(prefix.length()).replaceAll("\\.(weight|bias)$", "");
                    if (!index.matches("\\d{1,3}")) {
                        throw new IOException("its policy has " + name + ", which is no part of a linear layer");
                    }
                    indices.add(Integer.parseInt(index));
                }
            }
            List<DenseLayer> layers = new ArrayList<>();
            for (int index : indices) {
                if (index != 2 * layers.size()) {
                    throw new IOException("the layers of " + prefix + "* in its policy are numbered " + indices
                            + ", so that there is more between them than an activation function");
                }
                layers.add(layer(prefix + index));
            }
            return chained(layers);
        }

        private static List<DenseLayer> chained(List<DenseLayer> layers) throws IOException {
            for (int i = 1; i < layers.size(); i++) {
                if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                    throw new IOException("a layer of its policy takes "
                            + layers.get(i).inputs() + " inputs, but the one before it gives "
                            + layers.get(i - 1).outputs());
                }
            }
            return layers;
        }

        private DenseLayer layer(String name) throws IOException {
            Tensor weight = tensors.get(name + WEIGHT);
            Tensor bias = tensors.get(name + BIAS);
            if (weight == null || bias == null) {
                throw new IOException("its policy lacks " + name + (weight == null ? WEIGHT : BIAS));
            }
            if (weight.shape().size() != 2
                    || !bias.shape().equals(weight.shape().subList(0, 1))) {
                throw new IOException("its policy's " + name + " has a weight of shape " + weight.shape()
                        + " and a bias of shape " + bias.shape() + ", which make no linear layer");
            }
            return new DenseLayer(weight.shape().get(1), weight.shape().get(0), weight.values(), bias.values());
        }

        /** Actions of a quantile network: what the file says of them or of its quantiles must divide the outputs. */
        private int actionsOf(int outputs) throws IOException {
            OptionalInt actions = number("action_space", "n");
            OptionalInt quantiles = number("n_quantiles");
            int count = actions.orElse(quantiles.isPresent() ? outputs / Math.max(1, quantiles.getAsInt()) : 0);
            if (count < 1
                    || outputs % count != 0
                    || (quantiles.isPresent() && count * quantiles.getAsInt() != outputs)) {
                throw new IOException("its network has " + outputs + " outputs, and its entry " + DATA
                        + " does not tell how many actions and quantiles they are");
            }
            return count;
        }

        /**
         * The last layer's outputs in our order. sb3-contrib has the quantiles outside and the actions inside, output =
         * quantile × actions + action; here each action's quantiles are neighbours.
         */
        private static Mlp grouped(Mlp mlp, int actions) {
            List<DenseLayer> layers = new ArrayList<>(mlp.layers());
            DenseLayer last = layers.remove(layers.size() - 1);
            int quantiles = last.outputs() / actions;
            int width = last.inputs();
            float[] weight = new float[last.weight().length];
            float[] bias = new float[last.outputs()];
            for (int action = 0; action < actions; action++) {
                for (int quantile = 0; quantile < quantiles; quantile++) {
                    int theirs = quantile * actions + action;
                    int ours = action * quantiles + quantile;
                    System.arraycopy(last.weight(), theirs * width, weight, ours * width, width);
                    bias[ours] = last.bias()[theirs];
                }
            }
            layers.add(new DenseLayer(width, last.outputs(), weight, bias));
            return new Mlp(layers, mlp.activation());
        }

        private Activation activation(Activation otherwise) throws IOException {
            JsonElement named =
                    data.get("policy_kwargs") instanceof JsonObject policy ? policy.get("activation_fn") : null;
            if (named == null || named.isJsonNull()) {
                return otherwise;
            }
            Optional<String> ours =
                    named instanceof JsonPrimitive text ? PeerNames.activation(text.getAsString()) : Optional.empty();
            return Activation.valueOf(ours.orElseThrow(() -> new IOException(
                            "its activation function is " + named + ", and there are ReLU and Tanh here"))
                    .toUpperCase(Locale.ROOT));
        }

        private Sb3Model model(Algorithm algorithm, ActionNetwork network, @Nullable Mlp value) throws IOException {
            if (network.mlp().inputs() != Observation.QWOP_GYM.size()) {
                throw new IOException("its network takes " + network.mlp().inputs()
                        + " values per observation, and qwop-gym's observation has " + Observation.QWOP_GYM.size());
            }
            int actions = network.actionCount();
            OptionalInt told = number("action_space", "n");
            if (told.isPresent() && told.getAsInt() != actions) {
                throw new IOException("its network chooses from " + actions + " actions, and its action space has "
                        + told.getAsInt());
            }
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("algorithm", algorithm.text());
            number("seed").ifPresent(seed -> settings.put("seed", Integer.toString(seed)));
            number("n_envs").ifPresent(envs -> settings.put("nEnvs", Integer.toString(envs)));
            settings.put("environment.actionSet", actionSet(actions));
            settings.put("environment.tForTerminate", Boolean.toString(actions == 10 || actions == 17));
            for (String name : new TreeSet<>(algorithm.peerNames())) {
                if (data.get(name) instanceof JsonPrimitive plain) {
                    settings.put(
                            "learner." + PeerNames.camel(name),
                            PeerNames.text(plain.isNumber() ? (Object) plain.getAsDouble() : plain.getAsString()));
                }
            }
            if (data.get("learning_rate") instanceof JsonPrimitive rate && rate.isNumber()) {
                settings.put(
                        "learner.learningRate",
                        "const_" + rate.getAsBigDecimal().toPlainString());
            }
            if (algorithm == Algorithm.QR_DQN) {
                settings.put("learner.nQuantiles", Integer.toString(network.quantiles()));
            }
            settings.put("learner.netArch", hidden(network.mlp()));
            settings.put(
                    "learner.activationFn", network.mlp().activation().name().toLowerCase(Locale.ROOT));
            settings.put("learner.layerNorm", "false");
            Map<String, String> environment = new LinkedHashMap<>();
            settings.forEach((name, text) -> {
                if (name.startsWith("environment.")) {
                    environment.put(name.substring("environment.".length()), text);
                }
            });
            return new Sb3Model(
                    algorithm,
                    data.get("num_timesteps") instanceof JsonPrimitive steps && steps.isNumber()
                            ? steps.getAsLong()
                            : 0,
                    settings,
                    Settings.bind(EnvSpec.DEFAULT, environment),
                    network,
                    value);
        }

        private static String hidden(Mlp mlp) {
            return mlp.hidden().stream().map(String::valueOf).collect(Collectors.joining(","));
        }

        /** qwop-gym has two sets of actions, and may add one that ends the episode. */
        private static String actionSet(int actions) throws IOException {
            return switch (actions) {
                case 9, 10 -> "reduced";
                case 16, 17 -> "full";
                default ->
                    throw new IOException("its network chooses from " + actions
                            + " actions, and qwop-gym has 9 or 16 of them, or one more with t_for_terminate");
            };
        }

        /** A whole number among the attributes, which may be text there. */
        private OptionalInt number(String... path) {
            JsonElement value = data;
            for (String name : path) {
                value = value instanceof JsonObject object ? object.get(name) : null;
            }
            return value instanceof JsonPrimitive plain && plain.getAsString().matches("\\d{1,9}")
                    ? OptionalInt.of(plain.getAsInt())
                    : OptionalInt.empty();
        }
    }
}
