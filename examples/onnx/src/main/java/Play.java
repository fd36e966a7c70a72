import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Takes the actions of an exported policy and compares them with those that the training's own network takes. */
public final class Play {

    /** What the goal {@code export-onnx} writes for its parameter {@code observations}. */
    record Recorded(float[][] observations, int[] actions) {}

    private Play() {}

    /** Arguments: the ONNX file and the JSON file. */
    public static void main(String[] arguments) throws IOException, OrtException {
        Recorded recorded = new Gson().fromJson(Files.readString(Path.of(arguments[1])), Recorded.class);
        long[] actions = actions(arguments[0], recorded.observations());
        int different = 0;
        for (int i = 0; i < actions.length; i++) {
            different += actions[i] == recorded.actions()[i] ? 0 : 1;
        }
        System.out.printf("Java: %d observations, %d actions differ.%n", actions.length, different);
        if (different > 0) {
            throw new IllegalStateException("The file does not act as the policy does.");
        }
    }

    /** Observations are the game's own 60 values each; the file normalises them itself. */
    static long[] actions(String file, float[][] observations) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor input = OnnxTensor.createTensor(environment, observations);
                OrtSession.Result result = session.run(Map.of("observation", input))) {
            return (long[]) result.get("action").orElseThrow().getValue();
        }
    }
}
