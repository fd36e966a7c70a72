import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Takes the actions of an exported policy and compares them with those that the training's own network takes; keeps the
 * context as one who plays would, and compares it with the training's own.
 */
public final class Play {

    /** Values of an observation before the context. */
    private static final int STATE = 60;

    /** What the goal {@code export-onnx} writes for its parameter {@code observations}. */
    record Recorded(float[][] observations, int[] actions, List<Integer> starts) {}

    private Play() {}

    /** Arguments: the ONNX file and the JSON file. */
    public static void main(String[] arguments) throws IOException, OrtException {
        Recorded recorded = new Gson().fromJson(Files.readString(Path.of(arguments[1])), Recorded.class);
        long[] actions = actions(arguments[0], recorded.observations());
        int different = 0;
        int astray = 0;
        float[] context = {};
        for (int i = 0; i < actions.length; i++) {
            different += actions[i] == recorded.actions()[i] ? 0 : 1;
            float[] observation = recorded.observations()[i];
            float[] theirs = Arrays.copyOfRange(observation, STATE, observation.length);
            if (recorded.starts().contains(i)) {
                context = theirs;
            } else {
                int keys = 0;
                for (int bit = 0; bit < 4; bit++) {
                    keys |= (int) theirs[bit] << bit;
                }
                decided(context, keys);
                astray += Arrays.equals(context, theirs) ? 0 : 1;
            }
        }
        System.out.printf(
                "Java: %d observations, %d actions and %d contexts differ.%n", actions.length, different, astray);
        if (different + astray > 0) {
            throw new IllegalStateException("The file does not act as the policy does.");
        }
    }

    /** Observations are the game's own values, and the context; the file normalises them itself. */
    static long[] actions(String file, float[][] observations) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor input = OnnxTensor.createTensor(environment, observations);
                OrtSession.Result result = session.run(Map.of("observation", input))) {
            return (long[]) result.get("action").orElseThrow().getValue();
        }
    }

    /** Context: seven numbers; keys: bit mask of the decision, Q 1, W 2, O 4, P 8. */
    static void decided(float[] context, int keys) {
        for (int bit = 0; bit < 4; bit++) {
            context[bit] = keys >> bit & 1;
        }
        if ((keys & 12) != 0) {
            Arrays.fill(context, 4, 7, 0);
            context[(keys & 4) != 0 ? 5 : 6] = 1;
        }
    }
}
