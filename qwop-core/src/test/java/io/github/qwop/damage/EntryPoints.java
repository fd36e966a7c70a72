package io.github.qwop.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.Observation;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.game.page.GenuineFolder;
import io.github.qwop.game.page.PageException;
import io.github.qwop.goal.Call;
import io.github.qwop.goal.Goals;
import io.github.qwop.model.onnx.OnnxException;
import io.github.qwop.model.onnx.OnnxReader;
import io.github.qwop.model.torch.StateDict;
import io.github.qwop.model.torch.TorchFile;
import io.github.qwop.run.GateException;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.evaluation.Baseline;
import io.github.qwop.run.evaluation.EvaluationFile;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.peers.ForeignModel;
import io.github.qwop.run.peers.QwopGymConfig;
import io.github.qwop.run.peers.Sb3Model;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyStatistics;
import io.github.qwop.schedule.Schedule;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All places at which the product reads what people give it, with whole inputs made by the product itself. */
final class EntryPoints {

    private static final String RUN = "r";

    private static final Map<String, String> TRAINING = Map.ofEntries(
            Map.entry("runId", RUN),
            Map.entry("algorithm", "qr-dqn"),
            Map.entry("totalTimesteps", "400"),
            Map.entry("threads", "1"),
            Map.entry("nEnvs", "2"),
            Map.entry("nCheckpoints", "2"),
            Map.entry("logInterval", "50"),
            Map.entry("learner.learningStarts", "100"),
            Map.entry("learner.bufferSize", "200"),
            Map.entry("learner.batchSize", "4"),
            Map.entry("learner.nQuantiles", "2"),
            Map.entry("learner.netArch", "4"),
            Map.entry("guard.evalFreq", "100"),
            Map.entry("guard.evalEpisodes", "1"),
            Map.entry("environment.maxEpisodeSteps", "40"));

    private static final Map<String, String> SEARCH = Map.of(
            "runId", RUN, "objective", "split:1", "width", "3", "horizon", "4", "updates", "4_000", "threads", "1");

    private static final String YAML = """
            # of qwop-gym
            seed: 1
            run_id: "r-1"
            model_load_file: ~
            learner_lr_schedule: exp_decay_0.001_0.0001_0.5_10
            total_timesteps: 32_000_000
            max_episode_steps: 1000
            n_checkpoints: 50
            n_envs: 8
            log_tensorboard: true
            learner_kwargs:
              gamma: 0.997
              batch_size: 64
              train_freq: 4
              policy_kwargs:
                net_arch: [64, 64]
                optimizer_kwargs: {eps: 1.0e-5, betas: [0.9, 0.999]}
            env_kwargs:
              frames_per_step: 4
              reduced_action_set: true
              failure_cost: 10
            env_wrappers: []
            """;

    private static final String BASELINE = """
            {"format": 1, "runId": "r", "steps": 400, "rules": 2, "environment": {"framesPerStep": "4"},
             "distances": [1.5, 2.5, 30.25], "finishRate": 0.0, "successRate": 0.0, "seed": 1}
            """;

    private static final String STUDY = """
            {"version": 1, "study": "gamma", "objective": "distance", "higherIsBetter": true, "budget": "400 steps",
             "trials": [
              {"trial": "default", "settings": {}, "state": "finished", "seeds": [
               {"seed": 1, "run": "default-s1", "state": "finished", "steps": 400, "seconds": 1.5, "score": 20.5,
                "curve": [[200, 3.2], [400, 20.5]],
                "evaluation": {"episodes": 100, "meanDistance": 20.5, "finishRate": 0.0}},
               {"seed": 2, "run": "default-s2", "state": "finished", "steps": 400, "seconds": 1.5, "score": 22.5,
                "curve": [[200, 3.2], [400, 22.5]],
                "evaluation": {"episodes": 100, "meanDistance": 22.5, "finishRate": 0.0}}]},
              {"trial": "t1", "settings": {"learner.gamma": "0.99", "nEnvs": "4"}, "state": "finished", "seeds": [
               {"seed": 1, "run": "t1-s1", "state": "finished", "steps": 400, "seconds": 1.5, "score": 30.5,
                "curve": [[200, 3.2], [400, 30.5]],
                "evaluation": {"episodes": 100, "meanDistance": 30.5, "finishRate": 0.5, "meanSeconds": 63.0}},
               {"seed": 2, "run": "t1-s2", "state": "finished", "steps": 400, "seconds": 1.5, "score": 32.5,
                "curve": [[200, 3.2], [400, 32.5]],
                "evaluation": {"episodes": 100, "meanDistance": 32.5, "finishRate": 0.0}}]}]}
            """;

    private static final String REQUEST = """
            {"goal":"train","directory":"runs","settings":{"runId":"r","totalTimesteps":"400"},"endsItself":true}
            """;

    private final Path runs;
    private final Path run;
    private final Path searched;

    /**
     * Makes a run, whole and half, with all that goals leave in its folder.
     *
     * @param folder an empty one
     */
    EntryPoints(Path folder) throws Exception {
        runs = folder.resolve("whole");
        Goals.run("train", runs, TRAINING, new Silence(), () -> false);
        Goals.run("evaluate", runs, Map.of("runId", RUN, "episodes", "3"), new Silence(), () -> false);
        Goals.run("export-onnx", runs, Map.of("runId", RUN), new Silence(), () -> false);
        run = runs.resolve(RUN);
        Path half = folder.resolve("half");
        int[] asked = {0};
        try {
            Goals.run("search", half, SEARCH, new Silence(), () -> ++asked[0] > 3);
        } catch (StoppedException e) {
            // Its state is what is wanted.
        }
        searched = half;
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(run.resolve(name));
    }

    /** Every entry point. */
    List<EntryPoint> all() throws IOException {
        List<Seed> resumable = Seed.of(
                runs,
                "r/spec.json",
                "r/metrics.jsonl",
                "r/metrics.csv",
                "r/checkpoints/model_400_steps.zip",
                "r/checkpoints/model_9999999999999999999999_steps.zip");
        List<EntryPoint> all = new ArrayList<>();
        all.add(new EntryPoint(
                "checkpoint",
                Set.of(CheckpointException.class),
                Set.of(),
                List.of(
                        Seed.of("m.zip", bytes("checkpoints/model_400_steps.zip")),
                        Seed.of("m.zip", bytes("best.zip"))),
                folder -> {
                    try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("m.zip"))) {
                        for (String section : checkpoint.manifest().sections().keySet()) {
                            try (DataInputStream in = checkpoint.section(section)) {
                                in.skipNBytes(0);
                            }
                        }
                    }
                }));
        all.add(new EntryPoint(
                "policy, checkpoint",
                Set.of(CheckpointException.class, SettingException.class),
                Set.of(),
                List.of(Seed.of("m.zip", bytes("best.zip")), Seed.of("m.zip", bytes("model.zip"))),
                folder -> TrainedPolicy.open(folder.resolve("m.zip"), new Silence())
                        .close()));
        all.add(new EntryPoint(
                "policy, ONNX",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("m.onnx", bytes("policy.onnx"))),
                folder -> TrainedPolicy.open(folder.resolve("m.onnx"), new Silence())
                        .close()));
        all.add(new EntryPoint(
                "network of ONNX",
                Set.of(OnnxException.class),
                Set.of(),
                List.of(Seed.of("m.onnx", bytes("policy.onnx"))),
                folder -> {
                    Path file = folder.resolve("m.onnx");
                    if (Files.isRegularFile(file) && Files.size(file) < 1 << 24) {
                        OnnxReader.read(Files.readAllBytes(file));
                    }
                }));
        all.add(new EntryPoint(
                "network, for a search",
                Set.of(SettingException.class, CheckpointException.class),
                Set.of(),
                List.of(Seed.of("m.onnx", bytes("policy.onnx"))),
                folder -> TrainedPolicy.openNetwork(folder.resolve("m.onnx"), new Silence())
                        .close()));
        all.add(new EntryPoint(
                "stable-baselines3 model",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("m.zip", sb3())),
                folder -> Sb3Model.open(folder.resolve("m.zip"))));
        all.add(new EntryPoint(
                "state dict", Set.of(IOException.class), Set.of(), List.of(Seed.of("p.pth", stateDict())), folder -> {
                    Path file = folder.resolve("p.pth");
                    if (Files.isRegularFile(file)) {
                        try (InputStream in = Files.newInputStream(file)) {
                            StateDict.read(in);
                        }
                    }
                }));
        all.add(new EntryPoint(
                "kind of a foreign model",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("m.pt", stateDict()), Seed.of("m.pkl", stateDict()), Seed.of("m.zip", sb3())),
                folder -> {
                    for (String name : List.of("m.pt", "m.pkl", "m.zip")) {
                        try {
                            ForeignModel.refuse("modelLoadFile is ", folder.resolve(name));
                        } catch (SettingException e) {
                            // That is what it is for: whole ones are known.
                            if (!String.valueOf(e.getMessage()).contains("a file of PyTorch")) {
                                throw e;
                            }
                        }
                    }
                }));
        all.add(new EntryPoint(
                "configuration of qwop-gym",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("train_qrdqn.yml", YAML)),
                folder -> RunSpec.of(
                        QwopGymConfig.settings(folder.resolve("train_qrdqn.yml"), Map.of(), new Silence()))));
        all.add(new EntryPoint(
                "recording",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("r.qwop", bytes("recordings/best.qwop"))),
                folder -> RecordingFile.read(
                        new RunDirectory(folder), folder.resolve("r.qwop").toString())));
        all.add(new EntryPoint(
                "recording of qwop-gym",
                Set.of(IOException.class),
                Set.of(),
                List.of(Seed.of("r.rec", "seed=1\n" + "0\n3\n8\n".repeat(20) + "X\n" + "4\n".repeat(30) + "*\n")),
                folder -> {
                    Path file = folder.resolve("r.rec");
                    if (Files.isRegularFile(file) && Files.size(file) < 1 << 26) {
                        RecordingFormat.readGym(
                                new StringReader(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
                    }
                }));
        all.add(new EntryPoint(
                "baseline",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("b.json", BASELINE)),
                folder -> Baseline.read(folder.resolve("b.json"))));
        all.add(new EntryPoint(
                "study",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of(StudyFile.NAME, STUDY)),
                StudyFile::read));
        all.add(new EntryPoint(
                "gate",
                Set.of(SettingException.class, GateException.class),
                Set.of(),
                Seed.of(runs, "r/evaluation.json"),
                folder -> Goals.run("gate", folder, Map.of("runId", RUN), new Silence(), () -> false)));
        all.add(new EntryPoint(
                "gate of a study",
                Set.of(SettingException.class, GateException.class),
                Set.of(StudyStatistics.NAME, "TEST-qwop-r.xml"),
                List.of(Seed.of("r/" + StudyFile.NAME, STUDY)),
                folder -> Goals.run(
                        "gate",
                        folder,
                        Map.of("runId", RUN, "gate.minIqmDistance", "20"),
                        new Silence(),
                        () -> false)));
        all.add(new EntryPoint(
                "report of a study",
                Set.of(SettingException.class),
                Set.of("report.html", "report.md"),
                List.of(Seed.of("r/" + StudyFile.NAME, STUDY)),
                folder -> Goals.run("report", folder, Map.of("runId", RUN), new Silence(), () -> false)));
        all.add(new EntryPoint(
                "evaluation, of a certification",
                Set.of(SettingException.class),
                Set.of("evaluation.json"),
                Seed.of(runs, "r/evaluation.json"),
                folder -> {
                    EvaluationFile.episodes(new RunDirectory(folder.resolve(RUN)));
                    EvaluationFile.add(new RunDirectory(folder.resolve(RUN)), "certification", List.of());
                }));
        all.add(new EntryPoint(
                "report",
                Set.of(SettingException.class),
                Set.of("report.html"),
                Seed.of(
                        runs,
                        "r/spec.json",
                        "r/metrics.jsonl",
                        "r/events.jsonl",
                        "r/evaluation.json",
                        "r/recordings/best.qwop"),
                folder -> Goals.run("report", folder, Map.of("runId", RUN), new Silence(), () -> false)));
        all.add(new EntryPoint(
                "metrics of a resumed run",
                Set.of(),
                Set.of("metrics.jsonl", "metrics.csv"),
                Seed.of(run, "metrics.jsonl", "metrics.csv"),
                folder -> new MetricsLog(folder, List.of("train/loss"), 200, warning -> {}).close()));
        all.add(new EntryPoint(
                "folder of a run",
                Set.of(),
                Set.of(),
                Seed.of(runs, "r/spec.json", "r/checkpoints/model_99999999999999999999_steps.zip"),
                folder -> {
                    RunDirectory directory = new RunDirectory(folder.resolve(RUN));
                    directory.holds(RunSpec.of(spec()).settings(), Map.of());
                    directory.savedRules();
                    directory.savedSettings();
                    directory.checkpointFiles();
                }));
        all.add(new EntryPoint(
                "training, resumed",
                Set.of(SettingException.class),
                Set.of("spec.json", "metrics.jsonl", "metrics.csv", "events.jsonl", "best.zip", "model.zip"),
                resumable,
                folder -> {
                    // One that is finished is up to date, and nothing of it is read.
                    Files.delete(folder.resolve(RUN).resolve("model.zip"));
                    begin("train", folder, resumed());
                }));
        all.add(new EntryPoint(
                "training, from a model",
                Set.of(SettingException.class, CheckpointException.class),
                Set.of(),
                List.of(Seed.of("m.zip", bytes("best.zip"))),
                folder -> {
                    Map<String, String> settings = new HashMap<>(TRAINING);
                    settings.put("modelLoadFile", folder.resolve("m.zip").toString());
                    begin("train", folder, settings);
                }));
        all.add(new EntryPoint(
                "training, with demonstrations",
                Set.of(SettingException.class),
                Set.of(),
                List.of(Seed.of("d.qwop", bytes("recordings/best.qwop"))),
                folder -> {
                    Map<String, String> settings = new HashMap<>(TRAINING);
                    settings.put("demonstrations", folder.resolve("d.qwop").toString());
                    begin("train", folder, settings);
                }));
        all.add(new EntryPoint(
                "search, resumed",
                Set.of(SettingException.class),
                Set.of("canonical.state", "canonical.qwop", "search.json"),
                Seed.of(searched, stateFile()),
                folder -> begin("search", folder, SEARCH)));
        all.add(new EntryPoint(
                "request to a fork",
                Set.of(IOException.class),
                Set.of(),
                List.of(Seed.of("request.json", REQUEST)),
                folder -> {
                    ForkRequest request = ForkRequest.read(folder.resolve("request.json"));
                    Call call = new Call(
                            Path.of(request.directory(), request.goal()),
                            request.settings(),
                            new Silence(),
                            () -> true);
                    assertThat(call.settings()).isNotNull();
                }));
        all.add(new EntryPoint(
                "report of a fork",
                Set.of(),
                Set.of(),
                List.of(Seed.of(
                        "out",
                        new ForkMessage.Progress(4, 8, 2.5, Map.of("train/loss", 0.5)).toLine() + "\n"
                                + new ForkMessage.Done("done.", Map.of("steps", 8.0)).toLine() + "\n"
                                + new ForkMessage.Log(ForkMessage.Level.WARN, "text").toLine() + "\n")),
                folder -> {
                    for (String line : small(folder.resolve("out")).lines().toList()) {
                        ForkMessage.fromLine(line).ifPresent(message -> message.toLine());
                    }
                }));
        all.add(new EntryPoint(
                "settings",
                Set.of(SettingException.class),
                Set.of(),
                List.of(
                        Seed.of("settings", text(spec())),
                        Seed.of("settings", "learner.netArch: 64,64\nmodelLoadFile: a/b.zip\nseed: 1")),
                folder -> {
                    Map<String, String> settings = new HashMap<>();
                    small(folder.resolve("settings"))
                            .lines()
                            .filter(line -> line.contains(": "))
                            .forEach(line -> settings.put(line.split(": ", 2)[0].strip(), line.split(": ", 2)[1]));
                    RunSpec.of(settings);
                }));
        all.add(new EntryPoint(
                "schedule",
                Set.of(IllegalArgumentException.class),
                Set.of(),
                List.of(
                        Seed.of("s", "lin_decay_0.001_0.0001_0.75"),
                        Seed.of("s", "exp_decay_0.001_0.0001_0.5_10"),
                        Seed.of("s", "const_0.001")),
                folder -> {
                    Schedule schedule = Schedule.parse(small(folder.resolve("s")));
                    for (int i = 0; i <= 1000; i++) {
                        schedule.at(1 - i / 1000.0);
                    }
                }));
        all.add(new EntryPoint(
                "genuine game's folder",
                Set.of(PageException.class),
                Set.of(),
                List.of(
                        new Seed(
                                Map.of(GenuineFolder.SCRIPT, bytes("spec.json"), GenuineFolder.BUNDLE, bundle()),
                                GenuineFolder.BUNDLE),
                        new Seed(
                                Map.of(GenuineFolder.SCRIPT, bytes("spec.json"), GenuineFolder.BUNDLE, bundle()),
                                GenuineFolder.SCRIPT)),
                GenuineFolder::read));
        return all;
    }

    private static Map<String, String> spec() {
        Map<String, String> spec = new HashMap<>(TRAINING);
        spec.remove("threads");
        return spec;
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey() + ": " + one.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Begins what reads all that it needs, and stops it: what was given is accepted then. */
    private static void begin(String goal, Path folder, Map<String, String> settings) throws Exception {
        try {
            Goals.run(goal, folder, settings, new Silence(), () -> true);
        } catch (StoppedException e) {
            // As asked.
        }
    }

    /** The same training, wanted for longer by what is no part of a model. */
    private static Map<String, String> resumed() {
        Map<String, String> settings = new HashMap<>(TRAINING);
        settings.put("force", "false");
        settings.put("nCheckpoints", "4");
        return settings;
    }

    private String stateFile() throws IOException {
        try (var files = Files.walk(searched)) {
            return searched.relativize(files.filter(file -> file.toString().endsWith(".state"))
                            .findFirst()
                            .orElseThrow())
                    .toString()
                    .replace('\\', '/');
        }
    }

    /** What no file is read from by the product: a text. */
    private static String small(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) < 1 << 24
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                : "";
    }

    private static byte[] bundle() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < 5000; i++) {
                out.write(i * i % 251);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] stateDict() {
        TorchFile file = new TorchFile(ByteOrder.LITTLE_ENDIAN);
        int inputs = Observation.QWOP_GYM.size();
        for (String net : List.of("quantile_net.quantile_net.", "quantile_net_target.quantile_net.")) {
            file.add(net + "0.weight", new float[3 * inputs], 3, inputs)
                    .add(net + "0.bias", new float[3], 3)
                    .add(net + "2.weight", new float[18 * 3], 18, 3)
                    .add(net + "2.bias", new float[18], 18);
        }
        return file.end();
    }

    private static byte[] sb3() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("data"));
            zip.write(("{\"num_timesteps\": 46500000, \"n_envs\": 1, \"gamma\": 0.997, \"seed\": 3,"
                            + " \"learning_rate\": 0.001, \"n_quantiles\": 2, \"action_space\": {\"n\": \"9\"},"
                            + " \"policy_kwargs\": {}}")
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("policy.pth"));
            zip.write(stateDict());
            zip.putNextEntry(new ZipEntry("_stable_baselines3_version"));
            zip.write("2.2.1".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
